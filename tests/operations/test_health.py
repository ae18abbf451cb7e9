"""Whether all of it is alive, for machines and for the head."""

import datetime as dt
import hashlib
import hmac
import time

import pytest
from django.conf import settings
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from tests.personas import Town
from visavis.common import clock, signs
from visavis.news.models import News
from visavis.operations.health import machine
from visavis.operations.models import Beat, beat
from visavis.people.enums import Channel, Role

pytestmark = pytest.mark.django_db


def proof(mark: str = "0123456789abcdef", *, key: str | None = None, age_s: int = 0) -> str:
    when = str(int(time.time()) - age_s)
    secret = (key or settings.SECRET_KEY).encode()
    return f"{when}.{mark}.{hmac.new(secret, f'seen:{when}:{mark}'.encode(), hashlib.sha256).hexdigest()}"


def test_a_process_that_answers_is_alive_and_ready_tells_levels_and_nothing_else(client: Client) -> None:
    answer = client.get("/health/live")
    assert (answer.status_code, answer.content) == (200, b"alive\n")
    assert "no-cache" in answer["Cache-Control"]
    # Without a worker it is not ready.
    assert client.get("/health/ready").status_code == 503
    Beat.objects.create(part="worker", at=clock.now() - dt.timedelta(minutes=20))
    assert client.get("/health/ready").json()["worker"] == "wrong"
    beat("worker")
    beat("backup")
    answer = client.get("/health/ready")
    parts = "database disk worker backup drill retention unreached night messages mail_in channels_in"
    assert set(answer.json()) == {*parts.split(), "scanner", "live", "paper_in", "relay"}
    assert set(answer.json().values()) <= {"well", "look", "wrong"} and answer.status_code == 200


def test_a_message_that_does_not_leave_is_seen(town: Town, client: Client) -> None:
    beat("worker")
    news = News.objects.create(
        user=town.people["amelie"], role=Role.JOBSEEKER, kind="x", thing="x", thing_id=1, title="", link="/",
        channel=Channel.WEB, state=News.State.WAITING, at=clock.now() - dt.timedelta(hours=3),
    )  # fmt: skip
    assert client.get("/health/ready").json()["messages"] == "wrong"
    News.objects.filter(pk=news.pk).update(state=News.State.SENT, told_at=clock.now())
    assert client.get("/health/ready").json()["messages"] == "well"


def test_a_sign_that_fails_is_wrong_and_the_others_are_asked(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> signs.Sign:
        raise RuntimeError("a secret")

    monkeypatch.setitem(signs.SIGNS, "broken", broken)
    answer = client.get("/health/ready")
    assert answer.json()["broken"] == "wrong" and answer.json()["database"] == "well"
    assert b"secret" not in answer.content
    # A full disk is seen.
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _folder: type("Usage", (), {"free": 1 << 20}))
    assert machine.disk().level == "wrong"


def test_what_the_proxy_lets_through_is_told_to_who_knows_the_key_and_to_nobody_else(client: Client) -> None:
    first = client.get("/health/seen", headers={"X-Visavis-Check": proof()}).json()
    again = client.get("/health/seen", headers={"X-Visavis-Check": proof()}).json()
    assert (first["known"], again["known"]) == (False, True)
    assert first["secure"] is False and first["address"] == "127.0.0.1"
    for given in ("", "1.2.3", proof(key="another"), proof(age_s=120), "é" * 90):
        assert client.get("/health/seen", headers={"X-Visavis-Check": given}).status_code == 404


def test_figures_need_the_token(client: Client, settings: pytest.FixtureRequest) -> None:
    assert client.get("/health/metrics").status_code == 404
    settings.VISAVIS_METRICS_TOKEN = "a token"  # type: ignore[attr-defined]
    assert client.get("/health/metrics").status_code == 404
    assert client.get("/health/metrics", headers={"Authorization": "Bearer another"}).status_code == 404
    text = client.get("/health/metrics", headers={"Authorization": "Bearer a token"}).content.decode()
    assert 'visavis_sign{part="database"} 0' in text and "visavis_vacancies_open 0" in text
    read = list(text_string_to_metric_families(text))
    assert all(one.type == "gauge" and one.documentation and one.samples for one in read)
    figures = {one.name: one for one in read}
    assert len(figures) == len(read) and {"visavis_sign", "visavis_news_untold"} <= set(figures)
    assert {one.labels["part"] for one in figures["visavis_sign"].samples} == set(signs.SIGNS)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_head_reads_it_in_words(town: Town, language: str) -> None:
    beat("worker")
    hugo = town.people["hugo"]
    hugo.language = language
    hugo.save(update_fields=["language"])
    page = town.client("hugo").get("/service/").content.decode()
    assert {"fr": "Tout fonctionne-t-il", "en": "Is everything running"}[language] in page
    assert {"fr": "La base de données", "en": "The database"}[language] in page


def test_what_does_not_run_waits_for_the_head(town: Town) -> None:
    told = "Une partie du service ne fonctionne pas."
    assert told in town.client("hugo").get("/home/").content.decode()
    beat("worker")
    assert told not in town.client("hugo").get("/home/").content.decode()
