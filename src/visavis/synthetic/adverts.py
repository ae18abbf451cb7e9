"""The text of a vacancy: four to eight sentences of French, each said only of what the vacancy holds."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from visavis.catalog.starter import Skill, Title
from visavis.synthetic import french
from visavis.synthetic.dice import Dice
from visavis.synthetic.kinds import BY_CODE, TEMPORARY
from visavis.synthetic.tables import phrases

MOST_SENTENCES = 8

_CONTRACTS, _CONDITIONS, _EDUCATION, _LICENCES = (
    {code: said for code, (said, _english) in phrases(about).items()}
    for about in ("contract", "condition", "education", "licence")
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What an advert is made of."""

    kind: str
    title: Title
    town: str
    contract: str
    duration_months: int | None
    hours: tuple[float, float] | None
    starts_on: dt.date | None
    pay: tuple[float, float] | None
    licences: Sequence[str]
    experience_months: int | None
    experience_required: bool
    education: tuple[int, bool] | None
    needs_state_diploma: bool
    languages: Sequence[tuple[str, int]]
    conditions: Sequence[str]
    skills: Sequence[Skill]
    positions: int


def write(dice: Dice, facts: Facts) -> str:
    """Write the advert: who seeks whom, the work, the contract, then what else there is to say."""
    first = [_opening(dice, facts), _work(dice, facts), _contract(facts)]
    others = [
        *_experience(facts), *_needs(facts), *_pay(facts), *_qualities(facts), *_languages(facts),
        *(_CONDITIONS[code] for code in dice.sample(facts.conditions, 3)),
    ]  # fmt: skip
    if facts.positions > 1:
        others.insert(0, f"{french.counted(facts.positions).capitalize()} postes sont à pourvoir.")
    room = MOST_SENTENCES - len(first)
    if len(others) > room:
        kept = set(dice.sample(range(len(others)), room))
        others = [sentence for place, sentence in enumerate(others) if place in kept]
    if not others:
        others.append("Écrivez-nous ou passez nous voir.")
    return " ".join([*first, *others])


def _opening(dice: Dice, facts: Facts) -> str:
    whom = _either(facts.title)
    where = french.at(facts.town)
    if facts.kind == TEMPORARY.code:
        return f"Pour une entreprise située {where}, notre agence d’intérim recherche {whom}."
    label = BY_CODE[facts.kind].label_fr
    pattern = dice.pick(
        ("Notre {label} recherche {whom} {where}.", "Notre {label}, {where}, recrute {whom}.")
    )
    return pattern.format(label=label, whom=whom, where=where)


def _either(title: Title) -> str:
    """`un agent ou une agente de nettoyage`, `un ou une fleuriste`."""
    his, hers = french.lowered(title.masculine).split(), french.lowered(title.feminine).split()
    if his == hers:
        return f"un ou une {' '.join(his)}"
    shared = 0
    while shared < min(len(his), len(hers)) - 1 and his[-1 - shared] == hers[-1 - shared]:
        shared += 1
    his = his[: len(his) - shared]
    return f"un {' '.join(his)} ou une {' '.join(hers)}"


def _work(dice: Dice, facts: Facts) -> str:
    tasks = [french.lowered(skill.label_fr) for skill in facts.skills if skill.kind == "know_how"][:5]
    opening = dice.pick(("Vos missions", "Votre travail", "Au quotidien"))
    return f"{opening} : {' ; '.join(tasks)}."


def _contract(facts: Facts) -> str:
    parts = [_CONTRACTS[facts.contract]]
    if facts.duration_months:
        parts.append(french.of(french.duration(facts.duration_months)))
    if facts.hours:
        low, high = facts.hours
        span = f"{french.number(low)} à {french.number(high)}" if low < high else french.number(low)
        parts.append(f"{'et' if facts.duration_months else 'de'} {span} heures par semaine")
    if facts.starts_on:
        parts.append(f"à partir du {french.day(facts.starts_on)}")
    return f"{' '.join(parts)}."


def _experience(facts: Facts) -> list[str]:
    if facts.experience_months is None:
        return []
    if facts.experience_months == 0:
        welcome = "Les personnes qui débutent sont les bienvenues."
        return [welcome if facts.education else "Vous débutez ? Nous vous formons sur place."]
    length = french.of(french.duration(facts.experience_months))
    return [f"Une expérience {length} est {'nécessaire' if facts.experience_required else 'un plus'}."]


def _needs(facts: Facts) -> list[str]:
    needs = []
    if facts.licences:
        named = [_LICENCES[code] for code in facts.licences]
        verb = "est nécessaire" if len(named) == 1 else "sont nécessaires"
        needs.append(f"{_capital(french.listed(named))} {verb}.")
    if facts.needs_state_diploma:
        return [*needs, "Le diplôme d’État est obligatoire."]
    if facts.education and (diploma := _EDUCATION.get(str(facts.education[0]))):
        is_required = facts.education[1]
        needs.append(f"Il faut {diploma}." if is_required else f"{_capital(diploma)} est un plus.")
    return needs


def _pay(facts: Facts) -> list[str]:
    if not facts.pay:
        return []
    low, high = facts.pay
    if low == high:
        return [f"Le salaire est de {french.euros(low)} brut de l’heure."]
    return [f"Le salaire va de {french.euros(low)} à {french.euros(high)} brut de l’heure."]


def _qualities(facts: Facts) -> list[str]:
    qualities = [
        french.of(french.lowered(skill.label_fr)) for skill in facts.skills if skill.kind == "attitude"
    ][:3]
    knowledge = [french.lowered(skill.label_fr) for skill in facts.skills if skill.kind == "knowledge"][:2]
    said = []
    if qualities:
        said.append(f"Il est important {french.listed(qualities)}.")
    if knowledge:
        said.append(f"Savoirs utiles : {french.listed(knowledge)}.")
    return said


def _languages(facts: Facts) -> list[str]:
    return [
        "Vous parlez anglais avec les clients ou les collègues."
        for code, _ in facts.languages
        if code == "en"
    ]


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
