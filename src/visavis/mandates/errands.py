"""What a person may let a helper do for her: a closed list, each with the addresses that it opens.

An errand names the addresses that it reads, and those that it answers (a form sent there). What no errand names stays
hers alone: her account and its ways in, what she agreed to, her privacy, taking everything away.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Code(StrEnum):
    """The errands, in the order of the pages."""

    READ_PROFILE = "read-profile"
    FILL_PROFILE = "fill-profile"
    READ_OPENINGS = "read-openings"
    ANSWER_OPENINGS = "answer-openings"
    SEARCH = "search"
    READ_PROPOSALS = "read-proposals"
    ANSWER_PROPOSALS = "answer-proposals"
    READ_MESSAGES = "read-messages"
    WRITE_MESSAGES = "write-messages"
    READ_DOCUMENTS = "read-documents"
    SEND_DOCUMENTS = "send-documents"
    READ_MINUTES = "read-minutes"
    WRITE_PLAN = "write-plan"
    FOLLOW_UP = "follow-up"
    READ_APPOINTMENTS = "read-appointments"
    BOOK_APPOINTMENTS = "book-appointments"


@dataclass(frozen=True)
class Errand:
    """One thing a helper may do: in words, the addresses it reads and answers, and the errand that it includes."""

    words: Promise
    # As the journal calls what is read there.
    thing: str
    reads: frozenset[str]
    answers: frozenset[str] = frozenset()
    includes: Code | None = None
    first: str = ""
    """The address at which it begins."""
    but: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Of an argument of these addresses, the values that stay hers."""


# Interests, and the cards that find them, are used with her own yes only.
HERS_ALONE = {"question": frozenset({"interests"})}
PROFILE = frozenset({"jobseekers:profile", "jobseekers:print"})
JOBS = frozenset(
    f"jobseekers:{one}"
    for one in ("question", "add_job", "job", "remove_job", "choose_job", "choose_wish", "looking")
)
CV = frozenset({"cvs:read", "cvs:check", "cvs:undo", "cvs:discard"})
FREE = frozenset({"appointments:kinds", "appointments:times", "appointments:held"})

