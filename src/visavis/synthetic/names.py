"""First names and family names of the people and small firms of a made-up market."""

from visavis.synthetic.dice import Dice
from visavis.synthetic.tables import NAMES

WOMEN: tuple[str, ...] = tuple(NAMES["women"].split())
MEN: tuple[str, ...] = tuple(NAMES["men"].split())
FAMILIES: tuple[str, ...] = tuple(NAMES["families"].split())


def first_name(dice: Dice, *, is_woman: bool) -> str:
    """Draw a first name that goes with the title."""
    return dice.pick(WOMEN if is_woman else MEN)


def family_name(dice: Dice) -> str:
    """Draw a family name; one person in twenty-five bears two."""
    name = dice.pick(FAMILIES).replace("-", " ")
    if dice.chance(0.04):
        second = dice.pick(FAMILIES).replace("-", " ")
        return name if second == name else f"{name}-{second}"
    return name
