"""Which of an occupation's titles an employer uses, and what a title says by itself."""

import re
from collections.abc import Sequence

from visavis.catalog.starter import Title
from visavis.synthetic import tables
from visavis.synthetic.dice import Choice, Dice
from visavis.synthetic.kinds import TEMPORARY

# Titles that only some kinds of employers use; without a kind, nobody here does.
_ONLY_AT = [(row["titles"], frozenset(row["kinds"].split())) for row in tables.rows("titles.csv")]
_SENIOR = re.compile(
    r"^(Chef|Cheffe|Responsable|Directeur|Maître d’hôtel|Gouvernant|Manager|Second|Régleur|Ingénieur)"
)
_JUNIOR = re.compile(r"^(Aide|Assistant|Commis|Manœuvre|Employé|Équipier|Agent)")
_STYLE = Choice((("label", 0.42), ("masculine", 0.40), ("feminine", 0.06), ("plain", 0.12)))


def choose(dice: Dice, titles: Sequence[Title], kind: str, contract: str) -> Title:
    """Draw a title this kind of employer uses for this contract."""
    fitting = [one for one in titles if _fits(one.masculine, kind) and _agrees(one.masculine, contract)]
    return dice.pick(fitting or titles)


def written(dice: Dice, title: Title) -> str:
    """Return the title as employers write it: both forms, or one with (H/F), seldom one alone."""
    style = dice.weighted(_STYLE)
    if style == "label":
        return title.label if title.masculine != title.feminine else f"{title.label} (H/F)"
    if style == "plain":
        return title.masculine
    one = title.masculine if style == "masculine" else title.feminine
    return f"{one} {dice.pick(('(H/F)', 'H/F', '(F/H)'))}"


def is_senior(title: Title) -> bool:
    """Say whether the title asks for experience by itself."""
    return bool(_SENIOR.match(title.masculine))


def is_junior(title: Title) -> bool:
    """Say whether beginners are usual under this title."""
    return bool(_JUNIOR.match(title.masculine))


def is_at_night(title: Title) -> bool:
    """Say whether the title names the night."""
    return "nuit" in title.masculine


def needs_no_licence(title: Title) -> bool:
    """Say whether one delivers by bike."""
    return "vélo" in title.masculine


def _fits(name: str, kind: str) -> bool:
    for pattern, kinds in _ONLY_AT:
        if re.search(pattern, name) and kind not in kinds and (kind != TEMPORARY.code or not kinds):
            return False
    return not (kind == TEMPORARY.code and re.search(r"mairie|municipal", name))


def _agrees(name: str, contract: str) -> bool:
    if "Apprenti" in name or (contract == "apprenticeship" and _SENIOR.match(name)):
        return contract == "apprenticeship" and "Apprenti" in name
    if re.search(r"libéral|Mandataire", name):
        return contract == "self_employed"
    if re.search(r"Saisonnier|Vendangeur|colonie", name):
        return contract == "seasonal"
    return True
