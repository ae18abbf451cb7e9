"""A row with the act, sent by the worker, signed, tried again, turned off when nobody answers."""

import base64
import datetime as dt
import hashlib
import hmac
import json
from typing import Any

import pytest
import time_machine
from django.db import transaction
from pytest_django import Settings

from tests.personas import Town
from tests.webhooks.receiver import Receiver
from visavis.common import clock, outside
from visavis.introductions import services as introductions
from visavis.journal.models import Entry
from visavis.news.models import News
from visavis.vacancies import services as vacancies
from visavis.webhooks import sending, services
from visavis.webhooks.models import Delivery, Endpoint

NOW = dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC)


def close(town: Town) -> None:
    vacancies.close(vacancy=town.vacancy, is_filled=False, by=town.people["chloe"])


def is_signed(secret: str, headers: dict[str, str], body: str) -> bool:
    """Check a signature as a receiver would, by the specification alone."""
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body}".encode()
    key = base64.b64decode(secret.removeprefix("whsec_"))
    wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return f"v1,{wanted}" in headers["webhook-signature"].split(" ")


def test_a_change_is_told_with_its_numbers_and_signed_by_a_secret_that_does_not_rest_readable(
    town: Town, made: tuple[Endpoint, str], receiver: Receiver
) -> None:
    close(town)
    assert not receiver.got, "nothing leaves in a request"
    assert sending.send_due() >= 1
    headers, body = receiver.got[0]
    told = json.loads(body)
    assert told["type"] == "vacancy.changed"
    assert told["data"]["vacancy"] == town.vacancy.pk
    assert told["data"]["state"] == "closed"
    assert is_signed(made[1], headers, body)
    assert not is_signed("whsec_" + base64.b64encode(b"another").decode(), headers, body)
    assert not is_signed(made[1], headers, body + " ")
    endpoint, secret = made
    assert secret not in str(Endpoint.objects.filter(pk=endpoint.pk).values().get())
    assert secret.removeprefix("whsec_") not in endpoint.secret


def test_a_step_of_an_introduction_is_told_and_nobody_is_named(
    town: Town, endpoint: Endpoint, receiver: Receiver
) -> None:
    theirs, _secret = services.make(
        agency=town.other_agency, by=town.people["hugo"], address=receiver.address, tells_introductions=True
    )
    introductions.want(jobseeker=town.jobseeker, vacancy=town.vacancy, by=town.people["amelie"])
    assert not theirs.deliveries.exists(), "another agency is not told of her"
    sending.send_due()
    told = [json.loads(body) for _headers, body in receiver.got]
    steps = [one["data"] for one in told if one["type"] == "introduction.moved"]
    assert steps and set(steps[0]) == {"introduction", "vacancy", "version", "act", "state"}
    sent = " ".join(body for _headers, body in receiver.got)
    assert "Amélie" not in sent and "amelie" not in sent and town.vacancy.title not in sent


def test_what_is_undone_or_was_not_chosen_is_not_told(town: Town, endpoint: Endpoint) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        close(town)
        assert Delivery.objects.exists()
        raise RuntimeError
    assert not Delivery.objects.exists()
    Endpoint.objects.update(tells_vacancies=False)
    close(town)
    assert not Delivery.objects.filter(kind="vacancy.changed").exists()


def test_who_fails_is_tried_again_with_growing_pauses_under_one_key(
    town: Town, endpoint: Endpoint, receiver: Receiver
) -> None:
    receiver.status = 500
    with time_machine.travel(NOW, tick=False) as clocked:
        close(town)
        tried = []
        for pause in (*sending.PAUSES, dt.timedelta(days=1)):
            sending.send_due()
            tried.append(len(receiver.got))
            sending.send_due()
            assert len(receiver.got) == tried[-1], "it is not tried before its pause is over"
            clocked.shift(pause)
    row = Delivery.objects.get(kind="vacancy.changed")
    assert (row.state, row.tries, row.answered, row.why) == ("failed", 10, 500, "status")
    assert len({headers["webhook-id"] for headers, _body in receiver.got}) == 1
    assert len({headers["webhook-timestamp"] for headers, _body in receiver.got}) == 10


def test_after_five_days_it_is_turned_off_and_the_head_is_told(
    town: Town, endpoint: Endpoint, receiver: Receiver
) -> None:
    receiver.status = 503
    with time_machine.travel(NOW, tick=False) as clocked:
        close(town)
        sending.send_due()
        clocked.shift(dt.timedelta(days=4, hours=23))
        sending.send_due()
        assert Endpoint.objects.on().exists()
        clocked.shift(dt.timedelta(days=2))
        sending.send_due()
    endpoint.refresh_from_db()
    assert endpoint.off_why == "failing"
    assert News.objects.filter(user=town.people["hugo"], thing="webhook", kind="off").exists()
    assert Entry.objects.filter(thing="webhook", note="off:failing", actor_id=None).exists()
    before = Delivery.objects.count()
    closes_on = clock.today() + dt.timedelta(days=9)
    vacancies.publish(vacancy=town.vacancy, closes_on=closes_on, by=town.people["chloe"])
    assert Delivery.objects.count() == before, "who is off is told nothing"


