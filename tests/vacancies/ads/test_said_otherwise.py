"""Facts that ads say in ways of their own: each of these was read wrongly, or not at all, before. All invented."""

import datetime as dt
from typing import Any

import pytest

from visavis.vacancies import ads
from visavis.vacancies.ads.facts import Education, Hours, Length, Pay

TODAY = dt.date(2026, 12, 3)
SAID: list[tuple[str, str, Any]] = [
    ("CAP ou 5 ans d'expérience.", "education", Education(3, False)),
    ("CAP et 5 ans d'expérience exigés.", "education", Education(3, True)),
    ("1 850 € brut/mois sur 13 mois.", "pay", Pay(1850.0, 1850.0, "month", months=13.0)),
    ("13 x 1950 €.", "pay", Pay(1950.0, 1950.0, "month", months=13.0)),
    ("Payé 12€50 net de l'heure.", "pay", Pay(12.5, 12.5, "hour", is_net=True)),
    ("Salaire : 11€88/h.", "pay", Pay(11.88, 11.88, "hour")),
    ("42-48 K€ selon profil.", "pay", Pay(42_000.0, 48_000.0, "year")),
    ("De 2200 à 2600 net selon compétences.", "pay", Pay(2200.0, 2600.0, "month", is_net=True)),
    ("1 850€ + primes (100 à 300€).", "pay", Pay(1850.0, 1850.0, "month")),
    ("Full time, 2,100 gross per month.", "pay", Pay(2100.0, 2100.0, "month")),
    ("1 850 net par mois.", "pay", Pay(1850.0, 1850.0, "month", is_net=True)),
    ("Payé 12,50/h.", "pay", Pay(12.5, 12.5, "hour")),
    ("CDI 24 à 30h selon vos disponibilités.", "hours", Hours(24.0, 30.0)),
    ("Temps partiel évolutif de 80h à 120h/mois.", "hours", Hours(18.46, 27.69)),
    ("Entre 60 et 90 heures par mois selon vos disponibilités.", "hours", Hours(13.85, 20.77)),
    ("Date de début: 04/01/2027 pour 6 semaines.", "length", Length(days=42)),
    ("CDI 12h par semaine.", "hours", Hours(12.0, 12.0)),
    ("Expérience de 5 ans ou au minimum bac+3 en droit.", "education", Education(6, False)),
    ("Diplôme ou titre de conseiller en économie sociale et familiale.", "education", Education(6, True)),
    ("Le contrat s'arrêtera le 29/08/2027.", "ends", "2027-08-29"),
    ("CDD du 1er juin au 30 septembre 2027.", "ends", "2027-09-30"),
    ("Permis B et véhicule indispensables.", "own_vehicle", "required"),
]


def read(text: str) -> ads.Facts:
    return ads.read(title="", text=text, today=TODAY)


@pytest.mark.parametrize(("text", "name", "value"), SAID)
def test_it_is_read_as_a_person_understands_it(text: str, name: str, value: Any) -> None:
    found = getattr(read(text), name)
    assert (found and found.value) == value, (text, found)


def test_hours_and_languages_are_those_asked_and_no_others() -> None:
    assert "sunday" in read("Ouverture dominicale 2 fois par mois.").conditions
    for text in ("Départ le matin, retour le soir.", "Retour tous les soirs au dépôt."):
        assert "evening" not in read(text).conditions
    assert "evening" in read("Service du soir.").conditions
    for text, spoken in (
        ("Anglais professionnel exigé, l'allemand serait un plus.", {("en", 4, True), ("de", None, False)}),
        ("La pratique de l'anglais est nécessaire.", {("en", None, True)}),
    ):
        asked = {(code, one.value.level, one.value.is_required) for code, one in read(text).languages.items()}
        assert asked == spoken
    for text, required in (
        ("English and French required, German a plus.", {"en": True, "fr": True, "de": False}),
        ("Pas besoin de parler français.", {}),
        ("No French needed, good mood needed.", {}),
        (
            "French is not needed but English is a must. L'espagnol n'est pas indispensable.",
            {"en": True, "es": False},
        ),
        ("No French, English required.", {"en": True}),
    ):
        assert {code: one.value.is_required for code, one in read(text).languages.items()} == required


def test_a_text_that_says_nothing_gives_nothing_and_one_without_end_is_read() -> None:
    for text in ("", "\0", "\ud800", "\r\n\t ", "é" * 5):
        assert ads.read(title=text, text=text, today=TODAY).contract is None
    for part in ("1 ", "permis b, c et ", "caces 1,", "35h a ", "du 1 au ", "experience ", "a:", "\n", "("):
        text = part * (20_000 // len(part))
        assert ads.read(title=text, text=text, today=TODAY)


def test_a_task_keeps_no_word_of_when_or_how_much() -> None:
    for line, words in [
        (
            "Vos missions :\n- Dresser les tables\n- Mission de 3 jours la semaine prochaine",
            "Dresser les tables",
        ),
        (
            "Vos missions :\n- Dresser les tables\n- Ouverture dominicale 2 fois par mois",
            "Dresser les tables",
        ),
        ("Connaissance de la caisse = un plus", "Connaissance de la caisse"),
        ("Production de 12,50 tonnes par heure", "Production de 12,50 tonnes par heure"),
    ]:
        assert [one.words for one in read(f"Resto cherche aide.\n{line}\n").skills] == [words]
