"""Whom somebody follows, handed over to others: a part of `agencies/handing.py`."""

from collections.abc import Iterable, Sequence

from django.db.models import Count
from django.utils.translation import ngettext

from visavis.agencies.handing import Holding, Taken, shared_out
from visavis.agencies.models import Agency
from visavis.jobseekers import assigning, telling
from visavis.jobseekers.models import Jobseeker
from visavis.journal import services as journal
from visavis.people.models import User


def count(former: User, agency: Agency) -> int:
    return Jobseeker.objects.followed_now().filter(counsellor=former, agency=agency).count()


def words(number: int) -> str:
    return ngettext("%(number)s person followed", "%(number)s people followed", number) % {"number": number}


def give(former: User, agency: Agency, to: Sequence[User], by: User | None) -> Taken:
    """Share the people of a caseload out among counsellors, to who follows the fewest first; journalled one by one."""
    rows = Jobseeker.objects.followed_now().filter(agency=agency, counsellor__in=to)
    counted = rows.order_by().values("counsellor")
    loads = {user.pk: 0 for user in to} | dict(counted.annotate(n=Count("pk")).values_list("counsellor", "n"))
    held = Jobseeker.objects.select_for_update().filter(counsellor=former, agency=agency)
    people = list(held.order_by("pk"))
    taken = shared_out([person.pk for person in people], loads)
    _give(people, {person.pk: taken[str(person.pk)] for person in people}, by)
    return taken


def take_back(former: User, taken: Taken, by: User | None) -> int:
    """Give back those whom nobody has given to somebody else since; return how many."""
    people = [
        person
        for person in Jobseeker.objects.select_for_update().filter(pk__in=[int(key) for key in taken])
        if person.counsellor_id == taken[str(person.pk)]
    ]
    _give(people, {person.pk: former.pk for person in people}, by)
    return len(people)


def counsellors_of(accounts: Iterable[int], among: Iterable[int]) -> dict[int, int]:
    """Return who follows each of these people, where he is among those: what is hers goes where she goes."""
    rows = Jobseeker.objects.filter(user__in=list(accounts), counsellor__in=list(among))
    return dict(rows.values_list("user", "counsellor"))


def _give(people: Sequence[Jobseeker], to: dict[int, int], by: User | None) -> None:
    """Give each, journal each, tell each: as many questions for two hundred as for one."""
    was, acts = {person.pk: person.counsellor_id for person in people}, []
    for person in people:
        before, person.counsellor_id = assigning.choice(person), to[person.pk]
        acts.append(assigning.act_of(person, before))
    for taker in set(to.values()):
        Jobseeker.objects.filter(pk__in=[one for one in to if to[one] == taker]).update(counsellor=taker)
    journal.record_all(acts, by=by.pk if by else None)
    telling.changed(list(to), was)


CASELOAD = Holding("caseload", count, words, give, take_back, tells=telling.preview)
