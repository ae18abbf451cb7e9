"""A session rests sealed, ends without use and after its time, of staff sooner; who comes with it loses nothing."""

import datetime as dt
import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.personas import Town
from visavis.journal.models import Entry
from visavis.people import second_factor
from visavis.people.models import Over, Session, User
from visavis.people.sessions import devices, lives, store
from visavis.people.sessions.store import SessionStore, name_of

pytestmark = [pytest.mark.django_db]

HOME, MINE = reverse("portal:home"), reverse("people:sessions")
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


def row_of(client: Client) -> Any:
    """The row of a browser's session, as a set: `update` makes it older."""
    return Session.objects.filter(pk=name_of(client.cookies[settings.SESSION_COOKIE_NAME].value))


def ago(**much: float) -> dt.datetime:
    return timezone.now() - dt.timedelta(**much)


def is_in(client: Client) -> bool:
    return bool(client.get(reverse("people:account")).status_code == 200)


def said(response: Any) -> str:
    return " ".join(str(one) for one in get_messages(response.wsgi_request))


def proven(client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """As if she had just said who she is."""
    monkeypatch.setattr(second_factor, "is_recently_proven", lambda *_who: True)
    monkeypatch.setattr("visavis.people.views.sessions.is_recently_proven", lambda *_who: True)
    return client


@pytest.mark.parametrize(
    ("who", "minutes", "hours"), [("bruno", 45, 10), ("amelie", 120, 12), ("chloe", 120, 12)]
)
def test_a_session_ends_in_time_and_of_staff_sooner(town: Town, who: str, minutes: int, hours: int) -> None:
    client = town.client(who)
    row_of(client).update(used_at=ago(minutes=minutes - 1), begun_at=ago(hours=3))
    assert is_in(client)
    row_of(client).update(used_at=ago(minutes=minutes + 1))
    row, ended = row_of(client), client.get(reverse("people:account"))
    assert ended.status_code == 302 and ended.url.startswith(reverse("account_login"))
    assert str(minutes) in said(ended)
    assert (row.get().over, row.get().session_data) == (Over.IDLE, "")
    client = town.client(who)
    row_of(client).update(begun_at=ago(hours=hours - 0.1))
    assert is_in(client)
    row_of(client).update(begun_at=ago(hours=hours + 0.1))
    assert not is_in(client)


def test_use_keeps_a_session_and_what_ended_opens_nothing(town: Town, settings: Any) -> None:
    client = town.client("bruno")
    row = row_of(client)
    row.update(used_at=ago(minutes=30))
    client.get(HOME, headers={"X-Visavis-Fragment": "1"})
    assert row.get().used_at < ago(minutes=29)
    client.get(HOME, headers={"User-Agent": FIREFOX})
    assert row.get().used_at > ago(minutes=1) and row.get().device == "Firefox/Linux"
    # What ended opens nothing even when the limits grow or it writes.
    client, writing = town.client("amelie"), town.client("amelie")
    store = SessionStore(writing.cookies["sessionid"].value)
    store["typed"] = "x"
    row_of(writing).update(over=Over.ELSEWHERE, session_data="")
    store.save()
    assert row_of(writing).get().session_data == "" and not is_in(writing)
    thief = Client()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    row = row_of(client)
    row.update(used_at=ago(hours=3))
    page = client.get(reverse("agencies:agencies"))
    assert page.status_code == 200 and "120" in said(page), "a public page, with the sentence"
    settings.VISAVIS_SESSION_IDLE_MINUTES = 10_000
    assert not is_in(thief)
    town.people["amelie"].delete()
    assert not row.exists()


# What was typed --------------------------------------------------------------------------------------


@pytest.fixture
def sent_too_late(town: Town) -> Client:
    """Amélie wrote her name anew, and her session had ended."""
    client = town.client("amelie")
    row_of(client).update(used_at=ago(hours=3))
    answer = client.post(reverse("people:name"), {"name": "Amélie de la Tour Blanche"})
    assert answer.status_code == 302 and reverse("people:typed").replace("/", "%2F") in answer.url
    return client


def test_what_was_typed_is_found_again_and_sent_once(town: Town, sent_too_late: Client) -> None:
    assert "Tour Blanche" not in str(Session.objects.values_list("session_data", flat=True))
    sent_too_late.force_login(town.people["amelie"])
    page = sent_too_late.get(reverse("people:typed")).content.decode()
    assert page.count("Amélie de la Tour Blanche") == 2, "to be read, and to be sent"
    gone_on = sent_too_late.post(reverse("people:send_typed"), {"name": "Amélie de la Tour Blanche"})
    assert (gone_on.status_code, gone_on.url) == (307, reverse("people:name"))
    assert sent_too_late.get(reverse("people:typed")).status_code == 302, "no second time"


def test_what_was_typed_is_shown_to_nobody_else(town: Town, sent_too_late: Client) -> None:
    sent_too_late.force_login(town.people["bruno"])
    session = sent_too_late.session
    second_factor.mark_second_factor(session, "totp")
    session.save()
    assert sent_too_late.get(reverse("people:typed")).status_code == 302
    assert "typed" not in sent_too_late.session


def test_what_was_typed_is_thrown_away_and_a_password_never_kept(town: Town, sent_too_late: Client) -> None:
    sent_too_late.force_login(town.people["amelie"])
    sent_too_late.post(reverse("people:forget_typed"))
    assert "typed" not in sent_too_late.session
    client = town.client("amelie")
    row_of(client).update(used_at=ago(hours=3))
    answer = client.post(reverse("people:password"), {"password": "un mot très long", "again": ""})
    assert answer.url == reverse("account_login") and "typed" not in client.session


# Where she is signed in ------------------------------------------------------------------------------


def test_who_proved_who_she_is_ends_her_own_sessions(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    phone, desk = town.client("amelie"), town.client("amelie")
    answer = desk.post(reverse("people:end_session"))
    assert answer.url.startswith(reverse("account_reauthenticate")) and is_in(phone)
    stranger = proven(town.client("bruno"), monkeypatch)
    row_of(phone).update(device="Safari/iPhone", used_at=ago(minutes=30))
    name = row_of(phone).get().pk
    stranger.post(reverse("people:end_session"), {"session": name})
    stranger.post(reverse("people:end_session"))
    page = desk.get(MINE, headers={"Accept-Language": "fr"}).content.decode()
    assert "Safari" in page and "iPhone" in page
    assert name in page and row_of(desk).get().pk not in page, "this one is ended by signing out"
    third = town.client("amelie")
    desk.post(reverse("people:end_session"), {"session": name})
    assert is_in(desk) and is_in(third) and not is_in(phone)
    assert Entry.objects.filter(action=Entry.Action.SIGNED_OUT, note="elsewhere").count() == 1
    desk.post(reverse("people:end_session"))
    assert is_in(desk)
    assert lives.told(Over.ELSEWHERE, town.people["amelie"].pk) in said(third.get(HOME))


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (FIREFOX, "Firefox/Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537 Chrome/130 Safari/537 Edg/130",
            "Edge/Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18 like Mac OS X) CriOS/130 Safari/604", "Chrome/iPhone"),
        ("lison.verdier@example.org <b>", "/"),
        ("", "/"),
    ],
)
def test_of_a_device_only_words_of_our_lists_are_kept(agent: str, device: str) -> None:
    assert devices.named(agent) == device and len(device) <= 40
    assert devices.in_words(device)


def test_who_reads_is_read_with_the_session_and_what_is_not_hers_is_written_down(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    her = town.people["amelie"]
    assert town.client("dario").get(f"/people/{her.pk}/").status_code == 404
    (line,) = [one for one in caplog.messages if "for who is known as" in one]
    assert re.fullmatch(r"[\w:]+: 404 for who is known as [0-9a-f]{12}", line)
    # One question for both, in the same moment; asked for somebody else, or by nobody's page, it is read anew.
    client, amelie = town.client("amelie"), town.people["amelie"]
    with CaptureQueriesContext(connection) as asked:
        assert client.get(MINE).status_code == 200
    assert sum('"people_user"."password"' in one["sql"] for one in asked.captured_queries) == 1
    session = client.session
    assert session.get("_auth_user_id") == str(amelie.pk)
    with store.reader_of(session):
        assert store.SignIn().get_user(amelie.pk) == amelie
        assert store.SignIn().get_user(town.people["bruno"].pk) == town.people["bruno"]
        User.objects.filter(pk=amelie.pk).update(is_active=False)
    assert store.SignIn().get_user(amelie.pk) is None
    assert client.get(MINE).status_code == 302


ADDRESS = "lison.verdier@example.org"


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
