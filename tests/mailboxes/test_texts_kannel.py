"""Through a real gateway (Kannel, and the network that it feigns): out, what became of it, in, and a gateway gone or
hanging."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests.mailboxes.kannel import OUR_NUMBER, PASSWORD, TOKEN, USER, Asked, Kannel, running
from tests.personas import Town
from visavis.mailboxes.enums import Way
from visavis.mailboxes.mail import filing
from visavis.mailboxes.models import Incoming, Message
from visavis.news import services as news
from visavis.news.models import News
from visavis.people import delivery, gsm, sms
from visavis.people.enums import Channel
from visavis.people.models import User

pytestmark = pytest.mark.django_db
NUMBER = "+33612345678"


@pytest.fixture(scope="module")
def kannel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kannel]:
    with running(tmp_path_factory.mktemp("sms")) as found:
        yield found


@pytest.fixture
def her(town: Town, kannel: Kannel, settings: Any) -> User:
    settings.SMS_GATEWAY = "visavis.people.sms.KannelGateway"
    settings.SMS_URL, settings.SMS_USER, settings.SMS_TOKEN = kannel.url, USER, PASSWORD
    settings.SMS_IN_TOKEN = TOKEN
    settings.SITE_URL = f"http://127.0.0.1:{kannel.site.port}"
    person = town.people["amelie"]
    person.phone, person.channel, person.email = NUMBER, Channel.SMS, None
    person.save()
    delivery.RESTS_UNTIL.clear()
    return person


def hand_in(asked: Asked) -> int:
    """Hand a request of Kannel's to the site, as it came."""
    headers = {name: value for name, value in asked.headers.items() if not name.startswith("Content-")}
    method = {"GET": Client().get, "POST": Client().post}[asked.method]
    kind = {"data": asked.body, "content_type": asked.headers.get("Content-Type", "")} if asked.body else {}
    answer = method(asked.path, headers=headers, **kind)  # type: ignore[operator]
    filing.file_what_waits()
    return int(answer.status_code)


def tell(town: Town, her: User) -> News:
    subject = news.Subject("thread", town.thread.pk, "Un message", "/")
    return news.tell(user=her, role="jobseeker", kind="written", subject=subject)  # type: ignore[arg-type]


def test_news_reach_her_phone_as_one_and_the_gateway_says_so(town: Town, her: User, kannel: Kannel) -> None:
    before = len(kannel.site.asked)
    row = tell(town, her)
    assert news.send(row.pk)
    row.refresh_from_db()
    assert row.state == News.State.SENT and OUR_NUMBER in kannel.received(NUMBER)
    kannel._wait(lambda: len(kannel.site.asked) > before, "nothing was told of the message")
    told = kannel.site.asked[before]
    assert news.number_of(row) in told.path and NUMBER not in told.path
    assert hand_in(told) == 202
    row.refresh_from_db()
    assert row.state == News.State.SENT
    # The same place, where it says that the message did not arrive.
    failed = Asked("GET", told.path.rpartition("=")[0] + "=2", told.headers, b"")
    assert hand_in(failed) == 202
    row.refresh_from_db()
    assert row.state == News.State.FAILED


def test_only_the_provider_tells_its_fate(town: Town, her: User, monkeypatch: pytest.MonkeyPatch) -> None:
    row = tell(town, her)
    News.objects.filter(pk=row.pk).update(state=News.State.SENT, told_at=row.at)
    for asked in ("", "Basic a2FubmVsOng=", "Bearer x", "Basic ###"):
        said = Asked("GET", f"/sms/state/?id={news.number_of(row)}&state=2", {"Authorization": asked}, b"")
        assert hand_in(said) == 404
    assert news.numbered(f"news-{row.pk}-20000101000000") is None
    row.refresh_from_db()
    assert row.state == News.State.SENT
    row = tell(town, her)

    def at_once(self: object, to: str, text: str, number: str = "") -> None:
        found = news.numbered(number)
        assert found is not None
        news.came_back(found)

    monkeypatch.setattr(sms.KannelGateway, "send", at_once)
    news.send(row.pk)
    row.refresh_from_db()
    assert row.state == News.State.FAILED


def test_an_answer_comes_in_with_its_words_once_and_by_token_only(her: User, kannel: Kannel) -> None:
    asked = kannel.answer(NUMBER, "Je viens à 9h, ça va")
    assert NUMBER not in urlsplit(asked.path).query
    assert hand_in(Asked(asked.method, asked.path, asked.headers | {"Authorization": ""}, asked.body)) == 404
    assert [hand_in(asked), hand_in(asked)] == [202, 202]
    message = Message.objects.filter(way=Way.SMS).get()
    assert message.body == "Je viens à 9h, ça va" and message.author == her
    assert Incoming.objects.count() == 1


@pytest.mark.parametrize("text", ["é" * 160, "€" * 80, "ê" * 70])
def test_one_message_is_one_also_for_the_gateway(her: User, kannel: Kannel, text: str) -> None:
    """Our count is the gateway's: what we call one, it sends as one."""
    assert gsm.parts(text) == 1
    before = kannel.log("bearerbox").count("Sent SMS")
    sms.gateway().send("+33699999999", text, "")
    kannel._wait(lambda: kannel.log("phones").count("33699999999") > 0, "no phone shows it")
    assert gsm.parts(text + text[0]) == 2
    assert kannel.log("bearerbox").count("Sent SMS") - before <= 1


def test_a_gateway_that_hangs_leaves_it_to_somebody_and_sends_nothing_twice(
    town: Town, her: User, kannel: Kannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sms, "TIME_OUT_S", 0.5)
    row = tell(town, her)
    with kannel.hanging():
        assert not news.send(row.pk)
    row.refresh_from_db()
    assert row.state == News.State.UNKNOWN
    assert not news.send(row.pk)


def test_what_is_refused_fails_and_who_is_gone_is_tried_again(town: Town, her: User, settings: Any) -> None:
    settings.SMS_TOKEN = "falsch"
    with pytest.raises(sms.SmsFailed):
        sms.gateway().send(NUMBER, "Bonjour", "")
    settings.SMS_URL = "http://127.0.0.1:9/cgi-bin/sendsms"
    row = tell(town, her)
    assert not news.send(row.pk)
    row.refresh_from_db()
    assert (row.state, row.claimed_at, row.handed_at) == (News.State.WAITING, None, None)
