"""Every card of the demo's lists, of both sides: reasons, words, bar and order say the same."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any

import pytest
from django.db.models import prefetch_related_objects
from django.utils import translation

from visavis.jobseekers.opened import Opened
from visavis.matches.models import Match
from visavis.matches.models.match import Tier
from visavis.matches.pages import cards, fit
from visavis.matches.pages.fit import Fit, Level

pytestmark = [pytest.mark.usefixtures("filled", "db")]

SHORT = {"experience_short", "education_short", "languages_short"}
WORDS = ("hard to tell", "suits a little", "may suit", "suits well", "suits very well")
MORE = {"title_close", "skills_shared"}
BESIDE = ("only the field is the same", "another kind of work")

type Shown = tuple[Match, dict[str, Any]]


def lists() -> Iterator[list[Shown]]:
    """Give every list of both sides as its page shows it, in English."""
    rows = Match.objects.select_related("vacancy", "jobseeker__user").order_by("side", "rank")
    found = list(rows)
    prefetch_related_objects(found, "jobseeker__experiences", "jobseeker__skills_held")
    of = {Match.Whose.JOBSEEKER: "jobseeker_id", Match.Whose.VACANCY: "vacancy_id"}
    with translation.override("en"):
        for side, owner in of.items():
            mine = sorted((m for m in found if m.side == side), key=attrgetter(owner, "rank"))
            for _owner, places in groupby(mine, key=attrgetter(owner)):
                yield shown(side, list(places))


def shown(side: str, places: list[Match]) -> list[Shown]:
    person = places[0].jobseeker
    if side == Match.Whose.JOBSEEKER:
        places = fit.openings_in_order(places, person)
        made = cards.openings(places, Opened(person, person.user), {})
    else:
        places = fit.people_in_order(places)
        made = cards.candidates(places, {}, set())
    return list(zip(places, made, strict=True))


def faults(listed: Sequence[Shown]) -> Iterator[str]:
    """Say what contradicts itself in one list."""
    for match, card in listed:
        yield from faults_of_a_card(match, card)
    tiers = [tier(match) for match, _card in listed]
    if tiers != sorted(tiers):
        yield f"{listed[0][0]}: tiers are mixed: {tiers}"
    for (one, above), (other, below) in pairwise(pair for pair in listed if pair[1]["fit"].level):
        if tier(one) == tier(other) and below["fit"].level > above["fit"].level:
            yield f"{one}: {above['fit'].words} stands above {below['fit'].words}"


def tier(match: Match) -> int:
    """A vacancy's list has one tier only."""
    return int(match.tier) if match.side == Match.Whose.JOBSEEKER else 0


def faults_of_a_card(match: Match, card: dict[str, Any]) -> Iterator[str]:
    claimed: Fit = card["fit"]
    kinds = {reason["kind"] for reason in match.reasons}
    if {"skills", "experience"}.isdisjoint(match.jobseeker.answered):
        if claimed.level or claimed.part is not None or "told" not in card["missing"][0]:
            yield f"{match}: too little is known to say “{claimed.words}”"
        return
    chance = fit.chance(match.score)
    if claimed.part != claimed.level / 4 or not claimed.words.startswith(WORDS[claimed.level]):
        yield f"{match}: the bar shows {claimed.part}, the words say “{claimed.words}”"
    if (claimed.chance or 1.0) > chance or claimed.level > 1 + int(chance * 4):
        yield f"{match}: the chance is {chance}, the words say “{claimed.words}”"
    falls_short = any(reason["kind"] in SHORT and reason["logit"] < 0 for reason in match.reasons)
    held = held_of(match)
    if claimed.level > (Level.MAY if held < 1 / 3 else Level.WELL if falls_short or held < 2 / 3 else 4):
        yield f"{match}: it {claimed.words} and misses {card['missing']}"
    beside = any(words in claimed.words for words in BESIDE)
    is_hers = match.side == Match.Whose.JOBSEEKER
    if beside and (claimed.level > Level.MAY or (is_hers and tier(match) <= Tier.NEAR)):
        yield f"{match}: {claimed.words}, in tier {tier(match)}"
    if "occupation_domain" in kinds and not beside and not kinds & MORE and not shares_skills(match):
        yield f"{match}: only the field is the same, and it {claimed.words}"
    lacks = falls_short or any(reason["kind"] == "gap_skill" for reason in match.reasons)
    if lacks and not card["missing"]:
        yield f"{match}: what is missing is not told"
    lines = [*card["reasons"], *card["missing"], *card["notes"]]
    if len(lines) != len(set(lines)) or "" in lines:
        yield f"{match}: the same is said twice, or nothing: {lines}"
    has = {code for r in match.reasons if r["kind"].startswith("skills_") for code in r["codes"]}
    if has & {r["codes"][0] for r in match.reasons if r["kind"] == "gap_skill"}:
        yield f"{match}: a skill is held and missing"
    if abs(sum(r["logit"] for r in match.reasons) - match.score) > 1e-6:
        yield f"{match}: its reasons do not add up"
    if "title_close" in kinds and "occupation_unrelated" in kinds and similarity(match) < 0.8:
        yield f"{match}: the title is close, and it is another kind of work"


def shares_skills(match: Match) -> bool:
    """Tell whether a skill welcome, or one that people hired have, is held."""
    codes = [(r["kind"], code) for r in match.reasons for code in r["codes"]]
    return any(kind == "skills_wished" or code.startswith("skill:") for kind, code in codes)


def held_of(match: Match) -> float:
    """Return the share of the skills asked for that are held; all where nothing is known to lack."""
    values = [r["values"] for r in match.reasons if r["kind"] in ("skills_shared", "skills_none")]
    return min((float(one["shared"] / one["asked"]) for one in values), default=1.0)


def similarity(match: Match) -> float:
    return max(float(r["values"]["similarity"]) for r in match.reasons if r["part"] == "title")


def test_no_card_of_any_list_contradicts_itself_or_its_neighbours() -> None:
    every = list(lists())
    assert {one[0][0].side for one in every} == set(Match.Whose.values)
    assert len({card["fit"].level for one in every for _match, card in one}) == len(Level)
    assert not [fault for one in every for fault in faults(one)]
