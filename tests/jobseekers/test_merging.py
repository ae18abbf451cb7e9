"""What was put into a profile is taken out again, and leaves what she had said before."""

import pytest

from tests.personas import Town
from visavis.jobseekers import merging

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("said", [None, [], ["A"]])
def test_taking_back_leaves_the_licences_as_she_had_said_them(town: Town, said: list[str] | None) -> None:
    """ "None for now" is an answer: it does not become silence."""
    town.jobseeker.licences = said
    town.jobseeker.save()
    by = town.people["ines"]
    added = merging.add(jobseeker=town.jobseeker, additions=merging.Additions(licences=("B",)), by=by)
    merging.take_back(jobseeker=town.jobseeker, added=merging.Added(**added.plain()), by=by)
    town.jobseeker.refresh_from_db()
    assert town.jobseeker.licences == said
