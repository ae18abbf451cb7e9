"""The main pages: one row on a phone, whatever the roles."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import translation

from tests.personas import Town
from visavis.people.enums import Role
from visavis.people.models import Membership, User
from visavis.portal import context
from visavis.portal.context import IN_A_ROW, Navigation

pytestmark = pytest.mark.django_db


def navigation(user: object, path: str = "/") -> Navigation:
    request = RequestFactory().get(path)
    request.user = user  # type: ignore[assignment]
    return context.navigation(request)


def test_a_row_holds_at_most_four_and_what_opens_the_rest_and_each_page_once(town: Town) -> None:
    for user in [AnonymousUser(), *town.people.values()]:
        found = navigation(user)
        assert len(found.first) + bool(found.more) <= IN_A_ROW
        assert len(found.more) != 1, "a place in the row is worth as much as what stands behind it"
        urls = [link.url for link in (*found.first, *found.more)]
        assert len(urls) == len(set(urls))
    found = navigation(town.people["amelie"], "/account/")
    assert found.is_in_more and not any(link.is_current for link in found.first)


def test_all_pages_of_one_role_stand_in_one_row_of_a_wide_page() -> None:
    """Measured by a browser at 1,280 pixels, both sizes of letters: more letters than these make a second row."""
    for role in Role:
        user = User(pk=1)
        user.current_memberships = [Membership(role=role, organisation_id=1)]
        for language in ("fr", "en"):
            with translation.override(language):
                assert navigation(user).fits, (role, language)


def test_who_has_more_pages_than_a_row_holds_finds_them_behind_more_on_a_wide_page_too(town: Town) -> None:
    both = User(pk=1)
    both.current_memberships = [
        Membership(role=one, organisation_id=1) for one in (Role.COUNSELLOR, Role.RECEPTION)
    ]
    assert not navigation(both).fits
    assert 'class="all"' in town.client("bruno").get("/home/").content.decode()
    town.people["bruno"].memberships.create(role=Role.RECEPTION, organisation=town.agency.organisation)
    page = town.client("bruno").get("/home/").content.decode()
    assert 'class="all"' not in page and "data-visavis-menu" in page
