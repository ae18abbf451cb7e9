"""Find a person by what is typed: a name in any order, a phone in any writing, an e-mail; and tell namesakes apart."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Case, Q, QuerySet, When
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from visavis.folding import distance, fold_words
from visavis.jobseekers.models import Jobseeker
from visavis.people import addresses
from visavis.people.models import NameWord
from visavis.people.names import in_any_order, near
from visavis.ui import dates

LETTERS = re.compile(r"[^\W\d_]")
# So many digits inside a number are a part of it; fewer would find everybody.
A_PART = 4
# A name of so many letters may have one of them wrong.
MAY_BE_WRONG = 4
MOST_TYPED = 120


@dataclass(frozen=True)
class Known:
    """What one person may be found by, and told from a namesake by."""

    pk: int
    name: str
    email: str | None
    phone: str | None
    town: str | None
    joined_at: dt.datetime


def who(person: Jobseeker) -> Known:
    """Return what a person may be found by: of whom no agency follows the name only, heads read no more of them."""
    user, town = person.user, person.commune.name if person.commune else None
    email, phone = (user.email, user.phone) if person.agency_id else (None, None)
    return Known(person.pk, user.name, email, phone, town, user.joined_at)


COLUMNS = ("agency", "user__name", "user__email", "user__phone", "user__joined_at", "commune__name")


def to_know(people: QuerySet[Jobseeker]) -> QuerySet[Jobseeker]:
    """Read of people what `who` asks, and no more of their files."""
    return people.order_by().select_related("user", "commune").only(*COLUMNS)


def known(people: QuerySet[Jobseeker]) -> list[Known]:
    """Return what people may be found by, in one query."""
    return [who(one) for one in to_know(people)]


@dataclass(frozen=True)
class Sought:
    """What was typed, understood: an e-mail, a number in digits with its country, or the words of a name.

    Where `parts` is false, only a whole e-mail or number finds: whoever may not read them learns nothing.
    """

    words: tuple[str, ...] = ()
    email: str = ""
    digits: str = ""
    parts: bool = True

    @property
    def is_nobody(self) -> bool:
        """Say whether nothing was typed by which somebody could be known: it finds no one, and never everybody."""
        return not (self.words or self.email or self.digits)

    def place(self, known: Known) -> int | None:
        """Return how well somebody goes with it, 0 is best; None when not at all."""
        if self.is_nobody:
            return None
        if self.email:
            return _place_in(self.email, known.email or "", self.parts)
        if self.digits:
            return _place_in(self.digits, (known.phone or "").lstrip("+"), self.parts)
        return _place_of_name(self.words, known.name)


def sought(typed: str, *, parts: bool) -> Sought:
    """Understand what was typed."""
    text = typed.replace("\0", "").strip()[:MOST_TYPED]
    if "@" in text:
        return Sought(email=text.lower(), parts=parts)
    if any(sign.isdigit() for sign in text) and not LETTERS.search(text):
        return Sought(digits=_digits(text), parts=parts)
    return Sought(words=tuple(fold_words(text).split()), parts=parts)


def _digits(text: str) -> str:
    """Return a number, or its beginning, as it is stored but for the sign before it."""
    try:
        return addresses.read_phone(text).lstrip("+")
    except ValidationError:
        bare = re.sub(r"\D", "", text.replace("(0)", ""))
    if bare.startswith("00"):
        return bare[2:]
    return f"33{bare[1:]}" if bare.startswith("0") else bare


def _place_in(typed: str, whole: str, parts: bool) -> int | None:
    if typed == whole:
        return 0
    if not parts:
        return None
    if whole.startswith(typed):
        return 1
    return 2 if len(typed) >= A_PART and typed in whole else None


def _place_of_name(words: Sequence[str], name: str) -> int | None:
    """Whole words in any order, then beginnings of words, then parts, then one letter wrong."""
    folded = fold_words(name)
    own = folded.split()
    if sorted(words) == sorted(own):
        return 0
    if all(any(one.startswith(word) for one in own) for word in words):
        return 1
    if all(word in folded for word in words):
        return 2
    return 3 if all(any(_is_near(word, one) for one in own) for word in words) else None


def _is_near(word: str, own: str) -> bool:
    if len(word) < MAY_BE_WRONG:
        return own.startswith(word)
    return distance(word, own, 1) <= 1


def find(typed: str, among: Iterable[Known], *, parts: bool) -> list[int]:
    """Return the numbers of whom the words find, best first, then by name. Words inside a name find only where
    none begins so, a name with a wrong letter only where nothing else does."""
    asked = sought(typed, parts=parts)
    placed = [
        (place, fold_words(one.name), one.pk) for one in among if (place := asked.place(one)) is not None
    ]
    placed.sort()
    best = next((last for last in (1, 2) if any(place <= last for place, _name, _pk in placed)), 3)
    return [pk for place, _name, pk in placed if place <= best]


def within(people: QuerySet[Jobseeker], typed: str) -> QuerySet[Jobseeker]:
    """Keep whom the words find, best first, as `find` does, by the indexes of the database: among however many.

    An e-mail or a number finds whole only, and nobody whom no agency follows.
    """
    asked = sought(typed, parts=False)
    if asked.email or asked.digits:
        said = {"user__email": asked.email} if asked.email else {"user__phone": f"+{asked.digits}"}
        return people.filter(agency__isnull=False, **said).order_by("pk")
    if asked.is_nobody:
        return people.none()
    for way in (*WAYS, _nearly):
        found = people.filter(*(way(word) for word in asked.words))
        if found.order_by().exists():
            break
    return best_first(found, in_any_order(typed))


def best_first(found: QuerySet[Jobseeker], name_key: str) -> QuerySet[Jobseeker]:
    """Put whoever has the whole name first, then the others by name."""
    is_whole = Case(When(user__name_key=name_key, then=0), default=1)
    return found.order_by(is_whole, "user__folded_name", "pk")


def named_whole(people: QuerySet[Jobseeker], typed: str) -> QuerySet[Jobseeker]:
    """Keep whom a whole name, in any order, a whole e-mail or a whole number names: no part of one finds anybody."""
    asked = sought(typed, parts=False)
    if asked.email:
        return people.filter(user__email=asked.email)
    if asked.digits:
        return people.filter(user__phone=f"+{asked.digits}")
    return people.filter(user__name_key=in_any_order(typed)) if asked.words else people.none()


def _beginning(word: str) -> Q:
    return Q(user__in=NameWord.objects.filter(word__begins=word).values("user"))


def _holding(word: str) -> Q:
    return Q(user__folded_name__contains=word)


WAYS = (_beginning, _holding)
"""How a word finds, the better way first, where the question can be written before the word is known."""


def _nearly(word: str) -> Q:
    """A word with one letter wrong is as long, but for one letter, and one of its halves is right."""
    half = len(word) // 2
    if len(word) < MAY_BE_WRONG:
        return _beginning(word)
    alike = NameWord.objects.annotate(long=Length("word")).filter(
        Q(word__begins=word[:half]) | Q(word__endswith=word[half:]),
        long__gte=len(word) - 1,
        long__lte=len(word) + 1,
    )
    words = near(word, alike.order_by().values_list("word", flat=True).distinct())
    return Q(user__in=NameWord.objects.filter(word__in=words).values("user"))


def told_apart(people: Iterable[Known]) -> dict[int, str]:
    """Say of each who shares a name with another of them what tells them apart, without showing an address.

    The end of a number is asked for and compared, as at any counter; nobody reads the whole of it.
    """
    by_name: dict[str, list[Known]] = {}
    for one in people:
        by_name.setdefault(" ".join(sorted(fold_words(one.name).split())), []).append(one)
    return {one.pk: marks(one) for some in by_name.values() if len(some) > 1 for one in some}


def marks(person: Known) -> str:
    """Return what tells somebody from a namesake: the town, the end of the phone, when the file was opened."""
    said = [person.town or ""]
    if person.phone:
        said.append(_("phone ending in %(end)s") % {"end": person.phone[-2:]})
    said.append(_("file opened on %(day)s") % {"day": dates.day(person.joined_at)})
    return " · ".join(one for one in said if one)
