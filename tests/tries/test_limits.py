"""Nobody is ever shut out: what strangers do slows strangers down, and each person keeps a way in."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from tests.people.way_in import (
    application_code,
    ask,
    give,
    is_signed_in,
    mailed_code,
    set_up_application,
    sign_in,
    wrong,
)
from tests.personas import Town
from visavis.agencies import team
from visavis.api import limits as of_programs
from visavis.people import limits
from visavis.people.enums import Role
from visavis.tries import marks
from visavis.tries.limits import SESSION_KEY, Limit, Share, count
from visavis.tries.models import Count

HERS = "amelie@example.org"
GOOD = "quatre mots faciles a dire"
MINUTE = dt.timedelta(minutes=1)


def browser(network: str) -> Client:
    return Client(headers={"accept-language": "en"}, REMOTE_ADDR=network)


def was_sent(answer: object) -> bool:
    return answer.status_code == 302  # type: ignore[attr-defined]


def test_twenty_requests_by_a_stranger_do_not_keep_her_out(town: Town) -> None:
    stranger = browser("203.0.113.9")
    for number in range(20):
        ask(stranger, HERS)
        # Another throws his cookies away each time.
        ask(browser(f"203.0.113.{number}"), HERS)
    hers = browser("198.51.100.4")
    assert was_sent(ask(hers, HERS))
    give(hers, mailed_code())
    assert is_signed_in(hers)


def test_behind_the_same_address_as_a_stranger_she_waits_a_minute_and_her_turn_is_kept(town: Town) -> None:
    """A proxy that does not say who asks, or a library: the stranger has the same network as she has."""
    for _try in range(20):
        ask(browser("192.0.2.1"), HERS)
    hers = browser("192.0.2.1")
    assert not was_sent(ask(hers, HERS))
    with time_machine.travel(dt.datetime.now(dt.UTC) + MINUTE + dt.timedelta(seconds=1)):
        for _try in range(20):
            ask(browser("192.0.2.1"), HERS)
        assert was_sent(ask(hers, HERS))


def test_a_browser_that_was_here_before_is_no_stranger(town: Town) -> None:
    hers = browser("198.51.100.4")
    sign_in(hers, town.people["amelie"])
    hers.post(reverse("account_logout"))
    spent(limits.CODES.account.most, "code", "account", HERS)
    spent(limits.CODES.network.most, "code", "network", "198.51.100.4")
    refused = ask(browser("198.51.100.4"), HERS)
    assert "Take a browser you signed in with before" in refused.content.decode()
    assert was_sent(ask(hers, HERS))
    give(hers, mailed_code())
    assert is_signed_in(hers)


def test_a_mark_of_a_browser_serves_no_other_account_and_tells_nothing(town: Town) -> None:
    hers = browser("198.51.100.4")
    sign_in(hers, town.people["amelie"])
    cookie = hers.cookies[marks.COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert HERS not in cookie.value and str(town.people["amelie"].pk) not in cookie.value.split(".")
    request = RequestFactory().get("/")
    request.COOKIES[marks.COOKIE] = cookie.value
    assert marks.known_browser(request, HERS)
    assert not marks.known_browser(request, "bruno@example.org")
    # It cannot be written by hand.
    request.COOKIES[marks.COOKIE] = "x." + marks.mark("browser", "y", HERS)
    assert not marks.known_browser(request, HERS)


def test_forty_junk_requests_and_a_class_of_forty_behind_one_address_meet_no_limit(db: None) -> None:
    for number in range(40):
        ask(browser("192.0.2.1"), f"junk-{number}@example.org")
    for number in range(40):
        newcomer = browser("192.0.2.1")
        assert was_sent(ask(newcomer, f"newcomer-{number}@example.org"))
        name_page = give(newcomer, mailed_code()).headers["Location"]
        assert name_page == reverse("account_open_file")


def test_requests_from_many_networks_empty_no_counter(town: Town) -> None:
    stranger = browser("203.0.113.9")
    for _try in range(4):
        refused = ask(stranger, HERS)
    assert not was_sent(refused)
    for number in range(200):
        count([(marks.mark("code", "network", f"10.0.0.{number}"), limits.NETWORK)])
    assert not was_sent(ask(browser("203.0.113.9"), HERS))


def test_a_turn_grows_slowly_never_beyond_a_quarter_of_an_hour_nor_for_who_asks_too_early(town: Town) -> None:
    client, now, waits = browser("203.0.113.9"), dt.datetime.now(dt.UTC), []
    with time_machine.travel(now, tick=False) as clock:
        hasty = browser("198.51.100.7")
        for _time in range(4):
            ask(hasty, "bruno@example.org")
        for _second in range(50):
            clock.shift(1)
            assert not was_sent(ask(hasty, "bruno@example.org"))
        clock.shift(11)
        assert was_sent(ask(hasty, "bruno@example.org"))
        for _time in range(3):
            ask(client, HERS)
        for _turn in range(9):
            if was_sent(ask(client, HERS)):
                continue
            [turn] = client.session[SESSION_KEY].values()
            waits.append(turn[0] - dt.datetime.now(dt.UTC).timestamp())
            clock.shift(waits[-1] + 1)
            assert was_sent(ask(client, HERS))
    assert waits == sorted(waits)
    assert waits[:3] == pytest.approx([60, 120, 240])
    assert max(waits) < 901


def test_what_a_stranger_tries_of_a_password_keeps_her_out_of_nothing(town: Town) -> None:
    amelie = town.people["amelie"]
    amelie.set_password(GOOD)
    amelie.save()
    stranger, url = browser("203.0.113.9"), reverse("account_login_password")
    for _try in range(20):
        answer = stranger.post(url, {"address": HERS, "password": "wrong"})
    assert "Ask for a code" in answer.content.decode()
    # Right passwords use up no tries.
    for _time in range(12):
        hers = browser("198.51.100.4")
        hers.post(url, {"address": HERS, "password": GOOD})
        assert is_signed_in(hers)


def test_one_who_has_the_first_factor_and_guesses_the_second_keeps_her_out_of_nothing(town: Town) -> None:
    bruno = town.people["bruno"]
    hers = browser("198.51.100.4")
    set_up_application(bruno)
    now = dt.datetime.now(dt.UTC)
    with time_machine.travel(now, tick=False) as clock:
        sign_in(hers, bruno)
        hers.post(reverse("mfa_authenticate"), {"code": application_code()})
        hers.post(reverse("account_logout"))
        stranger = browser("203.0.113.9")
        sign_in(stranger, bruno)
        for _try in range(20):
            answer = stranger.post(reverse("mfa_authenticate"), {"code": "000000"})
        assert "several wrong codes" in answer.content.decode()
        clock.shift(31)
        sign_in(hers, bruno)
        hers.post(reverse("mfa_authenticate"), {"code": application_code()})
        assert is_signed_in(hers)


def test_passkeys_are_asked_for_as_often_as_an_agency_needs(db: None) -> None:
    """Nothing can be guessed there, and a limit by address would shut a whole agency out."""
    for _time in range(60):
        answer = browser("192.0.2.1").get(
            reverse("mfa_login_webauthn"), headers={"accept": "application/json"}
        )
        assert answer.status_code == 200


def test_where_strangers_ask_for_many_codes_a_code_is_longer(town: Town) -> None:
    spent(limits.CODES.account.free - 1, "code", "account", HERS)
    hers = browser("198.51.100.4")
    assert was_sent(ask(hers, HERS))
    code = mailed_code()
    assert len(code) == 8
    give(hers, wrong(code)[-6:])
    give(hers, code)
    assert is_signed_in(hers)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("limit", "ways"),
    [
        (limits.CODES, {"fr": "appelez-nous", "en": "call us"}),
        (limits.PASSWORDS, {"fr": "Demandez un code", "en": "Ask for a code"}),
        (limits.FACTORS, {"fr": "clé d’accès", "en": "passkey"}),
        (limits.HANDED, {"fr": "appelez-nous", "en": "call us"}),
    ],
)
def test_every_refusal_says_what_to_do_next(
    db: None, language: str, limit: Limit, ways: dict[str, str]
) -> None:
    request = RequestFactory().post("/")
    request.session = Client().session  # type: ignore[attr-defined]
    said: list[str] = []
    with translation.override(language):
        said += [limits.refusal(request, limit, "zoe@example.org") for _try in range(6)]
        spent(3_000, limit.name, "account", "lea@example.org")
        said.append(limits.refusal(request, limit, "lea@example.org"))
    assert said[0] == ""
    assert ways[language] in said[-1]
    assert "60 s" in said[-2]
    assert all(len(sentence.split()) <= 20 for one in said for sentence in one.split("."))


@pytest.mark.parametrize(
    ("one", "other", "are_same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("192.0.2.1", "192.0.2.2", False),
    ],
)
def test_an_ipv6_household_counts_as_one(one: str, other: str, are_same: bool) -> None:
    ask_from = RequestFactory().get
    assert (
        marks.network(ask_from("/", REMOTE_ADDR=one)) == marks.network(ask_from("/", REMOTE_ADDR=other))
    ) is are_same


def test_a_household_that_changes_its_address_counts_once_and_reports_an_ad_three_times(
    town: Town, settings: Any
) -> None:
    """Whoever reports after is thanked all the same; another household is written down."""
    settings.VISAVIS_API_PER_ADDRESS, url = 3, reverse("vacancies:report", args=[town.vacancy.pk])
    waits = []
    for number in range(1, 7):
        address = f"2001:db8::{number}"
        waits.append(of_programs.wait_s(RequestFactory().get("/", REMOTE_ADDR=address), None))
        assert Client(REMOTE_ADDR=address).post(url, {"why": "money"}).status_code == 302
    assert [bool(wait) for wait in waits] == [False] * 3 + [True] * 3
    assert town.vacancy.reports.count() == 3
    assert Client(REMOTE_ADDR="2001:db8:0:1::1").post(url, {"why": "money"}).status_code == 302
    assert town.vacancy.reports.count() == 4


def test_a_try_that_is_refused_by_one_share_is_counted_in_none(db: None) -> None:
    few, many = Share(1, 1, MINUTE), Share(9, 9, MINUTE)
    assert count([("few", few), ("many", many)]) is None
    assert count([("few", few), ("many", many)])
    assert Count.objects.get(key="many").number == 1


def spent(number: int, *parts: str) -> None:
    """Put a count as high as so many tries would."""
    Count.objects.update_or_create(
        key=marks.mark(*parts), defaults={"number": number, "since": dt.datetime.now(dt.UTC)}
    )


def test_a_code_on_paper_is_not_guessed_nor_is_an_employers(town: Town) -> None:
    told = {"name": "Zoé", "email": "zoe@agence.example", "role": Role.COUNSELLOR}
    invitation, code = team.invite(agency=town.agency, by=town.people["hugo"], **told)
    guesser, typed = browser("203.0.113.9"), {"email": "Zoe@agence.example"}
    for number in range(5):
        guesser.post(reverse("agencies:join"), typed | {"code": f"AAAAA-AAAA{number}"})
    page = guesser.post(reverse("agencies:join"), typed | {"code": code}).content.decode()
    assert "Look at the paper again" in page
    invitation.refresh_from_db()
    assert invitation.ended_at is None
    guesser = town.client("amelie")
    for _try in range(6):
        page = guesser.post(reverse("employers:join"), {"code": "AAAAA-AAAAA"}).content.decode()
    assert "Regardez encore le papier" in page and "n’est pas le bon" not in page


def test_a_count_that_another_takes_away_as_it_begins_is_begun_again(db: None) -> None:
    """Who proves to be right is forgiven what she tried, while her other tab is counting: it is no error."""
    taken: list[str] = []

    def forgiving(execute: Any, sql: str, *given: Any) -> Any:
        answer = execute(sql, *given)
        if sql.startswith("INSERT") and not taken:
            taken.append(sql)
            Count.objects.all().delete()
        return answer

    with connection.execute_wrapper(forgiving):
        assert count([("key", Share(free=3, most=5, window=MINUTE))]) is None
    assert taken and Count.objects.get().number == 1
