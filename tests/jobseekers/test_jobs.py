"""The jobs she has held: dates in part, months, occupations."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import translation

from tests import factories
from tests.personas import Town
from visavis.jobseekers import services
from visavis.jobseekers.answers.jobs import job_dates, months_of, read_job
from visavis.jobseekers.models import Experience

TODAY = dt.date(2026, 11, 25)


@pytest.mark.parametrize(
    ("sent", "months"),
    [
        ({"start_month": "3", "start_year": "2020", "end_month": "5", "end_year": "2021"}, 15),
        ({"start_month": "3", "start_year": "2020", "end_month": "3", "end_year": "2020"}, 1),
        ({"start_year": "2018", "end_year": "2020"}, 24),
        ({"start_year": "2020", "end_year": "2020"}, 6),
        ({"years": "2", "months": "3"}, 27),
        ({"start_year": "2018", "years": "1"}, 12),
        ({}, None),
    ],
)
def test_months_are_counted_from_what_is_known(sent: dict[str, str], months: int | None, town: Town) -> None:
    response = town.client("amelie").post(reverse("jobseekers:add_job"), {"title": "soudeuse"} | sent)
    assert response.status_code == 302
    assert town.jobseeker.experiences.get().months == months


@pytest.mark.parametrize(
    ("today", "months"),
    [
        (dt.date(2025, 11, 25), 1),
        (dt.date(2025, 12, 1), 1),
        (dt.date(2026, 1, 2), 2),
        (TODAY, 12),
        (dt.date(2026, 12, 1), 13),
    ],
)
def test_the_month_that_runs_of_a_job_still_held_is_not_counted_before_it_is_over(
    today: dt.date, months: int
) -> None:
    job = Experience(starts_on=dt.date(2025, 11, 1), is_current=True)
    assert months_of(job, today) == months


def test_a_year_alone_is_said_as_a_year_and_a_job_began_in_avril_is_d_avril() -> None:
    job = Experience(
        starts_on=dt.date(2018, 1, 1),
        ends_on=dt.date(2020, 12, 31),
        starts_in_year_only=True,
        ends_in_year_only=True,
    )
    assert "2018" in job_dates(job)
    assert "jan" not in job_dates(job).lower()
    with translation.override("fr"):
        for month in range(1, 13):
            begun, ended = dt.date(2020, month, 1), dt.date(2021, month, 28)
            for job in (Experience(starts_on=begun, ends_on=ended), Experience(starts_on=begun)):
                assert not re.search(r"\bde [aeio]|d’[^aeio]", job_dates(job))


def test_a_job_is_shown_again_as_it_was_given_and_its_months_counted_again(town: Town) -> None:
    sent = {
        "title": "soudeuse",
        "start_year": "2018",
        "end_month": "5",
        "end_year": "2020",
        "employer": "ACME",
    }
    town.client("amelie").post(reverse("jobseekers:add_job"), sent)
    data = read_job(town.jobseeker.experiences.get())
    assert {name: str(data[name]) for name in sent} == sent
    assert data["start_month"] == ""
    job = town.jobseeker.experiences.create(title="soudeuse", starts_on=dt.date(2020, 1, 1), is_current=True)
    assert services.recount_months() == 1
    job.refresh_from_db()
    assert job.months is not None
    assert job.months > 60
    assert services.recount_months() == 0


def test_a_title_typed_exactly_gets_its_occupation_and_a_near_one_is_asked_about(town: Town) -> None:
    factories.TitleFactory()
    client = town.client("amelie")
    client.post(reverse("jobseekers:add_job"), {"title": "boulanger"})
    exact = town.jobseeker.experiences.get()
    assert exact.occupation_id == "D1102"
    response = client.post(reverse("jobseekers:add_job"), {"title": "boulanger de nuit"})
    job = town.jobseeker.experiences.exclude(pk=exact.pk).get()
    url = reverse("jobseekers:choose_job", args=[job.pk])
    assert response.headers["Location"] == url
    client.post(url, {"occupation": "D1102"})
    job.refresh_from_db()
    assert job.occupation_id == "D1102"


def test_no_experience_and_a_job_cannot_both_be_true_and_one_is_removed_after_a_question(town: Town) -> None:
    url, client = reverse("jobseekers:remove_job", args=[town.job.pk]), town.client("amelie")
    response = client.post("/profile/experience/", {"nothing": "on"})
    assert "nothing" in response.context["form"].errors
    response = client.post("/profile/experience/", {})
    assert response.headers["Location"] == reverse("jobseekers:question", args=["education"])
    town.jobseeker.refresh_from_db()
    assert town.jobseeker.answered == ["experience"]
    assert client.get(url).status_code == 200
    assert town.jobseeker.experiences.exists()
    client.post(url)
    assert not town.jobseeker.experiences.exists()
