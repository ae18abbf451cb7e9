"""Find openings by what somebody asks."""

import math

import numpy as np
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from visavis.catalog.models import Commune
from visavis.catalog.places import gazetteer
from visavis.people.models import User
from visavis.searches import filters
from visavis.searches.asked import LONGEST_WORDS, MOST_PAGES, Asked, Order
from visavis.searches.filters import Ground
from visavis.searches.found import Found, Opening
from visavis.searches.openings import Bools, Numbers, Openings
from visavis.vacancies.models import Vacancy
from visavis.vacancies.models.vacancy import VacancyQuerySet

MOST_POINTS = 2_000


def may_see(actor: User | AnonymousUser) -> VacancyQuerySet:
    """Give every opening: visitors read what feeds brought where it was published (`pages/cards.py`)."""
    seen = Vacancy.objects if isinstance(actor, AnonymousUser) else Vacancy.objects.visible_to(actor)
    return seen.open()


def find(asked: Asked, *, actor: User | AnonymousUser, language: str, page_size: int = 20) -> Found:
    """Return one page of the openings that answer, the counts of every filter, and what was understood."""
    seen = may_see(actor)
    openings = Openings.of(seen)
    around = commune_of(asked)
    ground = Ground(openings, filters.distances(openings, around))
    hits = said_in(openings, seen, asked.words)
    whole, _masks = filters.kept(ground, asked, hits)
    places = ordered(np.flatnonzero(whole), ground, asked)
    pages = min(math.ceil(len(places) / page_size), MOST_PAGES)
    page = min(asked.page, max(pages, 1))
    shown = places[(page - 1) * page_size : page * page_size]
    return Found(
        asked=asked.but(page=page),
        openings=laid_out(shown, ground),
        total=len(places),
        pages=pages,
        filters=filters.told(ground, asked, hits),
        points=points_of(places, openings),
    )


def commune_of(asked: Asked) -> Commune | None:
    index = gazetteer()
    row = index.row.get(asked.commune)
    return None if row is None else index.communes[row]


def said_in(openings: Openings, seen: VacancyQuerySet, words: str) -> Bools:
    """Say which openings hold every word."""
    for word in words[:LONGEST_WORDS].replace("\0", " ").split()[:8]:
        seen = seen.filter(Q(title__icontains=word) | Q(description__icontains=word))
    return np.isin(openings.ids, np.array(list(seen.order_by().values_list("pk", flat=True)), np.int64))


def ordered(places: Numbers, ground: Ground, asked: Asked) -> Numbers:
    """Order by distance where a place is asked, else the newest first; what is equal, by number."""
    newest = -ground.openings.published[places]
    first = ground.km[places] if asked.order == Order.DISTANCE and ground.km is not None else newest
    return places[np.lexsort((-ground.openings.ids[places], newest, first))]


def laid_out(shown: Numbers, ground: Ground) -> tuple[Opening, ...]:
    ids = ground.openings.ids[shown].tolist()
    rows = Vacancy.objects.with_card().in_bulk(ids)
    away = [None] * len(ids) if ground.km is None else ground.km[shown].tolist()
    return tuple(
        Opening(rows[pk], None if km is None or math.isnan(km) else km)
        for pk, km in zip(ids, away, strict=True)
        if pk in rows
    )


def points_of(places: Numbers, openings: Openings) -> tuple[tuple[float, float, int], ...]:
    """Return how many stand at each point, the fullest first."""
    there = openings.points[places]
    there = there[~np.isnan(there).any(axis=1)]
    points, counts = np.unique(there, axis=0, return_counts=True)
    most = np.argsort(-counts, kind="stable")[:MOST_POINTS]
    return tuple((float(points[row, 0]), float(points[row, 1]), int(counts[row])) for row in most)
