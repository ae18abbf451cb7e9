"""What an opening asks for and a file does not show: only that is said, never what it shows."""

import pytest

from tests import factories
from tests.personas import Town
from visavis.applying import musts
from visavis.jobseekers.models import SkillHeld
from visavis.vacancies.models import SkillAsked

pytestmark = pytest.mark.django_db


def test_of_what_is_asked_only_the_rest_is_lacking(town: Town) -> None:
    skills = [
        factories.SkillFactory(code=words, label_fr=words) for words in ("Encaisser", "Trancher", "Peser")
    ]
    SkillAsked.objects.filter(vacancy=town.vacancy).delete()
    for one in skills:
        SkillAsked.objects.create(vacancy=town.vacancy, skill=one, is_essential=True)
    town.vacancy.licences = ["B", "C"]
    town.jobseeker.licences = ["B"]
    SkillHeld.objects.create(jobseeker=town.jobseeker, skill=skills[0])
    said = " ; ".join(musts.lacking(town.vacancy, town.jobseeker))
    assert "Trancher" in said and "Peser" in said and "Encaisser" not in said
    assert "C : " in said.replace("\xa0", " ") and "B : " not in said.replace("\xa0", " ")
    for one in skills[1:]:
        SkillHeld.objects.create(jobseeker=town.jobseeker, skill=one)
    town.jobseeker.licences = ["B", "C"]
    assert musts.lacking(town.vacancy, town.jobseeker) == []