ERRANDS: dict[Code, Errand] = {
    Code.READ_PROFILE: Errand(_("Read the profile"), "profile", PROFILE, first="jobseekers:profile"),
    Code.FILL_PROFILE: Errand(
        _("Fill in the profile and read a CV into it"),
        "profile",
        JOBS | CV,
        JOBS | CV,
        Code.READ_PROFILE,
        "jobseekers:profile",
        HERS_ALONE,
    ),
    Code.READ_OPENINGS: Errand(
        _("See the openings that suit"),
        "openings",
        frozenset({"matches:openings", "matches:more", "matches:opening"}),
        first="matches:openings",
    ),
    Code.ANSWER_OPENINGS: Errand(
        _("Answer openings: interested, kept, not suitable"),
        "openings",
        frozenset({"matches:introduce", "applying:answer", "applying:needed"}),
        frozenset(
            {"matches:opinion", "matches:more", "matches:introduce", "applying:answer", "applying:needed"}
        ),
        Code.READ_OPENINGS,
        "matches:openings",
    ),
    Code.SEARCH: Errand(
        _("Search for openings and have new ones told"),
        "search",
        frozenset(
            {"searches:jobs", "searches:alerts", "searches:alert_new", "searches:alert", "vacancies:public"}
        ),
        frozenset({"searches:alert_new", "searches:alert"}),
        first="searches:jobs",
    ),
    Code.READ_PROPOSALS: Errand(
        _("Read proposals and introductions"),
        "introduction",
        frozenset({"introductions:mine", "introductions:page", "introductions:calendar"}),
        first="introductions:mine",
    ),
    Code.ANSWER_PROPOSALS: Errand(
        _("Answer proposals: yes, no, a time to meet"),
        "introduction",
        frozenset({"introductions:still_there"}),
        frozenset({"introductions:page", "introductions:still_there"}),
        Code.READ_PROPOSALS,
        "introductions:mine",
    ),
    Code.READ_MESSAGES: Errand(
        _("Read the messages with the agency"),
        "thread",
        frozenset({"mailboxes:mine", "mailboxes:thread", "mailboxes:piece"}),
        first="mailboxes:mine",
    ),
    Code.WRITE_MESSAGES: Errand(
        _("Write to the counsellor and answer"),
        "thread",
        frozenset({"mailboxes:new"}),
        frozenset({"mailboxes:new", "mailboxes:thread"}),
        Code.READ_MESSAGES,
        "mailboxes:mine",
    ),
    Code.READ_DOCUMENTS: Errand(
        _("See the documents and what is missing"),
        "documents",
        frozenset({"documents:mine", "documents:page", "documents:picture", "documents:pdf"}),
        first="documents:mine",
    ),
    Code.SEND_DOCUMENTS: Errand(
        _("Send documents"),
        "documents",
        frozenset({"scans:cover"}),
        frozenset({"documents:mine", "documents:withdraw", "scans:cover"}),
        Code.READ_DOCUMENTS,
        "documents:mine",
    ),
    Code.READ_MINUTES: Errand(
        _("Read the plan, and what was said at meetings"),
        "minutes",
        frozenset({"casefiles:mine", "casefiles:minutes"}),
        # To say that they were read.
        frozenset({"casefiles:minutes"}),
        first="casefiles:mine",
    ),
    # What makes it difficult, and what of it she shows, stays hers.
    Code.WRITE_PLAN: Errand(
        _("Write in the plan, and say yes to it"),
        "plan",
        frozenset({"casefiles:add", "casefiles:item", "casefiles:printed"}),
        frozenset({"casefiles:add", "casefiles:item", "casefiles:agree"}),
        Code.READ_MINUTES,
        "casefiles:mine",
    ),
    Code.FOLLOW_UP: Errand(
        _("Say whether the follow-up goes on"),
        "ending",
        frozenset({"casefiles:ending"}),
        frozenset({"casefiles:ending"}),
        first="casefiles:ending",
    ),
    Code.READ_APPOINTMENTS: Errand(
        _("See the appointments"),
        "appointments",
        frozenset({"appointments:mine", "appointments:one", "appointments:file"}),
        first="appointments:mine",
    ),
    Code.BOOK_APPOINTMENTS: Errand(
        _("Book, move and cancel appointments"),
        "appointments",
        FREE | {"appointments:move", "appointments:earlier"},
        frozenset(
            {
                "appointments:times",
                "appointments:held",
                "appointments:let_go",
                "appointments:earlier",
                "appointments:one",
                "appointments:move",
            }
        ),
        Code.READ_APPOINTMENTS,
        "appointments:mine",
    ),
}
CHOICES = [(code.value, errand.words) for code, errand in ERRANDS.items()]


def whole(codes: Iterable[str]) -> list[str]:
    """Return errands with those that they include, in the order of the pages."""
    asked = {code for code in Code if code.value in set(codes)}
    asked |= {included for code in asked if (included := ERRANDS[code].includes)}
    return [code.value for code in Code if code in asked]


def errand_for(
    codes: Iterable[str], name: str, arguments: Mapping[str, object], *, answers: bool
) -> Errand | None:
    """Return the errand among some that opens an address to be read or to be answered; None where none does."""
    errand = _opening(tuple(codes), answers).get(name)
    if errand is None or any(str(arguments.get(one)) in values for one, values in errand.but.items()):
        return None
    return errand


@lru_cache(maxsize=1024)
def _opening(codes: tuple[str, ...], answers: bool) -> Mapping[str, Errand]:
    """Return, for each address that some errands open, the first that does: asked for each link of a page."""
    opening: dict[str, Errand] = {}
    for code in whole(codes):
        errand = ERRANDS[Code(code)]
        for name in errand.answers if answers else errand.reads:
            opening.setdefault(name, errand)
    return opening


def words_of(codes: Iterable[str]) -> list[str]:
    """Return errands in words; what an errand includes is not said beside it."""
    asked = whole(codes)
    included = {ERRANDS[Code(code)].includes for code in asked}
    return [str(ERRANDS[Code(code)].words) for code in asked if Code(code) not in included]
