"""A plausible country, drawn by seed straight into the engine's columns.

Places and populations are real; occupations, skills, titles, contracts, pay and mobility are those of the starter
catalogue; how they go together is made up. Shares of what is left unsaid are in `SILENT`.

>>> vacancies = draw_vacancies(1000, seed=1)
>>> people = draw_jobseekers(500, seed=1, shard=3, shards=60)
>>> market = market_of(people, vacancies)
"""

import numpy as np

from bench.country_tables import Padded, communes, occupations, part_of_country
from visavis.catalog import starter
from visavis.engine.facts.columns import JobseekerColumns, VacancyColumns
from visavis.engine.facts.vocabulary import CONDITIONS, CONTRACTS, LICENCES, UNKNOWN_DAY
from visavis.engine.market.market import Market
from visavis.engine.ragged import Ragged

TODAY = 20_782
DRAWN_AT_ONCE = 50_000
SMALLEST_PAY = 12.02

SILENT = {
    "place": 0.002, "radius": 0.005, "wishes": 0.02, "skills": 0.08, "experience": 0.06, "education": 0.08,
    "languages": 0.30, "licences": 0.10, "contracts": 0.15, "hours": 0.25, "available": 0.20, "pay": 0.35,
    "avoid": 0.15, "interests": 0.40, "texts": 0.25,
    "v_place": 0.003, "v_wide": 0.04, "v_occupation": 0.01, "v_title": 0.001, "v_essential": 0.10, "v_experience": 0.12,
    "v_education": 0.55, "v_contract": 0.01, "v_hours": 0.06, "v_start": 0.20, "v_pay": 0.25,
}  # fmt: skip
"""How often a field is unknown. Who registers is asked where she lives and how far she goes: few leave these out.

`v_` are those of vacancies, `v_wide` known to the department only."""

REMOTE = 0.2
"""Share done wholly from home, of the vacancies whose occupation may be worked from home."""

RADII = np.array([3, 5, 8, 10, 15, 20, 25, 30, 40, 50, 60, 80.0])
RADII_TOWN = np.array([4, 9, 8, 18, 18, 18, 8, 10, 4, 2, 1, 0.0])
RADII_COUNTRY = np.array([2, 3, 2, 8, 13, 24, 12, 20, 8, 5, 2, 1.0])
TOWN_OF = 50_000
HOME_SPREAD_DEGREES = 0.0045
CONTRACTS_TAKEN = (0.85, 0.62, 0.38, 0.18, 0.10, 0.05, 0.02)
AVOIDED = (
    0.26,
    0.06,
    0.09,
    0.06,
    0.16,
    0.14,
    0.08,
    0.05,
    0.03,
    0.16,
    0.10,
    0.06,
    0.04,
    0.05,
    0.03,
    0.03,
    0.02,
    0.0,
)
HOURS = np.array([[35, 39], [30, 39], [35, 35], [20, 30], [15, 25], [8, 20], [10, 39.0]])
HOURS_SHARE = (0.42, 0.14, 0.08, 0.12, 0.08, 0.04, 0.12)
HOURS_OFFERED = np.array([35, 39, 37.5, 30, 28, 24, 20, 15, 10.0])
HOURS_OFFERED_SHARE = (0.66, 0.13, 0.03, 0.04, 0.03, 0.03, 0.04, 0.02, 0.02)
LANGUAGES = np.array(["fr", "en", "es", "de", "it", "ar", "pt"])
LANGUAGES_SPOKEN = (0.97, 0.55, 0.10, 0.05, 0.04, 0.05, 0.03)
LEVELS = np.array([0, 1, 3, 4, 5, 6, 7, 8])
MONTHS_ASKED = np.array([0, 6, 12, 24, 36, 60.0])
MONTHS_ASKED_SHARE = (0.48, 0.12, 0.19, 0.13, 0.06, 0.02)


def market_of(people: JobseekerColumns, vacancies: VacancyColumns) -> Market:
    """Put both sides together, with what the catalogue says of their occupations."""
    catalogue = starter.load()
    return Market(
        people,
        vacancies,
        today=TODAY,
        occupation_links=[(move.source, move.target, move.kind) for move in catalogue.mobility],
        occupation_interests=catalogue.interests_of,
    )


