"""What jobseekers write about themselves, one to three plain sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from visavis.catalog.starter import StarterCatalogue
from visavis.synthetic import french
from visavis.synthetic.careers import Job
from visavis.synthetic.dice import Dice

_DIPLOMAS = {
    3: ("J’ai un CAP.", "I have a vocational certificate."),
    4: ("J’ai le baccalauréat.", "I have a secondary school diploma."),
    5: ("J’ai un diplôme de niveau bac+2.", "I have a two-year higher diploma."),
    6: ("J’ai une licence.", "I have a bachelor’s degree."),
    7: ("J’ai un master.", "I have a master’s degree."),
}
_TRANSPORT = {
    "car": ("J’ai une voiture.", "I have a car."),
    "bike": ("Je me déplace à vélo.", "I go to work by bike."),
    "transit": ("Je prends les transports en commun.", "I use public transport."),
    "walk": (
        "Je cherche près de chez moi, je vais travailler à pied.",
        "I look near my home, I walk to work.",
    ),
}
_AVOIDED = {
    "night": ("Je ne peux pas travailler la nuit.", "I cannot work at night."),
    "sunday": ("Je préfère ne pas travailler le dimanche.", "I would rather not work on Sundays."),
    "heavy_loads": ("Je ne peux plus porter de charges lourdes.", "I can no longer lift heavy loads."),
    "heights": ("J’ai le vertige.", "I am afraid of heights."),
    "split_shifts": ("Je ne veux pas d’horaires coupés.", "I do not want split shifts."),
    "evening": ("Je dois être libre le soir.", "I have to be free in the evening."),
}


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
    if teller.education_level in _DIPLOMAS:
        facts.append(_DIPLOMAS[teller.education_level])
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
