"""Occupations found by the titles people type and advertisements write.

The index of the engine is built once per process and language, and again after an import.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import DatabaseError, connection

from visavis.catalog import places, starter
from visavis.catalog.cache import PerEdition
from visavis.catalog.models import Occupation, Title
from visavis.engine.search.vocabulary import codes_of, work_in
from visavis.engine.search.words import stems_of
from visavis.engine.text import both_genders, clean_title
from visavis.engine.text.several import wordings
from visavis.engine.titles.index import TitleIndex
from visavis.engine.titles.jobs import JobsNamed

log = logging.getLogger(__name__)

LONGEST_TYPED = 250
"""Characters of what is typed that are read; the page says so."""

WEAKEST = 0.1
"""Below this score, what is typed only shares a few letters with the title."""

FAINTEST = 0.25
"""What fits less than this share of the best answer is noise beside it."""

OTHER_LANGUAGE = 0.9
"""What a title in the other language counts for: people type both."""

FEED = "feed"
"""The source of occupations that only ads brought."""

SHORTER = 0.97
"""What a title counts without what it says behind a dash, in brackets, or of its town."""

MOST_CALLED = 2
"""What more occupations are called by says none of them."""

OTHERS = {"fr": ("fr", "en"), "en": ("en", "fr")}


@dataclass(frozen=True)
class OccupationFound:
    """An occupation, the title of it that fits what was typed, and how well it fits."""

    occupation: Occupation
    title: str
    score: float


@dataclass(frozen=True)
class Titles:
    """The current titles of one language; `index` is None when there is none."""

    labels: list[str]
    codes: list[str]
    index: TitleIndex | None


def build(language: str) -> Titles:
    """Index the titles of a language, and the occupations' own labels with them."""
    titles = Title.objects.filter(language=language, is_current=True, occupation__is_current=True)
    rows = list(titles.order_by("pk").values_list("label", "occupation_id"))
    own = Occupation.objects.filter(is_current=True).order_by("pk").values_list(f"label_{language}", "pk")
    rows += sorted({row for row in own if row[0]} - set(rows))
    labels, codes = [label for label, _code in rows], [code for _label, code in rows]
    return Titles(labels, codes, TitleIndex(labels, codes, language=language) if rows else None)


titles_in = {
    "fr": PerEdition(lambda: build("fr"), of=Title),
    "en": PerEdition(lambda: build("en"), of=Title),
}


def _jobs_named() -> JobsNamed | None:
    titles = titles_in["fr"]()
    passing = set(Occupation.objects.filter(source=FEED).values_list("pk", flat=True))
    return JobsNamed(titles.labels, titles.codes, titles.index, passing) if titles.index else None


jobs_named = PerEdition(_jobs_named, of=Title)


def _called() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for tongue in OTHERS["fr"]:
        titles = titles_in[tongue]()
        for label, code in zip(titles.labels, titles.codes, strict=True):
            # Both: "hôte" and "hôtesse" have two stems.
            for stems in {work_in(one) for one in both_genders(label)}:
                if len(stems) > 1:
                    found.setdefault(_key(stems), {})[code] = None
    return {key: tuple(codes) for key, codes in found.items() if len(codes) <= MOST_CALLED}


def _key(stems: Iterable[str]) -> str:
    return " ".join(sorted(stems))


titles_called = PerEdition(_called, of=Title)


def called(stems: Iterable[str]) -> tuple[str, ...]:
    """Return the occupations that have these stems, all and no other, for a title of several words; of few, or none."""
    return titles_called().get(_key(stems), ())


def forget() -> None:
    """Read the titles again at the next use: some were added a moment ago."""
    for kept in (*titles_in.values(), jobs_named, titles_called):
        kept.forget()


def warm_up() -> None:
    """Build the titles' and the communes' indexes now, and leave no connection behind; what cannot be built waits."""
    try:
        for index in (*titles_in.values(), titles_called, places.gazetteer):
            index()
    except DatabaseError:
        log.warning("the titles could not be indexed ahead: the first search will try again")
    finally:
        connection.close()


