"""News leaves once, is tried again, and in the end is told by somebody; it knows no other app."""

import datetime as dt

import pytest
from django.core import mail
from django.db import IntegrityError
from django.urls import reverse

from tests import factories
from tests.personas import Town
from visavis.common import clock
from visavis.news import services, signs
from visavis.news.models import News
from visavis.people import delivery
from visavis.people.enums import Channel, Role
from visavis.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LETTER = services.Subject("letter", 7, "A letter of the agency", "/letters/7/")


def told(user: User) -> News:
    return services.tell(user=user, role=Role.JOBSEEKER, kind="came", subject=LETTER)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(user: User, **how: object) -> None:
        raise delivery.NotSent("the mail server is down")

    monkeypatch.setattr(delivery, "tell_of_news", refuse)


def test_it_leaves_after_the_commit_and_says_nothing_or_waits_for_somebody(
    django_capture_on_commit_callbacks: object,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        row = told(factories.UserFactory())
        assert not mail.outbox
    row.refresh_from_db()
    assert (row.state, row.tries, row.told_at is not None) == (News.State.SENT, 1, True)
    assert len(mail.outbox) == 1
    assert "letter" not in mail.outbox[0].body + mail.outbox[0].subject
    for channel in (Channel.PHONE, Channel.POST, Channel.COUNTER):
        row = told(factories.UserFactory(channel=channel))
        assert (row.state, services.send(row.pk)) == (News.State.TO_TELL, False)
    with pytest.raises(IntegrityError):
        factories.NewsFactory(state=News.State.SENT)


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.PHONE])
def test_nobody_writes_to_who_closed_her_account_until_she_comes_back(town: Town, channel: Channel) -> None:
    amelie, bruno = town.people["amelie"], town.people["bruno"]
    amelie.channel, amelie.phone = channel, "+33612349876"
    amelie.save()
    row = told(amelie)
    News.objects.update(at=clock.now() - dt.timedelta(hours=3))
    User.objects.filter(pk=amelie.pk).update(is_active=False)
    assert (services.send(row.pk), services.send_what_waits()) == (False, 0)
    assert not mail.outbox and not News.objects.to_do_by(bruno).exists()
    assert signs.messages().level == "well", "what waits for her is no fault of the mail server"
    User.objects.filter(pk=amelie.pk).update(is_active=True)
    assert services.send_what_waits() or list(News.objects.to_do_by(bruno)) == [row]


def test_what_somebody_is_sending_is_left_to_him_until_he_has_stopped() -> None:
    now = clock.now()
    row = factories.NewsFactory(to_send=True)
    assert (services.send(row.pk), services.send(row.pk)) == (True, False)
    assert len(mail.outbox) == 1
    claimed = factories.NewsFactory(to_send=True, tries=1, claimed_at=now)
    handed = factories.NewsFactory(to_send=True, tries=1, claimed_at=now, handed_at=now)
    last = factories.NewsFactory(to_send=True, tries=News.MOST_TRIES, claimed_at=now)
    assert services.send_what_waits() == 0
    with clock.moved(now + News.CLAIM + dt.timedelta(seconds=1)):
        assert services.send_what_waits() == 1
    for one in (claimed, handed, last):
        one.refresh_from_db()
    assert (claimed.state, claimed.tries) == (News.State.SENT, 2)
    assert (handed.state, last.state) == (News.State.UNKNOWN, News.State.FAILED)
    assert len(mail.outbox) == 2


@pytest.mark.usefixtures("broken")
def test_after_five_tries_somebody_has_to_call_or_write(town: Town) -> None:
    row = factories.NewsFactory(to_send=True, user=town.people["amelie"])
    for number in range(1, News.MOST_TRIES + 1):
        assert News.objects.get().state == News.State.WAITING
        assert services.send_what_waits() == 0
        assert News.objects.get().tries == number
    assert services.send_what_waits() == 0
    row.refresh_from_db()
    assert (row.state, row.tries) == (News.State.FAILED, News.MOST_TRIES)
    assert "Amélie" in town.client("bruno").get(reverse("news:to_tell")).content.decode()


@pytest.mark.parametrize(
    ("error", "state", "tries"),
    [(delivery.NotReached(""), News.State.WAITING, 0), (delivery.MaybeSent(), News.State.UNKNOWN, 1)],
)
def test_what_was_not_reached_is_tried_again_and_what_may_have_left_is_told(
    error: Exception, state: str, tries: int, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(user: User, **how: object) -> None:
        raise error

    row = factories.NewsFactory(to_send=True, user=town.people["amelie"])
    with monkeypatch.context() as patch:
        patch.setattr(delivery, "tell_of_news", fail)
        assert not services.send(row.pk)
    row.refresh_from_db()
    assert (row.state, row.tries) == (state, tries)
    assert services.send_what_waits() == (state == News.State.WAITING)
    shown = town.client("bruno").get(reverse("news:to_tell")).content.decode()
    assert ("nous ne savons pas s’il est arrivé" in shown) is (state == News.State.UNKNOWN)


def test_where_nobody_answers_for_a_day_somebody_tells_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(user: User, **how: object) -> None:
        raise delivery.NotReached("")

    row = factories.NewsFactory(to_send=True)
    monkeypatch.setattr(delivery, "tell_of_news", fail)
    with clock.moved(row.at + News.PATIENCE + dt.timedelta(seconds=1)):
        services.send(row.pk)
    row.refresh_from_db()
    assert row.state == News.State.FAILED


def test_a_counsellor_tells_those_he_follows_and_any_employer_and_who_told_it_first_is_kept(
    town: Town,
) -> None:
    her, other = town.people["amelie"], town.people["gael"]
    hers = factories.NewsFactory(user=her)
    employers = factories.NewsFactory(user=town.people["chloe"], role=Role.EMPLOYER)
    others = factories.NewsFactory(user=other)
    factories.NewsFactory(user=her, to_send=True)
    assert set(News.objects.to_do_by(town.people["bruno"])) == {hers, employers}
    assert set(News.objects.to_do_by(town.people["dario"])) == {others, employers}
    assert not News.objects.to_do_by(town.people["rosa"]).exists()
    row = factories.NewsFactory()
    for name in ("bruno", "dario"):
        services.note_told(news=row, by=town.people[name])
    row.refresh_from_db()
    assert (row.state, row.told_by) == (News.State.TOLD, town.people["bruno"])
