"""Merge two files of one person, and undo it for thirty days. All of it or nothing, even when killed half way.

What each app moves, it says itself (`common/merging.py`). The emptied account opens nothing from then on: it is not
active, its sessions and keys of programs end, and its cards, codes, mandates and letters to sign in with ask for an
active account. The same rule gives them back with an undo; sessions do not come back.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from visavis.common import clock, merging
from visavis.common.errors import Refused
from visavis.jobseekers.models import Jobseeker
from visavis.journal.models import Entry
from visavis.journal.services import Act, record
from visavis.leaving import services as leaving
from visavis.merging import facts, refusals, telling
from visavis.merging.ledger import MergeBook, UndoBook
from visavis.merging.models import Merge, Why
from visavis.people import services as people
from visavis.people.models import User


class CannotMerge(Refused):
    """Something speaks against it; the sentence says what, and what to do first."""


class NotBack(Refused):
    """It was undone already, or its thirty days are over."""

    words = _("This merge can no longer be undone: thirty days have passed, or somebody has undone it.")


@dataclass(frozen=True)
class Wanted:
    """What staff chose: which facts come from the file that goes in, how they know, and the form that asks."""

    why: Why
    form: uuid.UUID
    taken: Mapping[str, bool]


def merge(*, stays: Jobseeker, goes: Jobseeker, wanted: Wanted, by: User) -> Merge:
    """Let one file go into another; the same form does it once. Raises CannotMerge."""
    there = Merge.objects.filter(form=wanted.form, by=by, stays=stays.user_id, goes=goes.user_id).first()
    if there is not None:
        return there
    try:
        with transaction.atomic():
            return _merge(stays, goes, wanted, by)
    except IntegrityError as error:
        raise CannotMerge(
            _(
                "Both files hold the same thing in a way that only one can. Nothing was changed. Tell the head."
            )
        ) from error


def _merge(stays: Jobseeker, goes: Jobseeker, wanted: Wanted, by: User) -> Merge:
    held = _held(stays.user_id, goes.user_id)
    found = refusals.first(held[stays.user_id], held[goes.user_id], by=by)
    if found:
        raise CannotMerge(found)
    row = Merge.objects.create(
        stays_id=stays.user_id,
        goes_id=goes.user_id,
        why=wanted.why,
        form=wanted.form,
        by=by,
        until=clock.today() + Merge.UNDONE_FOR,
    )
    # Before the addresses change places: where two were taken for one, each is told where she is.
    places = [telling.place_of(held[number]) for number in (stays.user_id, goes.user_id)]
    said, book = merging.said(), MergeBook(row, former=goes.user_id, other=stays.user_id)
    for column in said.moves:
        book.move(column, if_free=False)
    for column in said.if_free:
        book.move(column, if_free=True)
    for also in said.also:
        also(book)
    facts.exchange(book, held[stays.user_id].jobseeker, held[goes.user_id].jobseeker, wanted.taken)
    _end_follow_up(book, held[goes.user_id].jobseeker)
    book.seal_anew()
    book.close()
    _close(held[goes.user_id], by)
    _note(row, Entry.Action.CREATED, wanted.why, by)
    telling.tell(row, telling.MERGED, places)
    return row


def _end_follow_up(book: MergeBook, goes: Jobseeker) -> None:
    """Let the empty file stand in nobody's caseload; whoever followed it still tells her what is new."""
    if goes.ended_at is None:
        book.put(goes, ended_at=clock.now())


def _held(*numbers: int) -> dict[int, User]:
    """Hold two accounts until the end of the act, in the order of their numbers, and read them anew."""
    rows = User.objects.select_for_update(of=("self",)).filter(pk__in=numbers).order_by("pk")
    return {row.pk: row for row in rows}


def _close(user: User, by: User) -> None:
    """Let the emptied account open nothing any more."""
    User.objects.filter(pk=user.pk).update(is_active=False)
    people.end_sessions(user=user, by=by)


def _note(row: Merge, action: Entry.Action, note: str, by: User | None) -> None:
    """Write it down for both accounts."""
    for number in (row.stays_id, row.goes_id):
        record(Act(action, Merge.THING, row.pk, number, note=note), by=by.pk if by else None)


def undo(*, row: Merge, by: User | None) -> None:
    """Give back what came from each; what came since stays with the file that stayed. Raises NotBack."""
    try:
        with transaction.atomic():
            _undo(row, by)
    except IntegrityError as error:
        raise NotBack(
            _("Something that happened since stands in the way. Nothing was changed. Tell the head.")
        ) from error


def _undo(row: Merge, by: User | None) -> None:
    found = Merge.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if not found.may_be_undone or found.stays_id is None or found.goes_id is None:
        raise NotBack
    held = _held(found.stays_id, found.goes_id)
    stays, goes = held[found.stays_id], held[found.goes_id]
    book = UndoBook(found, former=stays.pk, other=goes.pk)
    book.put_back()
    for back in merging.said().back:
        back(book)
    facts.put_back(book, stays, goes)
    book.seal_anew()
    User.objects.filter(pk=goes.pk).update(is_active=True)
    # Who is signed in now may be the other person.
    people.end_sessions(user=stays, by=by)
    found.undone_at, found.undone_by, found.contested_at = clock.now(), by, None
    found.save(update_fields=["undone_at", "undone_by", "contested_at"])
    found.cells.all().delete()
    _note(found, Entry.Action.CHANGED, "undone", by)
    telling.tell(found, telling.APART)


def what_became(actor: User, goes: Jobseeker) -> str:
    """Return the page of the merge by which a file went into another, as far as somebody may see it."""
    row = (
        Merge.objects.visible_to(actor)
        .filter(goes=goes.user_id, undone_at__isnull=True)
        .order_by("-at")
        .first()
    )
    return row.url if row is not None else ""


def contest(*, row: Merge, by: User | None) -> bool:
    """Take somebody's word that this is not her: undo it, or leave it to the agency where it cannot be. Says which."""
    try:
        undo(row=row, by=by)
    except NotBack:
        if row.undone_at is None:
            with transaction.atomic():
                # Of what is done for good nothing waits: her page says whom to ask.
                if Merge.objects.filter(Merge.objects.all().HOLDS, pk=row.pk).update(
                    contested_at=clock.now()
                ):
                    _note(row, Entry.Action.CHANGED, "contested", by)
        return False
    return True


def finish(row: Merge) -> int:
    """Erase an account that was emptied thirty days ago, with its key and with the book; return how many."""
    with transaction.atomic():
        found = (
            Merge.objects.select_for_update(of=("self",)).filter(pk=row.pk, undone_at__isnull=True).first()
        )
        if found is None or found.goes is None:
            return 0
        found.cells.all().delete()
        _move_what_came_late(found)
        leaving.erase_account(found.goes)
    return 1


def _move_what_came_late(row: Merge) -> None:
    """Let what reached the emptied account after the merge be the other's: a request that was on its way then."""
    if row.stays_id is None or row.goes_id is None:
        return
    said, book = merging.said(), MergeBook(row, former=row.goes_id, other=row.stays_id)
    for column in [*said.moves, *said.if_free]:
        book.move(column, if_free=True)
    for back in said.back:
        back(book)
    book.seal_anew()
