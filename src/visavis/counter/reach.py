"""What reception can do on a person's own pages while she stands there: the errands, and what no helper may do.

What is in neither stays hers alone, also at the counter: her account and its ways in, her mandates (which have a page
of the counter's own), and what makes it difficult for her, which is not said over a counter.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from visavis.mandates.errands import ERRANDS, Code, Errand, errand_for

CARDS = frozenset({"jobseekers:cards", "jobseekers:cards_pack", "jobseekers:cards_drawing", "jobseekers:cards_approve",
                   "jobseekers:cards_paper", "jobseekers:cards_pdf"})  # fmt: skip
SORTED = frozenset({"jobseekers:cards_pack", "jobseekers:cards_approve", "jobseekers:cards_undo",
                    "jobseekers:cards_forget"})  # fmt: skip
QUESTION = frozenset({"jobseekers:question"})

HERS: tuple[Errand, ...] = (
    # A yes of hers: she says it, reception notes it as said at the counter.
    Errand(
        _("Sort the cards of interests"),
        "profile",
        CARDS | QUESTION,
        SORTED | QUESTION,
        first="jobseekers:cards",
    ),
    Errand(
        _("See what the person agreed to, and take it back"),
        "consent",
        frozenset({"consents:mine"}),
        frozenset({"consents:mine"}),
        first="consents:mine",
    ),
    Errand(
        _("Take away all that we keep about the person"),
        "data",
        frozenset({"leaving:data"}),
        frozenset({"leaving:data"}),
        first="leaving:data",
    ),
)
"""What no mandate lends, and the person herself does at the counter."""

INCLUDED = {errand.includes for errand in ERRANDS.values()}
BEGINNINGS: tuple[Errand, ...] = (
    *(errand for code, errand in ERRANDS.items() if code not in INCLUDED),
    *HERS,
)
"""Where one begins, in the order of the page; what another includes is not said beside it."""


def errand_at(name: str, arguments: dict[str, Any], *, answers: bool) -> Errand | None:
    """Return what opens an address in a visit, to be read or to be answered; None where it stays hers alone."""
    if lent := errand_for([*Code], name, arguments, answers=answers):
        return lent
    return next((one for one in HERS if name in (one.answers if answers else one.reads)), None)
