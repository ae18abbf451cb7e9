"""The threads somebody holds, handed over to others: a part of `agencies/handing.py`.

They go where the person goes: to her new counsellor, if he is among those who take over; else shared out.
"""

from collections.abc import Sequence

from django.db.models import Count
from django.utils.translation import ngettext

from visavis.agencies.handing import Holding, Taken, shared_out
from visavis.agencies.models import Agency
from visavis.jobseekers.handing import counsellors_of
from visavis.jobseekers.models import Jobseeker
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.mailboxes.models import Thread
from visavis.people.models import User


def count(former: User, agency: Agency) -> int:
    return Thread.objects.open().filter(holder=former, agency=agency).count()


def words(number: int) -> str:
    return ngettext(
        "%(number)s conversation in the letterbox", "%(number)s conversations in the letterbox", number
    ) % {"number": number}


def give(former: User, agency: Agency, to: Sequence[User], by: User | None) -> Taken:
    """Move the open threads of a letterbox: with the person, else to who has the fewest."""
    allowed = {user.pk for user in to}
    held = Thread.objects.open().select_for_update(of=("self",)).filter(holder=former, agency=agency)
    threads = list(held.order_by("pk"))
    counsellors = counsellors_of({thread.person_id for thread in threads}, allowed)
    loads = {user.pk: 0 for user in to}
    counted = Thread.objects.open().filter(agency=agency, holder__in=allowed).order_by().values("holder")
    loads |= dict(counted.annotate(n=Count("pk")).values_list("holder", "n"))
    taken: Taken = {
        str(one.pk): counsellors[one.person_id] for one in threads if one.person_id in counsellors
    }
    taken |= shared_out([one.pk for one in threads if str(one.pk) not in taken], loads)
    _move(threads, taken, by)
    return taken


def take_back(former: User, taken: Taken, by: User | None) -> int:
    """Give back what still lies with who took it; return how many."""
    held = Thread.objects.select_for_update(of=("self",)).filter(pk__in=[int(key) for key in taken])
    threads = [one for one in held if one.holder_id == taken[str(one.pk)]]
    _move(threads, {str(one.pk): former.pk for one in threads}, by)
    return len(threads)


def follow_person(jobseeker: Jobseeker, former_id: int | None) -> None:
    """Move a person's open threads from her former counsellor's letterbox to the new one's."""
    if former_id is None or former_id == jobseeker.counsellor_id:
        return
    hers = Thread.objects.open().filter(person=jobseeker.user_id, holder=former_id)
    hers.update(holder=jobseeker.counsellor_id)


def _move(threads: list[Thread], taken: Taken, by: User | None) -> None:
    acts = []
    for thread in threads:
        before, thread.holder_id = thread.holder_id, taken[str(thread.pk)]
        thread.save(update_fields=["holder"])
        note = f"holder:{thread.holder_id} was {before}"
        acts.append(journal.Act(Entry.Action.CHANGED, "thread", thread.pk, thread.person_id, note=note))
    journal.record_all(acts, by=by.pk if by else None)


THREADS = Holding("threads", count, words, give, take_back, place=1)
