"""My CV: the page, the file, and who sees that it was taken."""

import pytest
from django.urls import reverse

from tests.personas import Town
from visavis.journal.models import Entry
from visavis.people.models import User

CHOSEN = {"format": "pdf", "language": "fr", "identity": "yes"}


def test_she_takes_her_cv_under_a_name_that_says_nothing(town: Town) -> None:
    response = town.client("amelie").get(reverse("cvs:download"), CHOSEN)
    assert response.content.startswith(b"%PDF")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="cv.pdf"'
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(("form", "begins"), [("json", b"{"), ("europass", b"<?xml"), ("pdf", b"%PDF")])
def test_she_chooses_the_format(town: Town, form: str, begins: bytes) -> None:
    response = town.client("amelie").get(reverse("cvs:download"), {**CHOSEN, "format": form})
    assert response.content.startswith(begins)


def test_what_her_counsellor_takes_is_in_the_journal(town: Town) -> None:
    url = reverse("cvs:download_of", kwargs={"jobseeker_id": town.jobseeker.pk})
    town.client("bruno").get(url, CHOSEN)
    entry = Entry.objects.get(thing="cv-out")
    assert (entry.actor_id, entry.person_id) == (town.people["bruno"].pk, town.jobseeker.user_id)


def test_what_she_takes_herself_is_not(town: Town) -> None:
    town.client("amelie").get(reverse("cvs:download"), CHOSEN)
    assert not Entry.objects.filter(thing="cv-out").exists()


def test_a_stranger_gets_no_cv_and_leaves_no_trace_in_the_journal(town: Town) -> None:
    url = reverse("cvs:download_of", kwargs={"jobseeker_id": town.jobseeker.pk})
    assert town.client("dario").get(url, CHOSEN).status_code == 404
    assert not Entry.objects.filter(thing="cv-out").exists()


@pytest.mark.parametrize(
    "wrong",
    [{}, {"format": "exe"}, {"language": "xx"}, {"identity": "maybe"}, {"identity": "no", "own_words": "on"}],
)
def test_a_wrong_choice_is_told_on_the_page(town: Town, wrong: dict[str, str]) -> None:
    response = town.client("amelie").get(reverse("cvs:download"), {**CHOSEN, **wrong} if wrong else {})
    assert response["Content-Type"].startswith("text/html")
    assert 'class="errors' in response.text or "errors" in response.text


def test_nobody_writes_to_a_cv(town: Town) -> None:
    assert town.client("amelie").post(reverse("cvs:download"), CHOSEN).status_code == 405


def test_the_profile_leads_to_the_cv(town: Town) -> None:
    assert reverse("cvs:out") in town.client("amelie").get(reverse("jobseekers:profile")).text
    url = reverse("jobseekers:person_profile", kwargs={"jobseeker_id": town.jobseeker.pk})
    assert (
        reverse("cvs:out_of", kwargs={"jobseeker_id": town.jobseeker.pk})
        in town.client("bruno").get(url).text
    )


def test_the_page_is_light(town: Town) -> None:
    assert len(town.client("amelie").get(reverse("cvs:out")).content) < 14_000


def test_she_reads_which_signs_cannot_be_printed(town: Town) -> None:
    address = reverse("cvs:out")
    assert "ne peuvent pas être imprimés" not in town.client("amelie").get(address).content.decode()
    User.objects.filter(pk=town.people["amelie"].pk).update(name="Amélie \U0001fae8")
    assert "\U0001fae8. Le PDF est fait sans eux" in town.client("amelie").get(address).content.decode()
