"""A session rests sealed under a digest of its key: who has the row is nobody, and reads nothing."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.personas import Town
from visavis.people.models import Session
from visavis.people.sessions.store import SessionStore, name_of

ADDRESS = "lison.verdier@example.org"


@pytest.mark.django_db
def test_what_a_session_says_cannot_be_read_in_its_row_and_goes_along_to_a_new_key() -> None:
    store = SessionStore()
    store["said"] = ADDRESS
    store.save()
    former = store.session_key
    assert SessionStore(former)["said"] == ADDRESS
    resting = " ".join(f"{row.session_key} {row.session_data}" for row in Session.objects.all())
    assert "lison" not in resting and str(former) not in resting
    assert all(row.get_decoded() == {} for row in Session.objects.all()), "nor with the site's own key"
    store.cycle_key()
    store.save()
    assert not SessionStore().exists(str(former)) and SessionStore(store.session_key)["said"] == ADDRESS
    store.flush()
    assert not Session.objects.exists()


@pytest.mark.django_db
def test_who_has_the_row_is_not_signed_in_and_its_content_opens_nowhere_else(town: Town) -> None:
    hers = Client()
    hers.force_login(town.jobseeker.user)
    assert hers.get(reverse("portal:home")).status_code == 200
    (row,) = Session.objects.all()
    thief = Client()
    for key in (row.session_key, row.session_data[:32], name_of(row.session_key)):
        thief.cookies[settings.SESSION_COOKIE_NAME] = key
        assert "_auth_user_id" not in thief.session
    # A session put in the place of another holds nothing.
    hers, other = SessionStore(), SessionStore()
    for one in (hers, other):
        one["whose"] = id(one)
        one.save()
    data = Session.objects.get(pk=name_of(str(hers.session_key))).session_data
    Session.objects.filter(pk=name_of(str(other.session_key))).update(session_data=data)
    assert dict(SessionStore(other.session_key).items()) == {}
    assert SessionStore(hers.session_key)["whose"] == id(hers)
