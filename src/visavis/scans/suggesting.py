"""Whose pages these may be, by what stands on them: the number of a file, a phone, an e-mail, a name.

A suggestion files nothing. Who shares a name is told apart, and where two go equally well, neither comes first.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from visavis.folding import fold_words
from visavis.jobseekers import finding
from visavis.jobseekers.cards.codes import read_code
from visavis.jobseekers.finding import Known
from visavis.jobseekers.models import Jobseeker
from visavis.people import addresses
from visavis.people.models import NameWord

FILE = re.compile(r"(?<!\d)\d{5,9}\s?[-–]\s?\d{2}(?!\d)")
EMAIL = re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,20}){1,3}")
PHONE = re.compile(r"(?<!\d)(?:\+33\s?|0)[1-9](?:[\s.-]?\d{2}){4}(?!\d)")
MOST_WORDS, MOST_FOUND, MOST_SHOWN = 2_000, 200, 8


@dataclass(frozen=True)
class Suggested:
    """Somebody whose pages these may be: why, and what tells her from a namesake."""

    pk: int
    name: str
    why: str
    apart: str


def suggested(text: str, among: QuerySet[Jobseeker], named: int | None = None) -> list[Suggested]:
    """Return whom a text may be of, the likeliest first; `named` is the account that a sheet named."""
    found: dict[int, tuple[int, str]] = {}

    def note(people: Sequence[int], place: int, why: str) -> None:
        for one in people:
            found.setdefault(one, (place, why))

    if named is not None:
        note(_numbers(among.filter(user=named)), 0, _("The sheet names this person."))
    note(_numbers(among.filter(pk__in=_files(text))), 1, _("The number of the file stands here."))
    for said in _contacts(text):
        note(
            _numbers(finding.within(among, said)),
            2,
            _("A phone number or an e-mail of this person stands here."),
        )
    folded = f" {' '.join(fold_words(text).split()[:MOST_WORDS])} "
    people = _named(folded, among)
    for one in people:
        if is_next(folded, one.name):
            note([one.pk], 3, _("The name stands here."))
    known = {one.pk: one for one in finding.known(among.filter(pk__in=found))}
    apart = finding.told_apart(known.values())
    rows = [
        (place, known[pk].name, Suggested(pk, known[pk].name, why, apart.get(pk, "")))
        for pk, (place, why) in found.items()
        if pk in known
    ]
    return [row for _place, _name, row in sorted(rows, key=lambda row: row[:2])][:MOST_SHOWN]


def _numbers(people: QuerySet[Jobseeker]) -> list[int]:
    return list(people.order_by().values_list("pk", flat=True)[:MOST_SHOWN])


def _files(text: str) -> list[int]:
    found = (read_code(one.replace("–", "-")) for one in FILE.findall(text)[:20])
    return [one for one in found if one is not None]


def _contacts(text: str) -> list[str]:
    said = EMAIL.findall(text.lower())[:5]
    for one in PHONE.findall(text)[:5]:
        try:
            said.append(addresses.read_phone(one))
        except ValidationError:
            continue
    return list(dict.fromkeys(said))


def _named(folded: str, among: QuerySet[Jobseeker]) -> list[Known]:
    """Return who has at least two words of a text in the name."""
    words = {one for one in folded.split() if len(one) > 1}
    users = (
        NameWord.objects.filter(word__in=words)
        .order_by()
        .values("user")
        .annotate(number=Count("word", distinct=True))
        .filter(number__gte=2)
        .values("user")
    )
    found = list(among.filter(user__in=users).order_by().values_list("pk", flat=True)[:MOST_FOUND])
    return finding.known(among.filter(pk__in=found))


def is_next(folded: str, name: str) -> bool:
    """Say whether the words of a name stand beside each other in a text, the first or the last of them first."""
    words = fold_words(name).split()
    orders = [words, [*words[1:], words[0]], [words[-1], *words[:-1]]]
    return any(f" {' '.join(one)} " in folded for one in orders)
