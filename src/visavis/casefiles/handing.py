"""Minutes still to be shared, handed over with the people: a part of `agencies/handing.py`."""

from collections.abc import Sequence

from django.db.models import F
from django.utils.translation import ngettext

from visavis.agencies.handing import Holding, Taken, shared_out
from visavis.agencies.models import Agency
from visavis.casefiles.models import Minutes
from visavis.casefiles.models.minutes import MinutesQuerySet
from visavis.jobseekers.handing import counsellors_of
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people.models import User


def _held(former: User, agency: Agency) -> MinutesQuerySet:
    return Minutes.objects.filter(writer=former, agency=agency).exclude(shared_version=F("version"))


def count(former: User, agency: Agency) -> int:
    return _held(former, agency).count()


def words(number: int) -> str:
    return ngettext(
        "Minutes of %(number)s meeting to share", "Minutes of %(number)s meetings to share", number
    ) % {"number": number}


def give(former: User, agency: Agency, to: Sequence[User], by: User | None) -> Taken:
    """Give each to the person's new counsellor, if he takes over, else to who has the fewest."""
    rows = list(_held(former, agency).select_for_update(of=("self",)).order_by("pk"))
    allowed = {user.pk: 0 for user in to}
    follows = counsellors_of([row.person_id for row in rows], allowed)
    taken: Taken = {str(row.pk): follows[row.person_id] for row in rows if row.person_id in follows}
    taken |= shared_out([row.pk for row in rows if str(row.pk) not in taken], allowed)
    _move(rows, taken, by)
    return taken


def take_back(former: User, taken: Taken, by: User | None) -> int:
    """Give back what still lies with who took it; return how many."""
    held = Minutes.objects.select_for_update(of=("self",)).filter(pk__in=[int(key) for key in taken])
    rows = [row for row in held if row.writer_id == taken[str(row.pk)]]
    _move(rows, {str(row.pk): former.pk for row in rows}, by)
    return len(rows)


def _move(rows: Sequence[Minutes], taken: Taken, by: User | None) -> None:
    acts = []
    for row in rows:
        before, row.writer_id = row.writer_id, taken[str(row.pk)]
        row.save(update_fields=["writer"])
        note = f"writer:{row.writer_id} was {before}"
        acts.append(journal.Act(Entry.Action.CHANGED, "minutes", row.pk, row.person_id, note=note))
    journal.record_all(acts, by=by.pk if by else None)


MINUTES = Holding("minutes", count, words, give, take_back, place=3)
