"""Small words of French that depend on what follows, for sentences put together from parts."""

import datetime as dt
from collections.abc import Sequence

MONTHS = tuple(
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
)
NUMBERS = ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")
_VOWELS = "aeiouyàâäéèêëîïôöùûüœæh"
_SPOKEN_H = (
    "hotliner",
    "halluin",
    "ham",
    "hazebrouck",
    "haguenau",
    "hendaye",
    "houilles",
    "houdan",
    "hettange",
)


def elides(word: str) -> bool:
    """Say whether `de` becomes `d’` before this word."""
    low = word.lower()
    return low[:1] in _VOWELS and not low.startswith(_SPOKEN_H) and not low.startswith(("yu", "ye", "ya"))


def of(name: str) -> str:
    """`de Valence`, `d’Annonay`, `du Teil`, `des Abymes`, `de La Voulte`."""
    if name.startswith("Le "):
        return f"du {name[3:]}"
    if name.startswith("Les "):
        return f"des {name[4:]}"
    return f"d’{name}" if elides(name) else f"de {name}"


def at(name: str) -> str:
    """`à Valence`, `au Teil`, `aux Abymes`, `à La Voulte`."""
    if name.startswith("Le "):
        return f"au {name[3:]}"
    if name.startswith("Les "):
        return f"aux {name[4:]}"
    return f"à {name}"


def listed(parts: Sequence[str], word: str = "et") -> str:
    """`a, b et c`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def lowered(label: str) -> str:
    """The label inside a sentence: first letter small, unless it starts with an abbreviation or a name."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def duration(months: int) -> str:
    """`8 mois`, `un an`, `trois ans`."""
    if months < 12:
        return "un mois" if months == 1 else f"{months} mois"
    years = round(months / 12)
    return "un an" if years == 1 else f"{counted(years)} ans"


def counted(number: int) -> str:
    """The number in letters up to ten."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def day(date: dt.date) -> str:
    """`1er décembre 2026`."""
    return f"{'1er' if date.day == 1 else date.day} {MONTHS[date.month - 1]} {date.year}"


def euros(amount: float) -> str:
    """`12,50 €`."""
    return f"{amount:.2f} €".replace(".", ",")


def number(value: float) -> str:
    """`35` or `17,5`."""
    return f"{value:g}".replace(".", ",")
