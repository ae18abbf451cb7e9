"""When a person was last heard in an introduction is kept with it, and filled for what began before."""

from importlib import import_module

import pytest
from django.apps import apps

from tests import factories
from tests.personas import Town
from visavis.introductions import services
from visavis.introductions.enums import Side
from visavis.introductions.models import Introduction

pytestmark = pytest.mark.django_db


def test_a_side_that_is_not_hers_is_not_her(town: Town) -> None:
    row = services.propose(
        jobseeker=town.jobseeker,
        vacancy=factories.VacancyFactory(employer=town.employer),
        by=town.people["bruno"],
    )
    assert row.heard_at is None
    services.accept(introduction=row, by=town.people["amelie"])
    row.refresh_from_db()
    assert row.heard_at == row.steps.filter(side=Side.JOBSEEKER).latest("number").at


@pytest.mark.database
def test_what_began_before_is_filled_from_its_steps(town: Town) -> None:
    row = services.want(jobseeker=town.jobseeker, vacancy=town.vacancy, by=town.people["amelie"])
    Introduction.objects.update(heard_at=None)
    import_module("visavis.introductions.migrations.0015_when_heard").keep(apps, None)
    row.refresh_from_db()
    assert row.heard_at == row.steps.filter(side=Side.JOBSEEKER).latest("number").at