def test_a_redirect_is_not_followed_and_who_says_gone_is_turned_off_at_once(
    town: Town, endpoint: Endpoint, receiver: Receiver
) -> None:
    receiver.status, receiver.location = 307, receiver.address.replace("/told", "/secret")
    with time_machine.travel(NOW, tick=False) as clocked:
        close(town)
        sending.send_due()
        assert len(receiver.got) == 1
        assert Delivery.objects.filter(why="redirect", answered=307).count() == 1
        receiver.status = 410
        clocked.shift(sending.PAUSES[0])
        sending.send_due()
    endpoint.refresh_from_db()
    assert endpoint.off_why == "gone"


def test_who_is_slow_is_given_up_and_holds_nobody_else_up(
    town: Town, endpoint: Endpoint, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "TIME_OUT_S", 0.3)
    receiver.waits_s = 60
    close(town)
    services.try_out(endpoint=endpoint, by=town.people["hugo"])
    sending.send_due()
    assert len(receiver.got) == 1, "after one that failed the program rests"
    assert set(Delivery.objects.exclude(why="").values_list("why", flat=True)) == {"late"}


def test_one_who_fails_keeps_nothing_from_another(town: Town, endpoint: Endpoint, receiver: Receiver) -> None:
    nobody = "http://127.0.0.1:9/"
    services.make(agency=town.other_agency, by=town.people["hugo"], address=nobody, tells_vacancies=True)
    close(town)
    sending.send_due()
    states = Delivery.objects.filter(kind="vacancy.changed").values_list("endpoint", "state")
    assert dict(states)[endpoint.pk] == "sent"
    assert sorted(state for _endpoint, state in states) == ["sent", "waiting"]


def test_without_the_operators_word_nothing_goes_to_this_machine(
    town: Town, endpoint: Endpoint, receiver: Receiver, settings: Settings
) -> None:
    settings.VISAVIS_WEBHOOKS_PRIVATE = []
    close(town)
    sending.send_due()
    assert not receiver.got
    assert Delivery.objects.filter(why="private").exists()
    # What was told a month ago is over.
    assert not sending.over(clock.now() + dt.timedelta(days=29)).exists()
    assert sending.over(clock.now() + dt.timedelta(days=31)).count() == Delivery.objects.count()


def test_the_former_secret_signs_for_a_day_more(
    town: Town, made: tuple[Endpoint, str], receiver: Receiver
) -> None:
    endpoint, former = made
    with time_machine.travel(NOW, tick=False) as clocked:
        new = services.rotate(endpoint=endpoint, by=town.people["hugo"])
        services.try_out(endpoint=endpoint, by=town.people["hugo"])
        sending.send_due()
        assert is_signed(former, *receiver.got[-1]) and is_signed(new, *receiver.got[-1])
        clocked.shift(dt.timedelta(days=1, seconds=1))
        services.try_out(endpoint=endpoint, by=town.people["hugo"])
        sending.send_due()
    assert not is_signed(former, *receiver.got[-1])
    assert is_signed(new, *receiver.got[-1])


def test_a_secret_of_a_key_that_is_gone_holds_nobody_else_up(
    town: Town, endpoint: Endpoint, receiver: Receiver, settings: Settings
) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key of the site, long enough", []
    services.make(agency=town.agency, by=town.people["hugo"], address=receiver.address, tells_vacancies=True)
    close(town)
    assert sending.send_due() == len(receiver.got) == 1
    assert set(endpoint.deliveries.values_list("state", "why")) == {("waiting", "secret")}
    new = services.rotate(endpoint=endpoint, by=town.people["hugo"])
    services.turn_on(endpoint=endpoint, by=town.people["hugo"])
    sending.send_due()
    assert is_signed(new, *receiver.got[-1])
    assert not endpoint.deliveries.exclude(state="sent").exists()


def test_two_workers_send_it_once_and_it_can_be_sent_again_under_the_same_key(
    town: Town, endpoint: Endpoint, receiver: Receiver
) -> None:
    """The second worker looks while the first is sending."""
    close(town)
    seen: list[Any] = []
    real = sending.post

    def post(*told: Any) -> int:
        seen.append(sending.send_due())
        return real(*told)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sending, "post", post)
        sending.send_due()
    keys = [headers["webhook-id"] for headers, _body in receiver.got]
    assert len(keys) == len(set(keys))
    row = Delivery.objects.filter(state="sent")[0]
    services.send_again(delivery=row, by=town.people["hugo"])
    sending.send_due()
    keys = [headers["webhook-id"] for headers, _body in receiver.got]
    assert keys.count(row.key) == 2


def test_what_a_worker_that_died_had_taken_is_sent_by_another(
    town: Town, endpoint: Endpoint, receiver: Receiver
) -> None:
    close(town)
    row = Delivery.objects.due()[0]
    assert sending.claim(row.pk)
    assert row.pk not in Delivery.objects.due().values_list("pk", flat=True)
    with time_machine.travel(clock.now() + Delivery.CLAIM + dt.timedelta(seconds=1)):
        sending.send_due()
    assert row.key in [headers["webhook-id"] for headers, _body in receiver.got]
