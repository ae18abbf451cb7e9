"""The head's pages: made, its secret seen once, a log, sent again; nobody else's."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.personas import Town
from tests.webhooks.receiver import Receiver
from visavis.webhooks import sending
from visavis.webhooks.models import Delivery, Endpoint


@pytest.fixture(autouse=True)
def just_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    """He has just said who he is; the test of that says otherwise."""
    monkeypatch.setattr("visavis.people.second_factor.is_recently_proven", lambda *_rest: True)


@pytest.fixture
def head(town: Town) -> Client:
    return town.client("hugo")


def write(head: Client, town: Town, **changed: str) -> str:
    told = {"address": "https://programme.example/visavis", "tells_vacancies": "on"} | changed
    return head.post(reverse("webhooks:new", args=[town.agency.pk]), told).content.decode()


def test_who_he_is_is_asked_before(
    town: Town, head: Client, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("visavis.people.second_factor.is_recently_proven", lambda *_rest: False)
    before = Endpoint.objects.values().get()
    answer = head.post(reverse("webhooks:rotate", args=[endpoint.pk]))
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    write(head, town)
    assert Endpoint.objects.values().get() == before


def test_a_wrong_address_or_nothing_chosen_is_a_sentence_and_a_secret_is_shown_once(
    town: Town, head: Client
) -> None:
    for address in (
        "programme.example", "http://programme.example/", "https://10.0.0.1/", "https://[::1]/",
        "https://169.254.169.254/", "https://a:b@programme.example/", "ftp://programme.example/",
        "https://x:99999/", "javascript:alert(1)", "",
    ):  # fmt: skip
        assert "data-visavis-wrong" in write(head, town, address=address), address
    write(head, town, tells_vacancies="")
    assert not Endpoint.objects.exists()
    assert "whsec_" in write(head, town)
    endpoint = Endpoint.objects.get()
    page = reverse("webhooks:page", args=[endpoint.pk])
    assert "whsec_" not in head.get(page).content.decode()
    assert "whsec_" in head.post(reverse("webhooks:rotate", args=[endpoint.pk])).content.decode()
    assert "whsec_" not in head.get(page).content.decode()


def test_the_log_says_what_became_of_each_message(
    town: Town, head: Client, endpoint: Endpoint, receiver: Receiver
) -> None:
    receiver.status = 500
    head.post(reverse("webhooks:try", args=[endpoint.pk]))
    sending.send_due()
    page = reverse("webhooks:page", args=[endpoint.pk])
    shown = head.get(page).content.decode()
    assert "(500)" in shown
    assert "Le dernier message, gardé trente jours." in shown
    receiver.status = 200
    row = Delivery.objects.get(kind="trial")
    head.post(reverse("webhooks:send_again", args=[row.pk]))
    sending.send_due()
    row.refresh_from_db()
    assert row.state == "sent"


def test_off_and_on_and_asked_once_more_before_a_program_is_removed(
    town: Town, head: Client, endpoint: Endpoint
) -> None:
    head.post(reverse("webhooks:turn_off", args=[endpoint.pk]))
    endpoint.refresh_from_db()
    assert endpoint.off_why == "by-hand"
    head.post(reverse("webhooks:try", args=[endpoint.pk]))
    assert not Delivery.objects.exists()
    head.post(reverse("webhooks:turn_on", args=[endpoint.pk]))
    endpoint.refresh_from_db()
    assert endpoint.off_at is None
    page = reverse("webhooks:remove", args=[endpoint.pk])
    shown = head.get(reverse("webhooks:page", args=[endpoint.pk])).content.decode()
    assert f'href="{page}"' in shown and f'action="{page}"' not in shown
    assert endpoint.address in head.get(page).content.decode() and Endpoint.objects.exists()
    head.post(page)
    assert not Endpoint.objects.exists()
