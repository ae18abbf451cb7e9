"""How well ads keep to what was said of conditions, pay and place: a factor in [0, 1] for each ad."""

from collections.abc import Sequence

import numpy as np
import scipy

from visavis.engine.facts import geo
from visavis.engine.search.documents import Columns, Floats
from visavis.engine.search.understanding import Place, Query
from visavis.engine.search.vocabulary import Condition, conditions

NEAR_KM, AROUND_KM = (5.0, 15.0, 30.0), (20.0, 30.0, 40.0)
STEPS = (1.0, 0.62, 0.3)
MOST_OFF_KM = 40.0
OVER_THE_BORDER_KM, OVER_THE_BORDER = 20.0, 0.2
"""How far outside of the department that was named an ad may stand, and what is left of it at the border."""

PAY_UNKNOWN, PAY_HIGHEST, PAY_ALMOST, PAY_BELOW = 0.12, 0.65, 0.35, 0.02


def kept_to(columns: Columns, query: Query) -> Floats:
    """Return the product of all factors; 1 where nothing was said."""
    factor = np.ones(len(columns))
    for name in query.conditions:
        factor *= condition(columns, conditions()[name])
    if query.pay_hour is not None:
        factor *= pay(columns, query.pay_hour)
    if query.place is not None:
        factor *= place(columns, query.place)
    return factor


def condition(columns: Columns, one: Condition) -> Floats:
    """Return 1 where an ad says so, less where it does not say, least where it says the contrary."""
    factor = np.full(len(columns), one.unknown)
    denied = columns.has_any(one.no)
    factor[denied] = one.against
    for tag, best in sorted(one.yes.items(), key=lambda pair: pair[1]):
        held = columns.has(tag)
        factor[held] = np.where(
            denied[held], max(one.against, (best + one.against) / 2 if one.against else 0), best
        )
    return factor


def pay(columns: Columns, hourly: float) -> Floats:
    """Return 1 where the least pay reaches what is asked."""
    low, high = np.nan_to_num(columns.pay_low, nan=-1), np.nan_to_num(columns.pay_high, nan=-1)
    high = np.maximum(low, high)
    known = high > 0
    factor = np.where(known, PAY_BELOW, PAY_UNKNOWN)
    factor[known & (high >= hourly * 0.933)] = PAY_ALMOST
    factor[known & (high >= hourly - 0.01)] = PAY_HIGHEST
    factor[low >= hourly - 0.01] = 1.0
    return factor


def place(columns: Columns, wanted: Place) -> Floats:
    """Return 1 in a place, less around it, 0 far away; an ad without a place is nowhere."""
    if wanted.kind == "town":
        away = distance(columns, wanted.latitude, wanted.longitude)
        return _steps(away, AROUND_KM if wanted.is_around else NEAR_KM)
    inside = {"department": columns.department, "region": columns.region, "country": columns.country}[
        wanted.kind
    ]
    factor = inside.are(wanted.code).astype(np.float64)
    if wanted.inside is not None and len(wanted.inside):
        _over_the_border(columns, wanted.inside, factor)
    return factor


def _over_the_border(columns: Columns, inside: Floats, factor: Floats) -> None:
    """Count a little what is outside and near; only what may be is measured."""
    degrees = OVER_THE_BORDER_KM / 70
    low, high = inside.min(axis=0) - degrees, inside.max(axis=0) + degrees
    with np.errstate(invalid="ignore"):
        near = ((columns.points >= low) & (columns.points <= high)).all(axis=1)
    places = np.flatnonzero(near & (factor == 0) & (columns.off_km <= OVER_THE_BORDER_KM / 2))
    if not len(places):
        return
    tree = scipy.spatial.cKDTree(geo.unit_vectors(inside[:, 0], inside[:, 1]))
    chord = tree.query(columns.vectors[places], k=1)[0]
    away = 2 * geo.EARTH_RADIUS_KM * np.arcsin(np.minimum(chord / 2, 1))
    factor[places] = OVER_THE_BORDER * np.maximum(1 - away / OVER_THE_BORDER_KM, 0)


def distance(columns: Columns, latitude: float, longitude: float) -> Floats:
    """Return how far each ad is, km, at the nearest edge of a vague place; infinite where unknown or too vague."""
    here = geo.unit_vectors(np.array([latitude]), np.array([longitude]))
    away = geo.distance_km(here, columns.vectors)
    away = away + np.where(columns.off_km > 0, np.minimum(columns.off_km, MOST_OFF_KM) / 2, 0)
    return np.where(np.isnan(away) | (columns.off_km > MOST_OFF_KM), np.inf, away)


def _steps(away: Floats, within: Sequence[float]) -> Floats:
    factor = np.zeros(len(away))
    for km, grade in zip(reversed(within), reversed(STEPS), strict=True):
        factor[away <= km] = grade
    return factor
