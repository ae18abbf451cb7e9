"""Which agency and which counsellor follow a person, so that nobody is left to nobody."""

from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from visavis.agencies.models import Agency
from visavis.catalog.places import distance_km
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.common.listeners import Listeners
from visavis.common.prepared import Prepared
from visavis.folding import fold_words
from visavis.jobseekers import of_agency, permissions, telling
from visavis.jobseekers.models import Jobseeker
from visavis.journal import services as journal
from visavis.journal.services import Act
from visavis.people.enums import Role
from visavis.people.models import Membership, User

AFTER_ASSIGNING: Listeners[Jobseeker, int | None] = Listeners()
"""Called after the commit with the person and who followed her before: what lay with him goes along."""


class NotHere(Refused):
    """The counsellor does not work in that agency today."""


class MayNotAssign(Refused):
    """The actor may not choose for this person, or not send her to another agency."""


class ChosenMeanwhile(Refused):
    """Somebody else chose since the page was opened: nothing is written."""

    words = _("Somebody chose a counsellor or an agency meanwhile. Look, then choose again.")


@dataclass(frozen=True)
class Colleague:
    """A counsellor who may be chosen: the agencies where he works, and how many people he follows."""

    user: User
    agencies: tuple[str, ...]
    follows: int


def nearest_agency(jobseeker: Jobseeker) -> Agency | None:
    """Return the agency nearest to her town by the great circle; the lower number when two are as near.

    An agency of her own town is at no distance, even where coordinates are missing. None when she
    has said no town, or when no distance is known.
    """
    town = jobseeker.commune
    if town is None:
        return None
    near: list[tuple[float, int, Agency]] = []
    for agency in Agency.objects.select_related("commune"):
        apart = 0.0 if agency.commune_id == town.pk else distance_km(town, agency.commune)
        if apart is not None:
            near.append((apart, agency.pk, agency))
    return min(near)[2] if near else None


def give_nearest(jobseeker: Jobseeker, *, by: User) -> None:
    """Give the nearest agency to who has none, and journal it. The caller saves the row, in its transaction."""
    if jobseeker.agency_id is not None:
        return
    before, agency = choice(jobseeker), nearest_agency(jobseeker)
    if agency is not None:
        jobseeker.agency = agency
        note(jobseeker, before, by=by)


def assign(
    *, jobseeker: Jobseeker, agency: Agency, counsellor: User | None, by: User, seen: str = ""
) -> Jobseeker:
    """Give her an agency and a counsellor, None for nobody yet; the journal keeps who it was before.

    `seen` is the `choice` that the page showed. Raises MayNotAssign, NotHere, and ChosenMeanwhile
    when another choice was made since.
    """
    check_works(counsellor, agency)
    with transaction.atomic():
        row = Jobseeker.objects.select_for_update(of=("self",)).select_related("agency", "user")
        kept = row.get(pk=jobseeker.pk)
        before, former = choice(kept), kept.counsellor_id
        if seen and seen != before:
            raise ChosenMeanwhile
        check_may(by, kept, agency)
        kept.agency, kept.counsellor = agency, counsellor
        if choice(kept) != before:
            kept.save(update_fields=["agency", "counsellor"])
            note(kept, before, by=by)
            if kept.counsellor_id != former:
                telling.changed([kept.pk], {kept.pk: former})
            AFTER_ASSIGNING.call(kept, former)
    return kept


def check_works(counsellor: User | None, agency: Agency) -> None:
    """Raise NotHere unless the counsellor works in the agency today."""
    if counsellor is None:
        return
    works = Membership.objects.current().filter(
        user=counsellor, user__is_active=True, role=Role.COUNSELLOR, organisation=agency.organisation_id
    )
    if not works.exists():
        words = _("%(name)s does not work as a counsellor at %(agency)s today. Choose “Nobody yet”.")
        raise NotHere(words % {"name": counsellor.name, "agency": agency.name})


def check_may(by: User, jobseeker: Jobseeker, agency: Agency) -> None:
    if not permissions.can_assign(by, jobseeker):
        raise MayNotAssign(_("Only the head or the reception of the person’s agency chooses a counsellor."))
    if agency.pk != jobseeker.agency_id and not permissions.can_move(by, jobseeker):
        raise MayNotAssign(_("Only the head of the agency can send a person to another agency."))


def choice(jobseeker: Jobseeker) -> str:
    """Return what is chosen today, in numbers: for the journal, and to notice another tab."""
    return f"agency:{jobseeker.agency_id or 0} counsellor:{jobseeker.counsellor_id or 0}"


def note(jobseeker: Jobseeker, before: str, *, by: User | None) -> None:
    """Keep in the journal what was chosen, after what."""
    journal.record(act_of(jobseeker, before), by=by.pk if by else None)


def act_of(jobseeker: Jobseeker, before: str) -> Act:
    """Return what the journal says of a choice."""
    said = f"{choice(jobseeker)} was {before}"
    return Act("changed", "assignment", jobseeker.pk, jobseeker.user_id, note=said)


WORKS = Prepared(
    lambda organisations, day: (
        Membership.objects.current(day)
        .filter(role=Role.COUNSELLOR, organisation__in=organisations)
        .order_by("organisation")
        .values_list("user", "organisation__agency__name")
    )
)
ACTIVE = Prepared(lambda people: User.objects.filter(pk__in=people, is_active=True))


def colleagues(organisation_ids: list[int]) -> list[Colleague]:
    """Return the counsellors who work in these agencies today, by name, with how many people each follows there."""
    agencies: dict[int, list[str]] = {}
    for user_id, name in WORKS(organisation_ids, clock.today()) if organisation_ids else ():
        agencies.setdefault(user_id, []).append(name)
    follows: Counter[int | None] = Counter()
    for load in of_agency.loads(organisation_ids):
        follows[load.counsellor] += 0 if load.is_over else load.number
    people = ACTIVE([*agencies]) if agencies else []
    shown = [Colleague(user, tuple(agencies[user.pk]), follows[user.pk]) for user in people]
    return sorted(shown, key=lambda one: (fold_words(one.user.name), one.user.pk))
