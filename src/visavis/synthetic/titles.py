"""Which of an occupation's titles an employer uses, and what a title says by itself."""

import re
from collections.abc import Sequence

from visavis.catalog.starter import Title
from visavis.synthetic.dice import Choice, Dice
from visavis.synthetic.kinds import TEMPORARY

_ONLY_AT: tuple[tuple[str, frozenset[str]], ...] = tuple(
    (pattern, frozenset(kinds.split()))
    for pattern, kinds in (
        (r"mairie|municipal", "town_hall"),
        (r"grande surface", "supermarket"),
        (r"^Vendeur.*boulangerie", "bakery supermarket"),
        (r"^(Épicier|Primeur|Caviste|Fromager)|marchés|chocolaterie", "food_shop"),
        (r"charcuterie|poissonnier|fruits et légumes|en alimentation", "food_shop supermarket"),
        (r"libre|station-service|cinéma$", ""),
        (r"hospitali|Brancardier|médical", "hospital"),
        (r"établissement de santé", "hospital care_home"),
        (r"maison de retraite|gérontologie", "care_home"),
        (r"^Infirmier (scolaire|en santé|libéral)|^Aide-soignant à domicile", ""),
        (r"scolaire|cantine", "town_hall canteen leisure_centre bus"),
        (r"cabinet comptable", "accountants"),
        (r"juridique", "office"),
        (r"camping", "campsite"),
        (r"immeuble", "housing cleaning"),
        (r"intérim", TEMPORARY.code),
        (r"Pizzaïolo|Crêpier|brasserie|de café|Limonadier|Plongeur|sandwich", "restaurant fast_food canteen"),
        (r"restaurant scolaire|collectivité", "canteen town_hall"),
        (r"crèche", "nursery town_hall"),
        (r"Boucher vendeur|Chef boucher", "butcher"),
        (r"Concierge d’hôtel|d’hôtel$", "hotel"),
        (r"Homme de compagnie|Garde-malade|au pair|Baby-sitter|Majordome", "household home_care"),
        (r"élève en situation", ""),
        (r"rue$", "social_centre"),
        (r"vélo$", "parcels metal_factory"),
    )
)
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
