"""The answers of a profile that do not tell of a career: travel, contracts, hours, pay, conditions, interests."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from visavis.catalog.starter import Occupation, StarterCatalogue
from visavis.synthetic.dice import Choice, Dice
from visavis.synthetic.places import Town
from visavis.synthetic.setting import MINIMUM_WAGE

_MOTHER_TONGUES = Choice(
    (("ar", 24), ("pt", 11), ("tr", 8), ("es", 8), ("ro", 8), ("en", 6), ("uk", 6), ("ru", 5), ("fa", 5), ("pl", 4),
     ("vi", 3), ("sq", 3), ("ps", 3), ("so", 2), ("ti", 2), ("zh", 2)),
)  # fmt: skip
_FRENCH_LEVEL = Choice(((1, 0.12), (2, 0.22), (3, 0.26), (4, 0.22), (5, 0.18)))
_ENGLISH_LEVEL = (
    Choice(((0, 0.75), (1, 0.17), (2, 0.08))),
    Choice(((0, 0.40), (1, 0.25), (2, 0.22), (3, 0.10), (4, 0.03))),
    Choice(((1, 0.10), (2, 0.25), (3, 0.35), (4, 0.22), (5, 0.08))),
)
_RADIUS = {
    "walk": Choice(((2, 1), (3, 2), (5, 3))),
    "bike": Choice(((3, 1), (5, 3), (8, 2), (10, 2))),
    "transit": Choice(((5, 1), (10, 4), (15, 3), (20, 2), (30, 1))),
    "car": Choice(((10, 12), (15, 16), (20, 26), (25, 12), (30, 20), (40, 7), (50, 6), (80, 1))),
}
_MINUTES = Choice(((15, 12), (20, 20), (30, 36), (45, 20), (60, 12)))
_CONTRACTS = {
    "permanent": 0.85,
    "fixed_term": 0.62,
    "temporary": 0.38,
    "seasonal": 0.18,
    "self_employed": 0.05,
}
_HOURS = Choice(
    (((35.0, 39.0), 0.42), ((30.0, 39.0), 0.14), ((35.0, 35.0), 0.08), ((20.0, 30.0), 0.12), ((15.0, 25.0), 0.08),
     ((8.0, 20.0), 0.04), ((10.0, 39.0), 0.12)),
)  # fmt: skip
_AVOID = {
    "night": 0.26, "early_morning": 0.06, "evening": 0.09, "saturday": 0.06, "sunday": 0.16, "split_shifts": 0.14,
    "shifts": 0.08, "travel": 0.05, "outdoors": 0.03, "heavy_loads": 0.16, "heights": 0.10, "standing": 0.06,
    "noise": 0.04, "cold": 0.05, "heat": 0.03, "public_contact": 0.03, "screen": 0.02,
}  # fmt: skip
_MOST_AVOIDED = 4


@dataclass(frozen=True, slots=True)
class Travel:
    """How she goes to work, and how far: kilometres (70 %) or minutes, never both."""

    transport: str
    radius_km: float | None
    minutes: int | None


def languages(dice: Dice, education_level: int) -> tuple[tuple[str, int], ...]:
    """French first; for 12 % a second language, their own beside it; English by education."""
    known: dict[str, int] = {"fr": 6}
    if dice.chance(0.12):
        known["fr"] = dice.weighted(_FRENCH_LEVEL)
        known[dice.weighted(_MOTHER_TONGUES)] = 6
    step = 0 if education_level <= 3 else 1 if education_level <= 5 else 2
    english = dice.weighted(_ENGLISH_LEVEL[step])
    if english:
        known.setdefault("en", english)
    if dice.chance(0.10):
        known.setdefault(dice.pick(("es", "de", "it")), dice.between(1, 4))
    return tuple(known.items())


def licences(
    dice: Dice, wanted: Iterable[Occupation], months: Mapping[str, int], age: int
) -> tuple[str, ...]:
    """B for 58 % of those under 25 and 84 % after; others by trade: most who have done it, few who only want it."""
    held: list[str] = []
    if age >= 18 and dice.chance(0.58 if age < 25 else 0.84):
        held.append("B")
    for occupation in wanted:
        for licence, share in occupation.licences.items():
            needs_b = licence in ("BE", "C", "CE", "C1", "D", "D1", "fimo")
            if licence in held or licence == "B" or age < 18 or (needs_b and (age < 21 or "B" not in held)):
                continue
            if dice.chance(min(share, 0.95) * (0.85 if occupation.code in months else 0.2)):
                held.append(licence)
    if "CE" in held and "C" not in held:
        held.append("C")
    if age >= 18 and dice.chance(0.06):
        held.append("A")
    return tuple(held)


def travel(dice: Dice, town: Town, held: Sequence[str]) -> Travel:
    """By car for 86 % of those with licence B; else by bus in towns, by bike or on foot."""
    if "B" in held and dice.chance(0.86):
        transport = "car"
    elif dice.chance(0.62 if town.population > 20_000 else 0.25):
        transport = "transit"
    else:
        transport = "bike" if dice.chance(0.45) else "walk"
    if dice.chance(0.70):
        return Travel(transport, float(dice.weighted(_RADIUS[transport])), None)
    return Travel(transport, None, dice.weighted(_MINUTES))


def contracts(dice: Dice, age: int) -> tuple[str, ...]:
    """Each kind is accepted by its own share, apprenticeship by a quarter of those under 30; never none."""
    accepted = [kind for kind, share in _CONTRACTS.items() if dice.chance(share)]
    if age < 30 and dice.chance(0.25):
        accepted.append("apprenticeship")
    return tuple(accepted) or ("permanent",)


def hours(dice: Dice) -> tuple[float, float]:
    """Full time for most, part time for a quarter, anything for one in eight."""
    return dice.weighted(_HOURS)


def available_on(dice: Dice, today: dt.date) -> dt.date:
    """At once for most, within three months for the others."""
    return today if dice.chance(0.68) else today + dt.timedelta(days=dice.between(3, 90))


def lowest_pay_hour(dice: Dice, occupation: Occupation, months: float) -> float:
    """Around the bottom of the occupation's range, more with experience; at least the minimum wage."""
    span = occupation.pay_max_hour - occupation.pay_min_hour
    part = 0.05 + min(months, 180) / 180 * 0.45 + 0.12 * dice.normal()
    return round(max(occupation.pay_min_hour + span * min(part, 0.9), MINIMUM_WAGE), 2)


def avoid(dice: Dice, wanted: Iterable[Occupation]) -> tuple[str, ...]:
    """Conditions refused, at most four, none that all vacancies of a wanted occupation have."""
    needed = {condition for one in wanted for condition, share in one.conditions.items() if share >= 0.9}
    refused = [
        condition for condition, share in _AVOID.items() if condition not in needed and dice.chance(share)
    ]
    return tuple(dice.sample(refused, _MOST_AVOIDED)) if len(refused) > _MOST_AVOIDED else tuple(refused)


def interests(dice: Dice, catalogue: StarterCatalogue, wanted: Iterable[Occupation]) -> tuple[str, ...]:
    """Those of the wanted occupations (45 % each) and up to four of any kind."""
    near = dict.fromkeys(code for one in wanted for code in catalogue.interests_of[one.code])
    chosen = dict.fromkeys(dice.some(near, 0.45))
    chosen.update(dict.fromkeys(one.code for one in dice.sample(catalogue.interests, dice.between(0, 4))))
    return tuple(chosen)[:8]
