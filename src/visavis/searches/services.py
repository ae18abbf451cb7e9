"""Find openings by what somebody asks."""

import math
from functools import partial

import numpy as np

from visavis.catalog.places import commune_with
from visavis.common import clock
from visavis.common.prepared import Prepared
from visavis.jobseekers.models import Jobseeker
from visavis.matches.bridge import in_memory, one_person
from visavis.matches.bridge.in_memory import NotLaidOut
from visavis.matches.bridge.market import Work
from visavis.matches.bridge.one_person import Suited
from visavis.searches import filters, telling
from visavis.searches.asked import MOST_PAGES, Asked, Order
from visavis.searches.filters import Ground
from visavis.searches.found import Filter, Found, Opening, Suggestion
from visavis.searches.index.laid import OPENINGS, LaidOpenings
from visavis.searches.index.openings import Bools, Floats, Numbers, Openings
from visavis.searches.index.said import Query
from visavis.vacancies.models import Vacancy
from visavis.vacancies.models.vacancy import OPEN_IN_A_SEARCH

MOST_KEPT = 8
"""What is kept of limits and chances in a process: who turns pages or filters is not scored again."""

FEW = 0.25
"""Of so small a share of all openings she is scored on these alone."""

CHANCES = 0.5
"""How far her own chance moves an opening among those that answer her words."""


def find(
    asked: Asked,
    *,
    language: str,
    page_size: int = 20,
    jobseeker: Jobseeker | None = None,
    rows: Prepared[Vacancy] = OPEN_IN_A_SEARCH,
) -> Found:
    """Return one page of the openings that answer, the counts of every filter, and what was understood.

    Everybody may see every opening; what feeds brought, visitors read where it was published (`pages/cards.py`).
    Limits and chances are those of `jobseeker`, for whom who asks may act; `rows` reads what is shown of the page.
    """
    laid = OPENINGS.at_hand()
    read = laid.read(asked.words, asked.literally)
    stands = laid.counts(clock.today())
    hits = np.flatnonzero((read.scores > 0) & stands)
    is_near = not laid.ranker.is_of_trade(read.query, hits)
    if read.query.groups and not len(hits):
        work = telling.work_of(read.query)
        read = laid.instead(read, [one.occupation.pk for one in telling.titled(work, language)])
        hits = np.flatnonzero((read.scores > 0) & stands)
    elif is_near:
        hits = laid.ranker.near(read.query, hits)
    # Whatever is asked beside the words is asked of what answers them alone.
    openings = laid.openings.cut(hits)
    suits = suited(jobseeker, openings.ids) if jobseeker else None
    ground = ground_of(openings, asked, suits)
    whole = filters.kept(ground, asked)
    logits = logits_of(ground.openings, suits)
    places = np.flatnonzero(whole)
    pages = min(math.ceil(len(places) / page_size), MOST_PAGES)
    page = min(asked.page, max(pages, 1))
    fit = fitting(read.scores[hits], logits, asked)
    shown = ordered(places, ground, asked, fit, page * page_size)[(page - 1) * page_size :]
    told = filters.told(ground, asked)
    return Found(
        asked=asked.but(page=page),
        openings=laid_out(shown, ground, logits, telling.Why(read.query, language), rows),
        total=len(places),
        pages=pages,
        filters=told,
        understood=telling.understood(read.query, asked, language),
        suggestions=() if len(places) else nothing(asked, read.query, told, laid, jobseeker),
        refused=telling.refused(asked.words, read.query),
        instead=telling.instead(asked.words) if is_near and len(hits) else "",
        in_towns=partial(ground.openings.in_towns, places),
    )


def nothing(
    asked: Asked, query: Query, told: tuple[Filter, ...], laid: LaidOpenings, jobseeker: Jobseeker | None
) -> tuple[Suggestion, ...]:
    """Return what else to try where nothing was found."""
    suits = suited(jobseeker, laid.openings.ids) if jobseeker else None
    stands = laid.counts(clock.today())
    everywhere = filters.kept(ground_of(laid.openings, asked, suits), asked) & stands
    return telling.suggestions(asked, query, told, laid, int(everywhere.sum()))


def ground_of(openings: Openings, asked: Asked, suits: Suited | None) -> Ground:
    allowed = None if suits is None else np.isin(openings.ids, suits.allowed)
    return Ground(openings, filters.distances(openings, commune_with(asked.commune)), allowed)


