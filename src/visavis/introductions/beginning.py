"""Whether a person and a vacancy may be introduced, and why not: asked before an act, and told before it is tried."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from visavis.common.errors import Refused
from visavis.introductions import limits, permissions
from visavis.introductions.enums import Reason, Side, State
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.vacancies.models import Vacancy


class NotHere(Refused):
    """The vacancy is not open, or its employer does not answer here; or she is not looking."""


class AlreadyIntroduced(Refused):
    """There is an introduction for this vacancy already, or the employer has said no."""


class TooMany(Refused):
    """The limit of introductions in course is reached."""


def check(
    person: Jobseeker, vacancy: Vacancy, former: Sequence[Introduction], origin: Side, *, is_open: bool
) -> None:
    """Raise NotHere or AlreadyIntroduced unless they may be introduced; `former` are all those between them."""
    if not is_open:
        raise NotHere(_("This vacancy is no longer open."))
    if not permissions.can_be_introduced(vacancy):
        raise NotHere(_("This employer does not answer here: apply where the vacancy was published."))
    if not person.is_looking or not person.user.is_active:
        raise NotHere(_("The profile says that no work is looked for at present. Change that first."))
    if any(one.is_open for one in former):
        raise AlreadyIntroduced(_("There is an introduction for this vacancy already."))
    if any(one.employer_has_answered for one in former):
        raise AlreadyIntroduced(_("The employer has already answered for this vacancy."))
    if origin == Side.EMPLOYER and any(one.reason != Reason.MISTAKE for one in former):
        raise AlreadyIntroduced(_("This person has already answered for this vacancy."))


def check_room(proposed: int) -> None:
    """Raise TooMany when a person has as many proposals to answer as she may."""
    if proposed >= limits.MOST_PROPOSED:
        raise TooMany(_("This person has several proposals to answer already. Wait for an answer first."))


def obstacles(pairs: Sequence[tuple[Jobseeker, Vacancy]]) -> dict[tuple[int, int], str]:
    """Say of each pair that a counsellor cannot propose why not, in three queries: what `propose` would refuse.

    Those of one person are counted one after the other, as they will be proposed.
    """
    people, vacancies = {one.pk for one, _vacancy in pairs}, {one.pk for _person, one in pairs}
    rows = Introduction.objects.filter(jobseeker__in=people, vacancy__in=vacancies)
    former: defaultdict[tuple[int, int], list[Introduction]] = defaultdict(list)
    for row in rows:
        former[row.jobseeker_id, row.vacancy_id].append(row)
    is_open = set(Vacancy.objects.open().filter(pk__in=vacancies).order_by().values_list("pk", flat=True))
    proposed = Counter(
        Introduction.objects.filter(jobseeker__in=people, state=State.PROPOSED)
        .order_by()
        .values_list("jobseeker", flat=True)
    )
    found = {}
    for person, vacancy in pairs:
        pair = person.pk, vacancy.pk
        try:
            check(person, vacancy, former[pair], Side.COUNSELLOR, is_open=vacancy.pk in is_open)
            check_room(proposed[person.pk])
        except Refused as refusal:
            found[pair] = str(refusal)
        else:
            proposed[person.pk] += 1
    return found