def search_occupations(typed: str, *, language: str, limit: int = 10) -> list[OccupationFound]:
    """Find occupations by what a person types, best first; typos, accents and unfinished words forgiven."""
    best: dict[str, tuple[str, float]] = {}
    for place, tongue in enumerate(OTHERS.get(language[:2], OTHERS["fr"])):
        titles = titles_in[tongue]()
        if titles.index is None:
            continue
        for row, score in titles.index.suggest(typed[:LONGEST_TYPED], top=limit):
            counted = score * (OTHER_LANGUAGE if place else 1.0)
            if counted >= WEAKEST and counted > best.get(titles.codes[row], ("", 0.0))[1]:
                best[titles.codes[row]] = titles.labels[row], counted
    ranked = sorted(best.items(), key=lambda one: -one[1][1])[:limit]
    ranked = [one for one in ranked if one[1][1] >= FAINTEST * ranked[0][1][1]]
    occupations = Occupation.objects.select_related("domain").in_bulk([code for code, _found in ranked])
    return [
        OccupationFound(occupations[code], title, round(score, 3))
        for code, (title, score) in ranked
        if code in occupations
    ]


def occupations_for(titles: Sequence[str]) -> list[tuple[Occupation, float] | None]:
    """Give each advertised title its occupation, with a score in [0, 1), or None: one pass for thousands of titles."""
    said = [
        (place, words, SHORTER if turn else 1.0)
        for place, title in enumerate(titles)
        for turn, words in enumerate(wordings(title[:LONGEST_TYPED]))
    ]
    best: list[tuple[str, float]] = [("", 0.0)] * len(titles)
    for tongue in OTHERS["fr"]:
        index = titles_in[tongue]().index
        if index is None or not said:
            continue
        found = index.search([words for _place, words, _factor in said], top=1)
        for (place, _words, factor), row, score in zip(
            said, found.codes[:, 0], found.scores[:, 0], strict=True
        ):
            if row >= 0 and factor * score > best[place][1]:
                best[place] = index.codes[row], factor * float(score)
    occupations = Occupation.objects.in_bulk({code for code, _score in best if code})
    return [
        (occupations[code], score) if score >= WEAKEST and code in occupations else None
        for code, score in best
    ]


def scores_for(titles: Sequence[str], top: int = 4) -> list[dict[str, float]]:
    """Give each advertised title the codes of the occupations it may name, with scores in [0, 1): one pass for all.

    What stands behind a dash or in brackets may say the ward, the shop or the town: a title is read with it and
    without, and the better counts.
    """
    found: list[dict[str, float]] = [{} for _title in titles]
    index = titles_in["fr"]().index
    cut = (title[:LONGEST_TYPED] for title in titles)
    said = [(one, words) for one, title in zip(found, cut, strict=True) for words in wordings(title)]
    if index is None or not said:
        return found
    answers = index.search([words for _one, words in said], top=top)
    for (one, _words), rows, scores in zip(
        said, answers.codes.tolist(), answers.scores.tolist(), strict=True
    ):
        for row, score in zip(rows, scores, strict=True):
            if row >= 0:
                one[index.codes[row]] = max(score, one.get(index.codes[row], 0.0))
    return found


def several_in(titles: Sequence[str]) -> list[list[tuple[str, ...]]]:
    """Give the occupations of each job that an advertised title names, for each title; nothing where it names one."""
    known = jobs_named()
    return known.of([title[:LONGEST_TYPED] for title in titles]) if known else [[] for _title in titles]


def is_one_trade(title: str, *codes: str) -> bool:
    """Say whether what a title speaks of is called by all of these codes: one trade, in one edition or another."""
    known = starter.rome_codes()
    meant = set(codes_of(title))
    return all({code, known.get(code)} & meant for code in codes)


def says(title: str, label: str) -> bool:
    """Say whether a title and an official one are the same words but for what one adds, whatever the gender."""
    asked, held = {*stems_of(both_genders(label)[0])}, {*stems_of(both_genders(clean_title(title))[0])}
    return bool(asked and held) and (asked <= held or held <= asked)
