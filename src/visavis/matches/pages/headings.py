"""A person's list under its headings: what she asked for, what is near, what else, what is farther away."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from visavis.jobseekers.answers import lists
from visavis.jobseekers.opened import Opened
from visavis.matches.models import Match
from visavis.matches.models.match import Tier

type Card = dict[str, Any]


@dataclass(frozen=True)
class Link:
    """Where to go on."""

    url: str
    label: str


@dataclass(frozen=True)
class Heading:
    """A tier of a list and what stands under it; what was asked for is there even when nothing is."""

    tier: Tier
    title: str
    cards: list[Card] = field(default_factory=list)
    lead: str = ""
    links: list[Link] = field(default_factory=list)


def of_list(
    cards: Sequence[Card], matches: Sequence[Match], owner: Opened, *, begins: bool = True
) -> list[Heading]:
    """Put the cards of some places under headings; `begins` is false on any page but the first."""
    found = [
        under(Tier(tier), [card for _tier, card in some], owner)
        for tier, some in groupby(
            zip((match.tier for match in matches), cards, strict=True), lambda one: one[0]
        )
    ]
    asked = title_of_asked(owner)
    if found and begins and asked and found[0].tier != Tier.ASKED:
        return [nothing_asked(asked, owner, found[0].tier), *found]
    return found


def title_of(tier: Tier, owner: Opened) -> str:
    return (title_of_asked(owner) if tier == Tier.ASKED else "") or str(tier.label)


def under(tier: Tier, cards: list[Card], owner: Opened) -> Heading:
    title = title_of(tier, owner)
    if tier == Tier.BEYOND:
        return Heading(tier, title, cards, _("Farther than people usually go."), [how_far(owner)])
    return Heading(tier, title, cards)


def title_of_asked(owner: Opened) -> str:
    """Return what the first tier is called; nothing where nothing was asked for nor done."""
    said = owner.jobseeker.answered
    if "wanted" in said:
        return _("What you asked for") if owner.is_hers else _("What was asked for")
    if "experience" in said:
        return _("Work you have done") if owner.is_hers else _("Work already done")
    return ""


def nothing_asked(title: str, owner: Opened, following: Tier) -> Heading:
    """Say that there is none at the moment, and what to do."""
    if following == Tier.SAME:
        lead = _("There is none of this very title at the moment within reach. The same occupation follows.")
        return Heading(Tier.ASKED, title, lead=lead, links=[alert(owner)])
    return Heading(
        Tier.ASKED,
        title,
        lead=_("There is none at the moment within reach. Here is what can be done; other openings follow."),
        links=[alert(owner), how_far(owner)],
    )


def alert(owner: Opened) -> Link:
    """Return where she asks to be told of openings for the first work she wants."""
    first = next((lists.wish_words(wish) for wish in lists.wishes(owner.jobseeker)), "")
    query = f"?{urlencode({'q': first})}" if first else ""
    return Link(owner.url_of("searches:alert_new") + query, _("Be told when there is one"))


def how_far(owner: Opened) -> Link:
    return Link(owner.url("question", question="reach"), _("Say how far one goes"))