def draw_vacancies(m: int, seed: int) -> VacancyColumns:
    """Draw `m` vacancies of the whole country; the first of more are the same."""
    pieces = []
    for first in range(0, m, DRAWN_AT_ONCE):
        rng = np.random.default_rng([seed, 0, first // DRAWN_AT_ONCE])
        pieces.append(_cut(_vacancies(rng, DRAWN_AT_ONCE), min(DRAWN_AT_ONCE, m - first)))
    columns = _joined(pieces or [_cut(_vacancies(np.random.default_rng(seed), 1), 0)])
    return VacancyColumns(ids=np.arange(m, dtype=np.int32), **columns)


def draw_jobseekers(n: int, seed: int, shard: int = 0, shards: int = 1) -> JobseekerColumns:
    """Draw `n` people of one of `shards` pieces of the country, of about as many inhabitants each."""
    rng = np.random.default_rng([seed, 1, shards, shard])
    pieces = [
        _jobseekers(rng, min(DRAWN_AT_ONCE, n - first), part_of_country(shard, shards))
        for first in range(0, n, DRAWN_AT_ONCE)
    ]
    columns = _joined(pieces or [_cut(_jobseekers(rng, 1, part_of_country(shard, shards)), 0)])
    # For those few who say no radius, openings are looked for everywhere: nobody has more of them.
    reach = {"reach_km": columns["radius_km"]}
    return JobseekerColumns(ids=np.arange(n, dtype=np.int32), **columns, **reach)


def _vacancies(rng: np.random.Generator, m: int) -> dict:
    here, trades = communes(), occupations()
    occupation = _choose(rng, trades.openings, m)
    place = _choose(rng, here.openings, m)
    latitude, longitude = here.latitude[place].copy(), here.longitude[place].copy()
    nowhere = rng.random(m) < SILENT["v_place"]
    latitude[nowhere] = longitude[nowhere] = np.nan
    wide = (rng.random(m) < SILENT["v_wide"]) & ~nowhere
    conditions = rng.random((m, len(CONDITIONS))) < trades.conditions[occupation]
    remote = conditions[:, CONDITIONS.index("remote")] & (rng.random(m) < REMOTE)
    months = rng.choice(MONTHS_ASKED, m, p=MONTHS_ASKED_SHARE)
    months[rng.random(m) < SILENT["v_experience"]] = -1.0
    hours = rng.choice(HOURS_OFFERED, m, p=HOURS_OFFERED_SHARE)
    hours[rng.random(m) < SILENT["v_hours"]] = np.nan
    education = trades.education[occupation].astype(np.int32)
    education[rng.random(m) < SILENT["v_education"]] = -1
    pay_min, pay_max = _pay(rng, trades.pay[occupation], months)
    english = rng.random(m) < np.where(trades.education[occupation] >= 5, 0.25, 0.04)
    codes = trades.codes[occupation]
    codes[rng.random(m) < SILENT["v_occupation"]] = ""
    title = trades.titles[trades.advert.pick(rng, occupation)]
    title[rng.random(m) < SILENT["v_title"]] = ""
    return {
        "latitude": latitude,
        "longitude": longitude,
        "place_radius_km": np.where(wide, 40.0, 0.0),
        "is_remote": remote,
        "occupation": codes,
        "title": title,
        "essential_skills": _some(
            rng, trades.essential, occupation, 0.75, SILENT["v_essential"], trades.skills
        ),
        "wished_skills": _some(rng, trades.optional, occupation, 0.4, 0.2, trades.skills),
        "experience_months": months,
        "experience_is_required": (months > 0) & (rng.random(m) < 0.55),
        "education": education,
        "education_is_required": (education >= 0) & (rng.random(m) < 0.4),
        "languages": _ragged(english[:, None], np.array(["en"])),
        "language_levels": Ragged(
            rng.integers(3, 5, int(english.sum())).astype(np.int8), _offsets(english.astype(np.int64))
        ),
        "licences": _mask(rng.random((m, len(LICENCES))) < trades.licences[occupation]),
        "contract": _contract(rng, trades.contracts[occupation]),
        "hours_min": hours,
        "hours_max": hours + 5.0 * (rng.random(m) < 0.1),
        "starts_on": _days(rng, m, SILENT["v_start"], 0.3, 75),
        "pay_min": pay_min,
        "pay_max": pay_max,
        "conditions": _mask(conditions),
        "positions": rng.choice(np.array([1, 2, 3, 5, 10], np.int32), m, p=(0.85, 0.08, 0.04, 0.02, 0.01)),
    }


def _jobseekers(rng: np.random.Generator, n: int, around: np.ndarray) -> dict:
    here, trades = communes(), occupations()
    town = around[_choose(rng, here.inhabitants[around], n)]
    latitude = here.latitude[town] + HOME_SPREAD_DEGREES * rng.standard_normal(n)
    longitude = here.longitude[town] + HOME_SPREAD_DEGREES * rng.standard_normal(n)
    nowhere = rng.random(n) < SILENT["place"]
    latitude[nowhere] = longitude[nowhere] = np.nan
    wishes, has_wish = _wishes(rng, n)
    first = wishes[:, 0]
    silent = rng.random(n) < SILENT["wishes"]
    skills, skill_levels = _skills_held(rng, wishes, has_wish)
    worked = np.stack([rng.random(n) < 0.75, rng.random(n) < 0.3, rng.random(n) < 0.25], axis=1)
    worked[rng.random(n) < SILENT["experience"]] = False
    past = np.stack([first, trades.moves.pick(rng, first), _choose(rng, trades.wanted, n)], axis=1)
    worked = _first_of_each(past, worked)
    spoken = rng.random((n, len(LANGUAGES))) < LANGUAGES_SPOKEN
    spoken[rng.random(n) < SILENT["languages"]] = False
    contracts = _mask(rng.random((n, len(CONTRACTS))) < CONTRACTS_TAKEN)
    contracts[rng.random(n) < SILENT["contracts"]] = 0
    hours = HOURS[rng.choice(len(HOURS), n, p=HOURS_SHARE)]
    hours[rng.random(n) < SILENT["hours"]] = np.nan
    education = LEVELS[
        np.clip(np.searchsorted(LEVELS, trades.education[first]) + rng.integers(-1, 2, n), 0, len(LEVELS) - 1)
    ].astype(np.int32)
    education[rng.random(n) < SILENT["education"]] = -1
    avoided = _mask(rng.random((n, len(CONDITIONS))) < AVOIDED)
    avoided[rng.random(n) < SILENT["avoid"]] = 0
    has_wish[silent] = False
    titles = np.stack([trades.wish.pick(rng, column) for column in wishes.T], axis=1)
    worded = has_wish & (rng.random(n) >= SILENT["texts"])[:, None]
    licences = rng.random((n, len(LICENCES))) < 0.7 * trades.licences[first]
    licences[:, LICENCES.index("B")] |= rng.random(n) < 0.74
    return {
        "latitude": latitude,
        "longitude": longitude,
        "radius_km": _radius(rng, here.inhabitants[town]),
        "wishes": _ragged(has_wish, trades.codes, wishes),
        "skills": skills,
        "skill_levels": skill_levels,
        "experience": _ragged(worked, trades.codes, past),
        "experience_months": Ragged(
            np.ceil(rng.gamma(1.2, 30.0, int(worked.sum()))), _offsets(worked.sum(axis=1))
        ),
        "education": education,
        "languages": _ragged(spoken, LANGUAGES),
        "language_levels": Ragged(
            np.where(np.nonzero(spoken)[1] == 0, 6, rng.integers(0, 7, int(spoken.sum()))).astype(np.int8),
            _offsets(spoken.sum(axis=1)),
        ),
        "licences": _mask(licences),
        "licences_known": rng.random(n) >= SILENT["licences"],
        "contracts": contracts,
        "hours_min": hours[:, 0].copy(),
        "hours_max": hours[:, 1].copy(),
        "available_on": _days(rng, n, SILENT["available"], 0.7, 60),
        "lowest_pay": _lowest_pay(rng, trades.pay[first]),
        "avoided": avoided,
        "interests": _some(rng, trades.interests, first, 0.5, SILENT["interests"], trades.all_interests),
        "texts": _ragged(worded, trades.titles, titles),
    }


def _wishes(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    """One to three occupations each, the next ones near the first: their rows, and which count."""
    trades = occupations()
    first = _choose(rng, trades.wanted, n)
    wishes = np.stack([first, trades.moves.pick(rng, first), trades.moves.pick(rng, first)], axis=1)
    more = rng.random(n)
    has_wish = np.stack([np.ones(n, bool), more < 0.45, more < 0.15], axis=1)
    return wishes, _first_of_each(wishes, has_wish)


def _first_of_each(values: np.ndarray, kept: np.ndarray) -> np.ndarray:
    """Keep what does not repeat a value kept to its left."""
    kept = kept.copy()
    for column in range(1, values.shape[1]):
        for before in range(column):
            kept[:, column] &= (values[:, column] != values[:, before]) | ~kept[:, before]
    return kept


def _skills_held(rng: np.random.Generator, wishes: np.ndarray, has_wish: np.ndarray) -> tuple[Ragged, Ragged]:
    """Some of the skills of what she wants, each once, with a level told three times in four."""
    trades, n = occupations(), len(wishes)
    table = np.zeros((n, len(trades.skills)), bool)
    for column, chance in ((0, 0.6), (1, 0.35)):
        for skills in (trades.essential, trades.optional):
            row = wishes[:, column]
            held = rng.random((n, skills.values.shape[1])) < chance
            held &= np.arange(skills.values.shape[1]) < skills.lengths[row][:, None]
            held &= has_wish[:, column : column + 1]
            who, which = np.nonzero(held)
            table[who, skills.values[row[who], which]] = True
    table[rng.random(n) < SILENT["skills"]] = False
    levels = rng.integers(1, 5, int(table.sum())).astype(np.int8)
    levels[rng.random(len(levels)) < 0.25] = 0
    return _ragged(table, trades.skills), Ragged(levels, _offsets(table.sum(axis=1)))


def _radius(rng: np.random.Generator, inhabitants: np.ndarray) -> np.ndarray:
    n = len(inhabitants)
    town = rng.choice(RADII, n, p=RADII_TOWN / RADII_TOWN.sum())
    country = rng.choice(RADII, n, p=RADII_COUNTRY / RADII_COUNTRY.sum())
    radius = np.where(inhabitants >= TOWN_OF, town, country)
    radius[rng.random(n) < SILENT["radius"]] = np.nan
    return radius


def _pay(rng: np.random.Generator, span: np.ndarray, months: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    m = len(span)
    part = np.minimum(np.maximum(months, 0.0) / 120.0 + 0.4 * rng.random(m), 0.9)
    low = np.round(np.maximum(span[:, 0] + part * (span[:, 1] - span[:, 0]), SMALLEST_PAY), 2)
    high = np.round(low + np.maximum(0.0, 0.6 * rng.random(m) * (span[:, 1] - low)), 2)
    high = np.where(rng.random(m) < 0.45, low, high)
    silent = rng.random(m) < SILENT["v_pay"]
    low[silent] = high[silent] = np.nan
    return low, high


def _lowest_pay(rng: np.random.Generator, span: np.ndarray) -> np.ndarray:
    lowest = span[:, 0] + rng.beta(1.2, 6.0, len(span)) * (span[:, 1] - span[:, 0])
    lowest = np.round(np.maximum(lowest, SMALLEST_PAY), 1)
    lowest[rng.random(len(span)) < SILENT["pay"]] = np.nan
    return lowest


def _contract(rng: np.random.Generator, shares: np.ndarray) -> np.ndarray:
    drawn = (rng.random(len(shares))[:, None] * shares.sum(axis=1)[:, None] > np.cumsum(shares, axis=1)).sum(
        axis=1
    )
    bits = np.left_shift(1, np.minimum(drawn, shares.shape[1] - 1)).astype(np.int32)
    bits[rng.random(len(shares)) < SILENT["v_contract"]] = 0
    return bits


def _days(rng: np.random.Generator, n: int, silent: float, at_once: float, latest: int) -> np.ndarray:
    days = TODAY + np.where(rng.random(n) < at_once, 0, rng.integers(1, latest, n))
    return np.where(rng.random(n) < silent, UNKNOWN_DAY, days).astype(np.int32)


def _choose(rng: np.random.Generator, weight: np.ndarray, n: int) -> np.ndarray:
    upto = np.cumsum(weight)
    return np.minimum(np.searchsorted(upto, rng.random(n) * upto[-1], side="right"), len(weight) - 1)


def _some(
    rng: np.random.Generator, table: Padded, rows: np.ndarray, chance: float, silent: float, codes: np.ndarray
) -> Ragged:
    """Take each value of a row with this chance; nothing at all for the silent."""
    width = table.values.shape[1]
    kept = rng.random((len(rows), width)) < chance
    kept &= np.arange(width) < table.lengths[rows][:, None]
    kept[rng.random(len(rows)) < silent] = False
    return _ragged(kept, codes, table.values[rows])


def _ragged(kept: np.ndarray, codes: np.ndarray, values: np.ndarray | None = None) -> Ragged:
    """Lay out the kept cells, row after row: the column's code, or that of the cell's value."""
    numbers = np.nonzero(kept)[1] if values is None else values[kept]
    return Ragged(codes[numbers], _offsets(kept.sum(axis=1)))


def _offsets(lengths: np.ndarray) -> np.ndarray:
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)


def _mask(bits: np.ndarray) -> np.ndarray:
    return (bits @ np.left_shift(1, np.arange(bits.shape[1]))).astype(np.int32)


def _cut(columns: dict, n: int) -> dict:
    return {
        name: Ragged(column.values[: column.offsets[n]], column.offsets[: n + 1])
        if isinstance(column, Ragged)
        else column[:n]
        for name, column in columns.items()
    }


def _joined(pieces: list[dict]) -> dict:
    """Put pieces one after the other, column by column, freeing them on the way."""
    joined = {}
    for name in list(pieces[0]):
        parts = [piece.pop(name) for piece in pieces]
        joined[name] = _ragged_joined(parts) if isinstance(parts[0], Ragged) else np.concatenate(parts)
    return joined


def _ragged_joined(parts: list[Ragged]) -> Ragged:
    return Ragged(
        np.concatenate([part.values for part in parts]),
        _offsets(np.concatenate([part.lengths() for part in parts])),
    )
