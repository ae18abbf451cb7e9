"""Stopping to look, and looking again."""

import pytest

from tests import factories
from tests.personas import Town
from visavis.introductions import services
from visavis.introductions.enums import State
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import Jobseeker

pytestmark = pytest.mark.django_db


def test_who_stops_looking_reads_what_stops_and_may_look_again(
    town: Town, django_capture_on_commit_callbacks: object
) -> None:
    factories.JobseekerFactory()
    page = town.client("amelie").get("/profile/looking/").content.decode()
    assert "mises en relation en attente" in page
    row = services.want(jobseeker=town.jobseeker, vacancy=town.vacancy, by=town.people["amelie"])
    client = town.client("amelie")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        client.post("/profile/looking/")
    ended = Introduction.objects.get(pk=row.pk)
    assert (ended.state, ended.reason) == (State.WITHDRAWN, "not-looking")
    client.post("/profile/looking/", {"again": "yes"})
    assert Jobseeker.objects.get(pk=town.jobseeker.pk).is_looking
