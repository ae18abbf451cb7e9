"""New openings are told once, by her channel, until she stops it; reception keeps a search too."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from tests import factories
from tests.personas import Town
from visavis.common import clock, keeping
from visavis.journal.models import Entry
from visavis.news.models import News
from visavis.people.enums import Channel
from visavis.people.models import User
from visavis.searches.alerts import rounds, services, telling
from visavis.searches.asked import Asked
from visavis.searches.models import Alert, Announced, Round
from visavis.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db

DAILY, WEEKLY = Alert.Rhythm.DAILY, Alert.Rhythm.WEEKLY
BAKER = Asked(words="boulanger")


def keep(user: User, asked: Asked = BAKER, rhythm: Alert.Rhythm = DAILY, by: User | None = None) -> Alert:
    return services.make(user=user, asked=asked, rhythm=rhythm, by=by or user)


def comes(title: str = "Boulanger de nuit", **more: Any) -> Vacancy:
    vacancy = factories.VacancyFactory(title=title, **more)
    rounds.announce()
    return vacancy


def after(days: int) -> Any:
    """Move to ten o'clock, some days later."""
    later = clock.local() + dt.timedelta(days=days)
    return clock.moved(later.replace(hour=10))


def day(days: int = 1) -> Round:
    """Let the sweep of a later day do its round."""
    with after(days):
        rounds.sweep()
        return Round.objects.filter(day=clock.today()).first() or Round()


@pytest.fixture
def amelie(town: Town) -> User:
    return town.people["amelie"]


def looks(town: Town, does: bool) -> None:
    town.jobseeker.is_looking = does
    town.jobseeker.save()


def told() -> int:
    return News.objects.filter(thing=Alert.THING).count()


@pytest.mark.database
def test_what_was_open_before_is_not_news_and_what_comes_is_told_once(amelie: User) -> None:
    comes("Boulanger d'hier")
    alert = keep(amelie)
    new, _other = comes(), comes("Couvreur", occupation=None)
    assert day(1).told == 1
    alert.refresh_from_db()
    assert alert.told == [new.pk] and alert.told_at
    assert News.objects.get(thing=Alert.THING).state == News.State.SENT
    # One that closes and opens again is not new again.
    Vacancy.objects.filter(pk=new.pk).update(state="closed")
    day(2)
    Vacancy.objects.filter(pk=new.pk).update(state="open")
    day(3)
    assert told() == 1


def test_a_weekly_search_waits_for_its_day_and_the_eleventh_is_refused(amelie: User) -> None:
    alert = keep(amelie, rhythm=WEEKLY)
    first = comes()
    day(1)
    with after(3):
        second = comes("Boulanger de jour")
    assert told() == 0
    day(7)
    alert.refresh_from_db()
    assert set(alert.told) == {first.pk, second.pk}
    keep(amelie)
    assert keep(amelie, rhythm=WEEKLY).rhythm == WEEKLY
    for number in range(9):
        keep(amelie, Asked(words=f"métier {number}"))
    with pytest.raises(services.TooMany):
        keep(amelie, Asked(words="de trop"))
    assert Alert.objects.filter(user=amelie).count() == 10


