"""A small market in the database."""

import pytest

from tests import factories
from tests.personas import Town
from visavis.catalog.models import OccupationSkill
from visavis.jobseekers.models import Jobseeker, SkillHeld, WantedOccupation
from visavis.vacancies.models import SkillAsked, Vacancy


@pytest.fixture
def baker(town: Town) -> Jobseeker:
    """Amélie wants to bake, within 20 km of Valence, on a permanent contract."""
    occupation = factories.OccupationFactory()
    skill = factories.SkillFactory()
    OccupationSkill.objects.create(occupation=occupation, skill=skill, is_essential=True, source="starter")
    amelie = town.jobseeker
    amelie.radius_km = 20
    amelie.contracts = ["permanent"]
    amelie.licences = []
    amelie.save()
    WantedOccupation.objects.create(jobseeker=amelie, occupation=occupation, typed="boulangère", position=1)
    SkillHeld.objects.create(jobseeker=amelie, skill=skill, level=3)
    return amelie


@pytest.fixture
def bakery(town: Town) -> Vacancy:
    """The baker's vacancy of Chloé in Valence asks for one skill."""
    SkillAsked.objects.create(vacancy=town.vacancy, skill=factories.SkillFactory(), is_essential=True)
    return town.vacancy
