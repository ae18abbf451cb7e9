"""What jobseekers write about themselves, one to three plain sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from visavis.catalog.starter import StarterCatalogue
from visavis.synthetic import french
from visavis.synthetic.careers import Job
from visavis.synthetic.dice import Dice
from visavis.synthetic.tables import phrases

_DIPLOMAS, _TRANSPORT, _AVOIDED = phrases("diploma"), phrases("transport"), phrases("avoided")


@dataclass(frozen=True, slots=True)
class Teller:
    """What a story is made of; `wish` is the title she looks for, as she would say it."""

    is_woman: bool
    town: str
    wish: str
    hours_max: float
    transport: str
    education_level: int
    jobs: Sequence[Job]
    is_beginner: bool
    french: int
    avoid: Sequence[str]
    interests: Sequence[str]
    is_free_now: bool


def tell(dice: Dice, teller: Teller, catalogue: StarterCatalogue, language: str) -> str:
    """Write one to three sentences that agree with the profile, the wish first for most."""
    pairs = _facts(dice, teller)
    if language == "fr":
        pairs += _tastes(teller, catalogue)
    chosen = dice.sample(pairs, dice.between(0, 2))
    if dice.chance(0.75) or not chosen:
        chosen.insert(0, _wish(dice, teller))
    return " ".join(pair[language != "fr"] for pair in chosen)


def _wish(dice: Dice, teller: Teller) -> tuple[str, str]:
    hours, time = ("", "")
    if dice.chance(0.5):
        part = teller.hours_max < 32
        hours, time = (" à temps partiel", "part-time ") if part else (" à temps plein", "full-time ")
    job = french.of(french.lowered(teller.wish))
    place = french.of(teller.town)
    opening = dice.pick((f"Je cherche un poste {job}", f"Je voudrais un emploi {job}"))
    english = f"I am looking for {time}work near {teller.town}."
    return f"{opening}{hours}, autour {place}.", english


def _facts(dice: Dice, teller: Teller) -> list[tuple[str, str]]:
    facts = [_TRANSPORT[teller.transport]]
    if teller.jobs:
        last = teller.jobs[0]
        years = french.duration(last.months)
        length = f"{last.months} months" if last.months < 24 else f"{round(last.months / 12)} years"
        facts.append(
            (
                f"J’ai travaillé {years} comme {french.lowered(last.title)}.",
                f"I worked for {length} in my last job.",
            )
        )
    if teller.is_beginner:
        ready = "prête" if teller.is_woman else "prêt"
        facts.append(
            (f"Je débute dans ce métier et je suis {ready} à apprendre.", "I am ready to learn a new job.")
        )
    if teller.french <= 3:
        facts.append(("Je prends des cours de français.", "I am taking French lessons."))
    if diploma := _DIPLOMAS.get(str(teller.education_level)):
        facts.append(diploma)
    facts += [_AVOIDED[condition] for condition in teller.avoid if condition in _AVOIDED]
    if teller.is_free_now and dice.chance(0.5):
        facts.append(("Je suis disponible tout de suite.", "I can start at once."))
    return facts


def _tastes(teller: Teller, catalogue: StarterCatalogue) -> list[tuple[str, str]]:
    labels = [catalogue.interest[code].label_fr for code in teller.interests if code.startswith("interest:")]
    liked = [
        french.lowered(label)
        for label in labels
        if label.startswith(("Le ", "La ", "L’", "Les ")) and " et " not in label
    ]
    return [(f"J’aime {french.listed(liked[:2])}.", "")] if liked else []
