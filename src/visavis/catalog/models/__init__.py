"""The catalogue: occupations, skills, interests and places."""

from visavis.catalog.models.editions import Edition
from visavis.catalog.models.interests import Interest, OccupationInterest
from visavis.catalog.models.occupations import Domain, Mobility, Occupation, OccupationSkill, Skill, Title
from visavis.catalog.models.places import Commune, Department, Postcode, Region

__all__ = [
    "Commune",
    "Department",
    "Domain",
    "Edition",
    "Interest",
    "Mobility",
    "Occupation",
    "OccupationInterest",
    "OccupationSkill",
    "Postcode",
    "Region",
    "Skill",
    "Title",
]