def suited(jobseeker: Jobseeker, numbers: Numbers) -> Suited | None:
    """Return what her limits allow and what suits her of some openings at least, by their numbers.

    None while the vacancies are being laid out.
    """
    try:
        work = in_memory.WORK.at_hand()
    except NotLaidOut:
        return None
    among = numbers if len(numbers) < FEW * len(work) else None
    # What is laid out never changes: another object stands for what changed. It is held, so its number stays its own.
    key = (id(work), jobseeker.pk, jobseeker.version, b"all" if among is None else among.tobytes())
    if key not in _KEPT:
        while len(_KEPT) >= MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)), None)
        _KEPT[key] = work, one_person.suited(work, jobseeker, among)
    return _KEPT[key][1]


_KEPT: dict[tuple[int, int, int, bytes], tuple[Work, Suited]] = {}


def logits_of(openings: Openings, suits: Suited | None) -> Floats | None:
    """Return how well each opening suits her, logits; NaN where it does not."""
    if suits is None:
        return None
    logits = np.full(len(openings), np.nan)
    at = np.searchsorted(suits.suited, openings.ids)
    at = np.minimum(at, max(len(suits.suited) - 1, 0))
    if len(suits.suited):
        same = suits.suited[at] == openings.ids
        logits[same] = suits.logits[at[same]]
    return logits


def fitting(scores: Floats, logits: Floats | None, asked: Asked) -> Floats:
    """Return what orders openings by fit: how well they answer the words, moved by her chance."""
    if logits is None:
        return scores
    chance = np.nan_to_num(1 / (1 + np.exp(-logits)), nan=0.0)
    return scores * (1 - CHANCES + CHANCES * chance)


def ordered(places: Numbers, ground: Ground, asked: Asked, fit: Floats, most: int) -> Numbers:
    """Return the first by fit, date or distance; what is equal, the newest first, then by number."""
    newest = -ground.openings.published[places]
    first = -np.round(fit[places], 3)
    if asked.order == Order.DISTANCE and ground.km is not None:
        first = ground.km[places]
    elif asked.order == Order.DATE:
        first = newest
    if most < len(places):
        # Only what may come so early is put in order; what is not known is last.
        kept = np.flatnonzero(~(first > np.partition(first, most - 1)[most - 1]))
        places, first, newest = places[kept], first[kept], newest[kept]
    return places[np.lexsort((-ground.openings.ids[places], newest, first))[:most]]


def laid_out(
    shown: Numbers, ground: Ground, logits: Floats | None, why: telling.Why, rows: Prepared[Vacancy]
) -> tuple[Opening, ...]:
    ids = ground.openings.ids[shown].tolist()
    found = {row.pk: row for row in rows(clock.today(), ids)} if ids else {}
    return tuple(
        Opening(
            vacancy=found[pk],
            km=real(ground.km, place),
            why=why.sentences(found[pk]),
            snippet=why.snippet(found[pk].description),
            logit=real(logits, place),
        )
        for pk, place in zip(ids, shown.tolist(), strict=True)
        if pk in found
    )


def real(values: Floats | None, place: int) -> float | None:
    if values is None or math.isnan(values[place]):
        return None
    return float(values[place])


def newest(asked: Asked, before: tuple[float, int] | None = None) -> Numbers:
    """Return the numbers of all openings that answer, the newest first, from behind an instant and a number on."""
    laid = OPENINGS.at_hand()
    hits = (laid.read(asked.words, asked.literally).scores > 0) & laid.counts(clock.today())
    openings = laid.openings.cut(np.flatnonzero(hits))
    whole = filters.kept(ground_of(openings, asked, None), asked)
    published, ids = openings.published, openings.ids
    if before:
        at, number = before
        whole = whole & ((published < at) | ((published == at) & (ids < number)))
    places = np.flatnonzero(whole)
    return ids[places[np.lexsort((-ids[places], -published[places]))]]


def hits_among(numbers: Numbers, words: str, literally: tuple[str, ...], least: float) -> Bools:
    """Say which of some openings answer the words, by the scores of `find`, at least so well."""
    laid = OPENINGS.at_hand()
    found = laid.openings.ids[(laid.read(words, literally).scores >= least) & laid.counts(clock.today())]
    return np.isin(numbers, found)
