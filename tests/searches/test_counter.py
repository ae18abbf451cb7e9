"""A search kept at the counter for who stands there."""

import pytest
from django.urls import reverse

from tests.personas import Town
from visavis.journal.models import Entry
from visavis.people.enums import Channel
from visavis.searches.models import Alert

pytestmark = pytest.mark.django_db


def here(town: Town) -> str:
    return reverse("searches:alert_counter", kwargs={"jobseeker_id": town.jobseeker.pk})


def test_reception_keeps_a_search_by_her_channel_and_it_is_written_down(town: Town) -> None:
    amelie = town.jobseeker.user
    type(amelie).objects.filter(pk=amelie.pk).update(channel=Channel.PHONE)
    page = town.client("rosa").get(here(town)).content.decode()
    assert "Téléphone" in page or "Appel" in page
    said = {"q": "boulanger", "place": "Valence (26000)", "rhythm": "weekly"}
    town.client("rosa").post(here(town), said)
    alert = Alert.objects.get(user=amelie)
    assert alert.by == town.people["rosa"] and alert.rhythm == Alert.Rhythm.WEEKLY
    assert (alert.asked.words, alert.asked.commune) == ("boulanger", "26362")
    written = Entry.objects.filter(person_id=amelie.pk, actor_id=town.people["rosa"].pk)
    assert {"created", "read"} <= set(written.values_list("action", flat=True))


def test_reception_reads_none_of_her_searches_and_what_cannot_be_kept_says_what_to_do(town: Town) -> None:
    for said, told in (
        ({}, "l’un des deux suffit"),
        ({"q": "boulanger", "place": "Zzyzxville"}, "Nous ne connaissons"),
        ({"q": "b" * 251}, "250"),
    ):
        page = town.client("rosa").post(here(town), said | {"rhythm": "weekly"}).content.decode()
        assert told in page and not Alert.objects.exists()
        assert all(value in page for value in said.values())
    Alert.objects.create(user=town.jobseeker.user, params=[["q", "astronaute"]])
    assert "astronaute" not in town.client("rosa").get(here(town)).content.decode()
    assert not Alert.objects.visible_to(town.people["rosa"]).exists()
    assert town.client("rosa").get(f"/people/{town.jobseeker.pk}/alerts/").status_code == 404
