"""Employers of a made-up market."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from visavis.catalog import starter
from visavis.synthetic import french, names
from visavis.synthetic.dice import Choice, Dice
from visavis.synthetic.kinds import KINDS, TEMPORARY, Kind
from visavis.synthetic.places import Town, Towns
from visavis.synthetic.tables import NAMES


@dataclass(frozen=True, slots=True)
class Employer:
    """One employer; `section` is its NAF section, `size` how many vacancies it offers beside the others."""

    id: str
    name: str
    kind: str
    section: str
    town: Town
    size: float


class Hiring:
    """Which kinds hire, how much, and for which occupations.

    Each occupation's weight in the market is shared between the kinds that hire it. Temporary work goes
    through temporary agencies only: they hire every occupation, in proportion to its share of temporary contracts.
    """

    def __init__(self, catalogue: starter.StarterCatalogue) -> None:
        demand: dict[str, dict[str, float]] = defaultdict(dict)
        for occupation in catalogue.occupations:
            temporary = occupation.contracts.get("temporary", 0.0)
            demand[TEMPORARY.code][occupation.code] = occupation.weight * temporary
            hiring = [(kind, kind.hires[occupation.code]) for kind in KINDS if occupation.code in kind.hires]
            total = sum(share for _, share in hiring)
            for kind, share in hiring:
                demand[kind.code][occupation.code] = occupation.weight * (1 - temporary) * share / total
        self.kind_weight = {code: sum(wanted.values()) for code, wanted in demand.items()}
        self.kinds = Choice((kind, self.kind_weight[kind.code]) for kind in (*KINDS, TEMPORARY))
        self.occupations = {code: Choice(wanted.items()) for code, wanted in demand.items()}


def draw(dice: Dice, hiring: Hiring, towns: Towns) -> Iterator[Employer]:
    """Draw employers without end: kinds by their demand, few large and many small, in larger towns."""
    number = 0
    while True:
        number += 1
        kind = dice.weighted(hiring.kinds)
        town = max(towns.draw(dice), towns.draw(dice), key=lambda one: one.population)
        size = min(dice.lognormal(median=1.0, sigma=0.8), 8.0)
        yield Employer(f"E{number:06d}", _name(dice, kind, town), kind.code, kind.section, town, size)


def draw_some(dice: Dice, hiring: Hiring, towns: Towns, count: int) -> list[Employer]:
    """Draw that many employers; with few, each is of another kind as long as kinds last."""
    if count >= 4 * len(KINDS):
        return list(islice(draw(dice, hiring, towns), count))
    kept: list[Employer] = []
    seen: dict[str, int] = defaultdict(int)
    for tries, employer in enumerate(draw(dice, hiring, towns)):
        if len(kept) == count:
            break
        if seen[employer.kind] <= len(kept) * 4 // len(KINDS) or tries > 50 * count:
            seen[employer.kind] += 1
            kept.append(employer)
    return [_numbered(employer, place) for place, employer in enumerate(kept, 1)]


def _numbered(employer: Employer, place: int) -> Employer:
    return Employer(
        f"E{place:06d}", employer.name, employer.kind, employer.section, employer.town, employer.size
    )


def _name(dice: Dice, kind: Kind, town: Town) -> str:
    pattern = dice.pick(kind.names)
    return pattern.format(
        family=names.family_name(dice), of_town=french.of(town.said), word=dice.pick(NAMES["signs"])
    )