def test_who_looks_for_nothing_or_stopped_is_told_of_what_is_open_when_she_goes_on(
    amelie: User, town: Town
) -> None:
    alert = keep(amelie)
    looks(town, False)
    comes()
    day(1)
    looks(town, True)
    services.stop(alert=alert, by=amelie)
    day(2)
    # What began again tells only what comes from then on.
    alert.refresh_from_db()
    services.change(alert=alert, rhythm=DAILY, by=amelie)
    assert (day(3).told, told()) == (0, 0)
    keep(amelie, Asked(words="nuit"))
    looks(town, False)
    with after(3):
        comes("Boulanger encore")
    day(4)
    looks(town, True)
    assert day(5).told == 1


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.database
def test_a_round_killed_in_the_middle_goes_on_and_tells_nobody_twice(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    people = factories.UserFactory.create_batch(6)
    for user in people:
        keep(user)
    comes()
    monkeypatch.setattr(rounds, "AT_ONCE", 2)
    whole, times = rounds.keep, []

    def killed(*given: Any) -> int:
        times.append(1)
        if len(times) == 2:
            # The rows of the second batch are written, and the commit never comes.
            with rounds.transaction.atomic():
                whole(*given)
                raise Killed
        return whole(*given)

    with after(1):
        rounds.announce()
        row = Round.objects.create()
        monkeypatch.setattr(rounds, "keep", killed)
        with pytest.raises(Killed):
            rounds.work_on(row.pk)
        assert told() == 2
        Round.objects.update(moved_at=clock.now() - dt.timedelta(hours=1))
        rounds.sweep()
        row.refresh_from_db()
    assert row.state == Round.State.DONE and row.told == row.done == row.total == 6
    users = News.objects.filter(thing=Alert.THING).values_list("user", flat=True)
    assert sorted(users) == sorted(user.pk for user in people)


@pytest.mark.database
def test_two_rounds_at_once_tell_once(amelie: User, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(amelie)
    comes()
    whole = rounds.keep

    def overtaken(batch: Any, until: Any, today: Any) -> int:
        monkeypatch.setattr(rounds, "keep", whole)
        rounds.look_through(Round.objects.create(day=clock.today() + dt.timedelta(days=1)).pk)
        return whole(batch, until, today)

    monkeypatch.setattr(rounds, "keep", overtaken)
    day(1)
    assert told() == 1


def test_whom_a_person_tells_is_told_once_a_week_at_most(amelie: User) -> None:
    keep(amelie)
    amelie.channel = Channel.PHONE
    amelie.save()
    comes()
    day(1)
    with after(1):
        comes("Boulanger encore")
    day(2)
    assert [row.state for row in News.objects.filter(thing=Alert.THING)] == [News.State.TO_TELL]
    for channel in (Channel.PHONE, Channel.POST, Channel.COUNTER):
        amelie.channel = channel
        amelie.save()
        assert keep(amelie, Asked(words=f"nuit {channel}")).rhythm == WEEKLY


def test_a_counsellor_keeps_one_for_her_and_it_is_written_down(amelie: User, town: Town) -> None:
    here = reverse("searches:alert_new_of", kwargs={"jobseeker_id": town.jobseeker.pk})
    town.client("bruno").post(f"{here}?q=boulanger", {"rhythm": "daily"})
    alert = Alert.objects.get(user=amelie)
    assert alert.by == town.people["bruno"] and alert.asked.words == "boulanger"
    assert Entry.objects.filter(thing=Alert.THING, action="created", person_id=amelie.pk).exists()


def test_a_message_says_nothing_of_the_search_and_its_link_stops_hers_alone(amelie: User, town: Town) -> None:
    alert = keep(amelie)
    keep(amelie, Asked(words="nuit"))
    comes()
    day(1)
    # One message a person, whatever the number of searches.
    [message] = mail.outbox
    assert told() == 1
    assert "oulang" not in f"{message.subject} {message.body}"
    link = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link in message.body
    path = link.split("//", 1)[1].partition("/")[2]
    visitor = town.client("visitor")
    assert visitor.get(f"/{path}").status_code == 200
    alert.refresh_from_db()
    assert alert.stopped_at is None, "to open a link changes nothing"
    # As a mail program does it: no cookie, no token of a form.
    assert visitor.post(f"/{path}", {"List-Unsubscribe": "One-Click"}).status_code == 200
    alert.refresh_from_db()
    assert alert.stopped_at is not None
    alert, other = keep(amelie), keep(town.people["gael"])
    sign = telling.stop_url(telling.news_of([alert])).split("/")[-2]
    services.stop_all(user_id=telling.who_stops(sign) or 0)
    alert.refresh_from_db(), other.refresh_from_db()
    assert alert.stopped_at and not other.stopped_at
    assert telling.who_stops("1:abc") is None and telling.who_stops("") is None


def test_what_is_new_waits_on_her_home_but_not_before_seven(amelie: User, town: Town) -> None:
    alert, vacancy = keep(amelie), comes()
    with clock.moved((clock.local() + dt.timedelta(days=1)).replace(hour=6)):
        rounds.sweep()
    assert not Round.objects.exists()
    with after(1):
        rounds.sweep()
        client, url = town.client("amelie"), reverse("searches:alert", kwargs={"alert_id": alert.pk})
        cards = client.get(url).context["openings"]
        assert [card["title"] for card in cards] == [vacancy.title]
        assert url in client.get(reverse("portal:home")).content.decode()


@pytest.mark.database
def test_what_is_stopped_and_what_was_told_is_forgotten_in_time(amelie: User) -> None:
    alert = keep(amelie)
    comes()
    day(1)
    services.stop(alert=alert, by=amelie)
    with after(100):
        gone = {"news of new openings": 1, "rounds through the searches": 1}
        assert gone.items() <= keeping.forget().items()
        assert Alert.objects.exists()
    with after(200):
        assert keeping.forget()["searches stopped long ago"] == 1
    assert Announced.objects.exists()


def test_filters_and_her_own_limits_count_and_what_only_touches_on_the_words_is_not_told(
    amelie: User, town: Town
) -> None:
    town.jobseeker.contracts = ["seasonal"]
    town.jobseeker.save()
    plain, limited = keep(amelie), keep(amelie, BAKER.but(in_limits=True))
    filtered = keep(amelie, BAKER.but(contracts=("seasonal",)))
    one, allowed = comes(contract="permanent"), comes(contract="seasonal")
    words = "Dans une boulangerie, vous servez les clients."
    comes("Vendeuse", description=words, occupation=None, contract="seasonal")
    day(1)
    for alert, found in ((plain, {one.pk, allowed.pk}), (limited, {allowed.pk}), (filtered, {allowed.pk})):
        alert.refresh_from_db()
        assert set(alert.told) == found


def here(town: Town) -> str:
    return reverse("searches:alert_counter", kwargs={"jobseeker_id": town.jobseeker.pk})


def test_reception_keeps_a_search_by_her_channel_and_it_is_written_down(town: Town) -> None:
    amelie = town.jobseeker.user
    type(amelie).objects.filter(pk=amelie.pk).update(channel=Channel.PHONE)
    page = town.client("rosa").get(here(town)).content.decode()
    assert "Téléphone" in page or "Appel" in page
    said = {"q": "boulanger", "place": "Valence (26000)", "rhythm": "weekly"}
    town.client("rosa").post(here(town), said)
    alert = Alert.objects.get(user=amelie)
    assert alert.by == town.people["rosa"] and alert.rhythm == Alert.Rhythm.WEEKLY
    assert (alert.asked.words, alert.asked.commune) == ("boulanger", "26362")
    written = Entry.objects.filter(person_id=amelie.pk, actor_id=town.people["rosa"].pk)
    assert {"created", "read"} <= set(written.values_list("action", flat=True))


def test_reception_reads_none_of_her_searches_and_what_cannot_be_kept_says_what_to_do(town: Town) -> None:
    for said, told in (
        ({}, "l’un des deux suffit"),
        ({"q": "boulanger", "place": "Zzyzxville"}, "Nous ne connaissons"),
        ({"q": "b" * 251}, "250"),
    ):
        page = town.client("rosa").post(here(town), said | {"rhythm": "weekly"}).content.decode()
        assert told in page and not Alert.objects.exists()
        assert all(value in page for value in said.values())
    Alert.objects.create(user=town.jobseeker.user, params=[["q", "astronaute"]])
    assert "astronaute" not in town.client("rosa").get(here(town)).content.decode()
    assert not Alert.objects.visible_to(town.people["rosa"]).exists()
    assert town.client("rosa").get(f"/people/{town.jobseeker.pk}/alerts/").status_code == 404
