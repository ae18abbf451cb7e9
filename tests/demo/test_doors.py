"""The demonstration's doors."""

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from tests.personas import Town
from visavis.demo.roles import ROLES
from visavis.people.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [role.slug for role in ROLES])
def test_one_click_opens_a_home_for_each_role(town: Town, role: str) -> None:
    client = Client()
    response = client.get(reverse("demo:as", args=[role]), follow=True)
    assert response.status_code == 200
    assert response.request["PATH_INFO"] == reverse("portal:home")


def test_an_unknown_role_is_not_found_and_the_doors_are_shut_outside_the_demonstration(town: Town) -> None:
    assert Client().get(reverse("demo:as", args=["king"])).status_code == 404
    page = Client(headers={"accept-language": "fr"}).get(reverse("demo:entrance")).content.decode()
    assert "Un vrai service ne le fait jamais" in page
    with override_settings(DEMO=False):
        assert Client().get(reverse("demo:as", args=["counsellor"])).status_code == 404


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_visitor_finds_the_language_of_her_browser(town: Town, language: str) -> None:
    client = Client(headers={"accept-language": language})
    page = client.get(reverse("demo:as", args=["jobseeker"]), follow=True).content.decode()
    assert f'<html lang="{language}"' in page
    assert User.objects.get(pk=client.session["_auth_user_id"]).language == language
