"""Titles that employers use."""

from visavis.catalog import starter
from visavis.catalog.starter import Occupation
from visavis.synthetic import titles
from visavis.synthetic.dice import Dice
from visavis.synthetic.kinds import KINDS, TEMPORARY

# No kind of employer of the market uses these: there is no school, no cinema, no petrol station.
NEVER = {
    "Caissier de station-service",
    "Caissier de cinéma",
    "Aide-soignant à domicile",
    "Infirmier libéral",
    "Infirmier en santé au travail",
    "Infirmier scolaire",
    "Accompagnant d’élève en situation de handicap",
}


class Everything(Dice):
    """Notes all that could be picked."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def pick(self, options):  # type: ignore[no-untyped-def]
        self.seen |= {one.masculine for one in options}
        return options[0]


def drawn_of(occupation: Occupation) -> set[str]:
    dice, those = Everything(), starter.load().titles_of[occupation.code, "fr"]
    kinds = [kind.code for kind in KINDS if occupation.code in kind.hires]
    for kind in (*kinds, TEMPORARY.code):
        for contract in occupation.contracts:
            if (contract == "temporary") == (kind == TEMPORARY.code):
                titles.choose(dice, those, kind, contract)
    return dice.seen


def test_every_title_is_drawn_but_those_that_nobody_here_uses() -> None:
    catalogue = starter.load()
    names = {one.masculine for two in catalogue.occupations for one in catalogue.titles_of[two.code, "fr"]}
    drawn = set[str]().union(*map(drawn_of, catalogue.occupations))
    assert names - drawn == NEVER
