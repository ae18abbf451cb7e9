"""Who a jobseeker is and how to reach her."""

import datetime as dt
import re
from dataclasses import dataclass

from visavis.folding import fold
from visavis.synthetic import names
from visavis.synthetic.dice import Choice, Dice

_AGES = Choice((((16, 24), 0.14), ((25, 49), 0.58), ((50, 64), 0.28)))
_CHANNELS = Choice((("web", 0.58), ("sms", 0.16), ("phone", 0.14), ("post", 0.05), ("counter", 0.07)))


@dataclass(frozen=True, slots=True)
class Person:
    """One person. `email` and `phone` are empty when she has none; `channel` is one she can use."""

    is_woman: bool
    first_name: str
    family_name: str
    born_on: dt.date
    language: str
    email: str
    phone: str
    channel: str

    def age_on(self, date: dt.date) -> int:
        """Age in whole years."""
        birthday_to_come = (date.month, date.day) < (self.born_on.month, self.born_on.day)
        return date.year - self.born_on.year - birthday_to_come


def draw(dice: Dice, number: int, *, women: float, youngest: int, today: dt.date) -> Person:
    """Draw a person: 14 % under 25, 28 % over 50; 9 % without e-mail, 7 % without phone.

    Addresses are under a reserved domain and numbers in the range kept for fiction; the number makes the address
    unique, and the phone number too below 10,000 people.
    """
    is_woman = dice.chance(women)
    low, high = dice.weighted(_AGES)
    age = max(dice.between(low, high), youngest)
    born_on = dt.date(today.year - age - 1, today.month, 1) + dt.timedelta(days=dice.between(31, 364))
    first = names.first_name(dice, is_woman=is_woman)
    family = names.family_name(dice)
    email = "" if dice.chance(0.09) else f"{_ascii(first)}.{_ascii(family)}.{number}@example.net"
    phone = "" if dice.chance(0.07) else f"+336{39_980_000 + number % 10_000:08d}"
    channel = dice.weighted(_CHANNELS)
    if (channel == "web" and not email) or (channel in ("sms", "phone") and not phone):
        channel = "phone" if phone else "counter"
    return Person(is_woman, first, family, born_on, "fr", email, phone, channel)


def _ascii(name: str) -> str:
    return re.sub(r"[^a-z]+", "-", fold(name)).strip("-")
