"""What stands once in each file and differs: name, contact, address, channel, language, and who follows the person.

Staff choose of each from which file it is; what is not chosen changes places, so that nothing is lost for thirty days.
Where nothing stood, the other keeps its own: letters still find it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visavis.jobseekers.models import Jobseeker
from visavis.merging.ledger import MergeBook, UndoBook, sealed, unchanged
from visavis.people.models import User
from visavis.ui import dates

LANGUAGES: dict[str, str] = {str(code): str(name) for code, name in settings.LANGUAGES}
CONTACTS = ("email", "phone")


@dataclass(frozen=True)
class Fact:
    """One fact: its name in forms, its words, its columns, and how it is shown."""

    slug: str
    label: Promise
    columns: tuple[str, ...]
    shown: Callable[[Jobseeker], str]
    is_of_file: bool = False

    def of(self, jobseeker: Jobseeker) -> Any:
        """Return the row on which it stands."""
        return jobseeker if self.is_of_file else jobseeker.user


def _follower(jobseeker: Jobseeker) -> str:
    said = [
        jobseeker.agency.name if jobseeker.agency else "",
        jobseeker.counsellor.name if jobseeker.counsellor else "",
    ]
    if jobseeker.ended_at is not None:
        said.append(str(_("follow-up ended on %(day)s")) % {"day": dates.day(jobseeker.ended_at)})
    return " · ".join(one for one in said if one)


FACTS = (
    Fact("name", _("Name"), ("name", "folded_name", "name_key"), lambda one: one.user.name),
    Fact("email", _("E-mail"), ("email",), lambda one: one.user.email or ""),
    Fact("phone", _("Phone"), ("phone", "phone_is_verified"), lambda one: one.user.phone_shown),
    Fact("address", _("Postal address"), ("postal_address",), lambda one: one.user.postal_address),
    Fact("channel", _("Preferred channel"), ("channel",), lambda one: one.user.get_channel_display()),
    Fact("language", _("Language"), ("language",), lambda one: LANGUAGES[one.user.language]),
    Fact(
        "follower",
        _("Agency and counsellor"),
        ("agency", "counsellor", "ended_at"),
        _follower,
        is_of_file=True,
    ),
)


def differing(stays: Jobseeker, goes: Jobseeker) -> list[Fact]:
    """Return the facts that the two files say otherwise."""
    return [one for one in FACTS if one.shown(stays) != one.shown(goes)]


def usual(fact: Fact, stays: Jobseeker) -> bool:
    """Say whether it is taken from the file that goes in when nobody says otherwise: where the other says nothing."""
    return not fact.shown(stays)


def exchange(book: MergeBook, stays: Jobseeker, goes: Jobseeker, taken: Mapping[str, bool]) -> None:
    """Give each fact that was chosen to the file that stays; what stood there goes to the other."""
    for fact in differing(stays, goes):
        if not taken.get(fact.slug, usual(fact, stays)):
            continue
        one, other, stood = fact.of(stays), fact.of(goes), fact.shown(stays)
        names = [field.attname for field in map(one._meta.get_field, fact.columns)]
        ours = {name: getattr(one, name) for name in names}
        theirs = {name: getattr(other, name) for name in names}
        if fact.slug in CONTACTS:
            # Of one address there is one account at every moment.
            book.put(other, **{fact.slug: None})
        book.put(one, **{name: sealed(one, name, value) for name, value in theirs.items()})
        if fact.slug in CONTACTS or stood:
            book.put(other, **{name: sealed(other, name, value) for name, value in ours.items()})


def put_back(book: UndoBook, stays: User, goes: User) -> None:
    """Give each account what it had; what was changed since stays, and nobody gets an address that is another's now."""
    cells = [cell for cell in book.kept if cell.table == User._meta.label]
    before = {row.pk: unchanged(row, [one for one in cells if one.row == row.pk]) for row in (stays, goes)}
    for row in (stays, goes):
        empty = {name: None for name in CONTACTS if name in before[row.pk]}
        if empty:
            book.put(row, **empty)
    for row in (goes, stays):
        for name, value in before[row.pk].items():
            try:
                with transaction.atomic():
                    book.put(row, **{name: value})
            except IntegrityError:
                continue
