"""What a person or an employer can do here, and by which ways: read from `acts.toml`, the one list of it.

The public pages "how to do it", the line at the foot of each page and the tests are drawn from it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("acts.toml")


class Way(StrEnum):
    """By which way an act is done."""

    WEB = "web"
    PLAIN = "plain"
    SMS = "sms"
    PHONE = "phone"
    POST = "post"
    COUNTER = "counter"
    STATION = "station"
    HELPER = "helper"
    PROGRAM = "program"


class Means(StrEnum):
    """How a way leads to the act."""

    # Herself, on the pages of the site.
    PAGES = "pages"
    # Somebody of the service, while she speaks.
    STAFF = "staff"
    # She writes what she wants, and somebody of the service does it.
    WORDS = "words"
    # Reception, on the person's own pages, while she stands there (`counter`).
    VISIT = "visit"
    # One word, and nothing else in the message.
    WORD = "word"
    # A printed sheet that comes back and is read.
    SHEET = "sheet"
    # A helper under a mandate, on the same pages.
    MANDATE = "mandate"
    # Anybody on her behalf: it is asked of nobody who she is.
    ANYBODY = "anybody"
    # Somebody whom an employer lets into the team.
    TEAM = "team"
    # A program with a key of hers.
    KEY = "key"
    # A program of the agency, for who has no account yet.
    AGENCY = "agency"


@dataclass(frozen=True)
class Refusal:
    """Why a way cannot be, by law or by its nature, and what to do instead."""

    because: str
    instead: str


@dataclass(frozen=True)
class Act:
    """One thing that somebody can do."""

    slug: str
    group: str
    says: str
    pages: tuple[str, ...]
    staff: tuple[str, ...] = ()
    counter: tuple[str, ...] = ()
    who: str = "jobseeker"
    by: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    program: tuple[str, ...] = ()
    never: Mapping[str, Refusal] = field(default_factory=dict)

    def means(self, way: Way) -> Means | Refusal | None:
        """Say how a way leads to this act: by some means, never, or not yet (None)."""
        if way in self.never:
            return self.never[way]
        if way in self.by:
            return Means(self.by[way])
        match way:
            case Way.WEB | Way.PLAIN | Way.STATION:
                return Means.PAGES
            case Way.PHONE | Way.COUNTER:
                return Means.STAFF if self.staff else None
            case Way.POST | Way.SMS:
                return Means.WORDS if self.staff else None
            case Way.HELPER:
                return Means.MANDATE
            case Way.PROGRAM:
                return Means.KEY if self.program else None

    def addresses(self, way: Way) -> tuple[str, ...]:
        """Return the addresses at which an act is done by a way; none where it is refused or not yet there."""
        match self.means(way):
            case Means.PAGES | Means.MANDATE | Means.VISIT | Means.ANYBODY:
                return self.pages
            case Means.STAFF | Means.WORDS:
                return self.counter if way == Way.COUNTER and self.counter else self.staff
            case Means.SHEET:
                return (self.sheet,)
            case Means.KEY | Means.AGENCY:
                return self.program
            case _:
                return ()


@dataclass(frozen=True)
class Beside:
    """Addresses that take an answer and are no act upon a file, and why."""

    because: str
    pages: tuple[str, ...]


@cache
def _read() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def acts() -> tuple[Act, ...]:
    """Return every act, in the order of the file."""
    return tuple(_act(said) for said in _read()["act"])


def _act(said: dict[str, Any]) -> Act:
    lists = {name: tuple(said[name]) for name in ("pages", "staff", "counter", "program") if name in said}
    never = {way: Refusal(**why) for way, why in said.get("never", {}).items()}
    return Act(**(said | lists | {"never": never}))


@cache
def beside() -> tuple[Beside, ...]:
    """Return what takes an answer and is no act."""
    return tuple(Beside(one["because"], tuple(one["pages"])) for one in _read()["beside"])


@cache
def _by_page() -> dict[tuple[str, str], Act]:
    """Find the act of an address, the first of the file where several share it."""
    return {(one.who, page): one for one in reversed(acts()) for page in one.pages}


def act_of(page: str, who: str) -> Act | None:
    """Return the act that an address serves, for a jobseeker or an employer."""
    found = _by_page()
    return found.get((who, page)) or found.get((who, page.partition(":")[0] + ":"))


def act_called(slug: str) -> Act | None:
    """Return an act by its slug."""
    return next((one for one in acts() if one.slug == slug), None)
