"""Vacancies are plausible, agree with their text, speak the catalogue's codes and bear titles that employers use."""

import re

from visavis.catalog import starter
from visavis.catalog.starter import Occupation
from visavis.synthetic import french, titles
from visavis.synthetic.dice import Dice
from visavis.synthetic.kinds import BY_CODE, KINDS, TEMPORARY
from visavis.synthetic.setting import MINIMUM_WAGE

CATALOGUE = starter.load()


def test_every_code_is_in_the_catalogue_and_the_title_one_of_the_occupation(vacancies):
    for one in vacancies:
        occupation = CATALOGUE.occupation[one.occupation]
        assert set(one.skills_essential) == set(CATALOGUE.skills_of[one.occupation, "essential"])
        assert set(one.skills_wished) <= set(CATALOGUE.skills_of[one.occupation, "optional"])
        assert set(one.licences) <= set(occupation.licences)
        assert set(one.conditions) <= {*occupation.conditions, "night"}
        assert len(set(one.conditions)) == len(one.conditions)
        assert one.town.code in starter.places().row_of
        assert one.contract != "seasonal" or "seasonal" in occupation.contracts
        assert one.employer.kind == TEMPORARY.code or one.occupation in BY_CODE[one.employer.kind].hires
        bare = re.sub(r" \(?[HF]/[HF]\)?$", "", one.title)
        known = CATALOGUE.titles_of[one.occupation, "fr"]
        assert bare in {form for t in known for form in (t.label, t.masculine, t.feminine)}, one.title


def test_pay_hours_dates_and_places_are_plausible(vacancies, today) -> None:
    for one in vacancies:
        assert (one.pay_min_hour is None) == (one.pay_max_hour is None)
        if one.pay_min_hour is not None:
            occupation = CATALOGUE.occupation[one.occupation]
            assert MINIMUM_WAGE <= one.pay_min_hour <= one.pay_max_hour <= occupation.pay_max_hour
            assert one.pay_min_hour >= occupation.pay_min_hour
            assert one.contract not in ("apprenticeship", "self_employed")
    assert 0.25 < share(vacancies, lambda one: one.pay_min_hour is None) < 0.42
    for one in vacancies:
        assert one.hours_min is None or 8 <= one.hours_min <= one.hours_max <= 39
        assert one.starts_on is None or 0 <= (one.starts_on - today).days <= 75
        assert 0 <= (today - one.published_on).days <= 40
        assert 1 <= one.positions <= 10
        assert (one.duration_months is None) == (one.contract in ("permanent", "self_employed", "other"))
        assert abs(one.town.latitude - one.employer.town.latitude) * 111.2 <= 20.01
    assert 0.75 < share(vacancies, lambda one: one.town == one.employer.town) < 0.95


def share(vacancies, says):
    return sum(map(says, vacancies)) / len(vacancies)


def test_titles_and_temporary_work_are_used_where_they_belong(vacancies) -> None:
    for one in vacancies:
        assert "mairie" not in one.title or one.employer.kind == "town_hall"
        assert "grande surface" not in one.title or one.employer.kind in ("supermarket", TEMPORARY.code)
        assert "Apprenti" not in one.title or one.contract == "apprenticeship"
        assert "nuit" not in one.title or "night" in one.conditions
        assert "vélo" not in one.title or not one.licences
        assert "libéral" not in one.title
    for one in vacancies:
        assert (one.contract == "temporary") == (one.employer.kind == TEMPORARY.code)
    assert 0.12 < share(vacancies, lambda one: one.contract == "temporary") < 0.35
    assert 0.35 < share(vacancies, lambda one: one.contract == "permanent") < 0.62
    for code in ("D1507", "K1302", "N1103", "G1803"):
        expected = CATALOGUE.occupation[code].weight
        assert expected / 3 < share(vacancies, lambda one, code=code: one.occupation == code) < expected * 3


def test_chiefs_have_experience_apprentices_need_none_and_nurses_have_their_diploma(vacancies):
    for one in vacancies:
        is_apprentice = one.contract == "apprenticeship"
        if re.match(r"(Chef|Cheffe|Responsable|Directeur|Directrice) ", one.title):
            assert one.experience_months >= 24 and one.experience_required and not is_apprentice
        if is_apprentice:
            assert one.experience_months == 0 and one.education_level is None
        assert one.experience_months or not one.experience_required
        assert one.education_level is not None or not one.education_required
        if one.occupation == "J1506" and not is_apprentice:
            assert one.education_level == 6 and one.education_required
    assert any(one.occupation == "J1506" for one in vacancies)


def test_the_advert_has_four_to_eight_sentences_and_says_nothing_the_vacancy_does_not_hold(vacancies):
    nonsense = re.compile(r"None|\{|\}|  |\bde [aeiouyéèê]| à Le |\.\.")
    for one in vacancies:
        text = one.text
        assert 4 <= len(re.findall(r"[^.?]+[.?]", text)) <= 9, text
        assert text.endswith(".") and not nonsense.search(text), text
        assert ("la nuit" not in text) or "night" in one.conditions
        assert ("Le salaire" not in text) or french.euros(one.pay_min_hour) in text
        assert ("à partir du" in text) == (one.starts_on is not None)
        assert ("permis B est" not in text) or one.licences == ("B",)
        assert ("postes sont à pourvoir" not in text) or one.positions > 1
        assert one.town.said.removeprefix("Le ").removeprefix("Les ") in text


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
