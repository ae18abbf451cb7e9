"""Who has not used her account for two years is told thirty days before; who comes back keeps it."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from tests.personas import Town
from visavis.common import clock, keeping
from visavis.introductions import services as introductions
from visavis.journal.models import Entry
from visavis.leaving import holding, night, quiet, services
from visavis.leaving.models import Closing, Hold, Notice
from visavis.news import services as news
from visavis.news.models import News
from visavis.people.enums import Channel
from visavis.people.models import Membership, User

pytestmark = [pytest.mark.django_db, pytest.mark.database]
JOINED = dt.datetime(2024, 1, 10, 12, tzinfo=dt.UTC)
LAST_USE = dt.datetime(2024, 2, 29, 9, tzinfo=dt.UTC)


def day(number: int, month: int, year: int = 2026) -> dt.datetime:
    return dt.datetime(year, month, number, 3, 30, tzinfo=dt.UTC)


@pytest.fixture
def amelie(town: Town, time_machine: Any) -> User:
    """Amélie, who used her account last on 29 February 2024; all others came later."""
    time_machine.move_to(day(1, 3, 2024), tick=False)
    User.objects.update(joined_at=JOINED, last_login=day(1, 1, 2026))
    Membership.objects.update(starts_on=JOINED.date())
    user = town.people["amelie"]
    User.objects.filter(pk=user.pk).update(last_login=LAST_USE)
    town.jobseeker.changed_at = LAST_USE
    town.jobseeker.save()
    return user


def nights(time_machine: Any, *moments: dt.datetime) -> None:
    """Let nights come, and what they tell leave."""
    for moment in moments:
        time_machine.move_to(moment, tick=False)
        list(night.forgetting())
        news.send_what_waits()


def told(user: User) -> list[News]:
    return list(News.objects.filter(user=user, kind=quiet.UNUSED))


def test_she_and_nobody_else_is_told_thirty_days_before_closed_after_two_years_and_erased(
    town: Town, amelie: User, time_machine: Any
) -> None:
    nights(time_machine, day(28, 1))
    assert not told(amelie)
    nights(time_machine, day(31, 1), day(1, 2), day(2, 2))
    assert len(told(amelie)) == 1 and told(amelie)[0].state == News.State.SENT
    assert mail.outbox and "ompte" not in mail.outbox[-1].subject
    nights(time_machine, day(1, 3))
    assert not Closing.objects.exists()
    nights(time_machine, day(3, 3))
    assert Closing.objects.get().user == amelie
    assert set(News.objects.filter(kind=quiet.UNUSED).values_list("user", flat=True)) == {amelie.pk}
    User.objects.filter(pk=town.people["bruno"].pk).update(last_login=None)
    assert town.people["bruno"] not in quiet.to_tell(clock.now()), "who works for the service"
    assert not Notice.objects.exists()
    nights(time_machine, day(1, 4))
    assert User.objects.filter(pk=amelie.pk).exists()
    nights(time_machine, day(3, 4))
    assert not User.objects.filter(pk=amelie.pk).exists()
    counted = Entry.objects.filter(
        thing="retention", thing_id__in=["notices given", "unused accounts closed", "accounts erased"]
    )
    assert counted.count() == 3


def test_signing_in_after_the_notice_voids_it_and_a_later_one_is_sent_again(
    amelie: User, time_machine: Any
) -> None:
    nights(time_machine, day(31, 1))
    User.objects.filter(pk=amelie.pk).update(last_login=day(20, 2))
    nights(time_machine, day(3, 3), day(4, 3))
    assert not Closing.objects.exists() and not Notice.objects.exists()
    nights(time_machine, day(10, 1, 2028))
    assert not told(amelie), "the first was forgotten after a year"
    nights(time_machine, day(25, 1, 2028))
    assert len(told(amelie)) == 1
    assert Notice.objects.filter(user=amelie).exists()


def test_two_nights_at_once_tell_once_and_who_signs_in_the_very_night_is_not_closed(
    amelie: User, time_machine: Any
) -> None:
    time_machine.move_to(day(31, 1), tick=False)
    found = list(quiet.to_tell(clock.now()))
    assert [quiet.tell(user) for user in found * 2] == [1, 0]
    assert len(told(amelie)) == 1
    news.send_what_waits()
    time_machine.move_to(day(3, 3), tick=False)
    notice = quiet.to_close(clock.now()).get()
    User.objects.filter(pk=amelie.pk).update(last_login=clock.now())
    assert quiet.close(notice) == 0
    assert not Closing.objects.exists()


def test_a_worker_away_for_a_week_gives_her_thirty_days_all_the_same(amelie: User, time_machine: Any) -> None:
    nights(time_machine, day(10, 2), day(9, 3))
    assert not Closing.objects.exists()
    nights(time_machine, day(13, 3))
    assert Closing.objects.exists()


def test_whom_somebody_must_call_is_not_closed_before_she_was_told(
    town: Town, amelie: User, time_machine: Any
) -> None:
    User.objects.filter(pk=amelie.pk).update(channel=Channel.PHONE)
    nights(time_machine, day(31, 1), day(15, 4))
    assert not Closing.objects.exists()
    page = town.client("bruno").get(reverse("news:to_tell")).content.decode()
    assert "n’a pas servi depuis près de deux ans" in page
    news.note_told(news=told(amelie)[0], by=town.people["bruno"])
    nights(time_machine, day(10, 5))
    assert not Closing.objects.exists()
    nights(time_machine, day(16, 5))
    assert Closing.objects.exists()


def test_whom_nobody_could_tell_for_half_a_year_is_closed(amelie: User, time_machine: Any) -> None:
    User.objects.filter(pk=amelie.pk).update(channel=Channel.POST)
    nights(time_machine, day(31, 1), day(30, 7))
    assert not Closing.objects.exists()
    nights(time_machine, day(3, 8))
    assert Closing.objects.exists()


def test_an_open_introduction_an_answer_and_an_open_vacancy_keep_an_account(
    town: Town, amelie: User, time_machine: Any
) -> None:
    introductions.want(jobseeker=town.jobseeker, vacancy=town.vacancy, by=amelie)
    town.jobseeker.changed_at = LAST_USE
    town.jobseeker.save()
    chloe = town.people["chloe"]
    User.objects.filter(pk=chloe.pk).update(last_login=LAST_USE)
    nights(time_machine, day(31, 1))
    assert not Notice.objects.exists()
    for word in ("introduction", "vacancies"):
        keeps = quiet.STAYS.pop(word)
        found = set(quiet.to_tell(clock.now()))
        quiet.STAYS[word] = keeps
        assert found == ({amelie} if word == "introduction" else set()), word
    both = {word: quiet.STAYS.pop(word) for word in ("introduction", "vacancies")}
    assert {amelie, chloe} <= set(quiet.to_tell(clock.now()))
    quiet.STAYS.update(both)


def test_an_answer_by_her_counsellor_is_a_sign_of_life(town: Town, amelie: User, time_machine: Any) -> None:
    nights(time_machine, day(31, 1))
    town.jobseeker.changed_at = clock.now()
    town.jobseeker.save()
    nights(time_machine, day(3, 3))
    assert not Notice.objects.exists() and not Closing.objects.exists()


def test_a_hold_keeps_from_closing_and_from_erasing(town: Town, amelie: User, time_machine: Any) -> None:
    nights(time_machine, day(31, 1))
    held = holding.hold(user=amelie, why=Hold.Why.REQUEST, until=day(1, 6).date(), by=town.people["bruno"])
    nights(time_machine, day(3, 3))
    assert not Notice.objects.exists() and not Closing.objects.exists()
    services.close(user=amelie, by=amelie)
    nights(time_machine, day(3, 5))
    assert User.objects.filter(pk=amelie.pk).exists(), "a request is being answered"
    assert services.erase(Closing.objects.get()) == 0
    holding.end(held=held, by=town.people["bruno"])
    nights(time_machine, day(4, 5))
    assert not User.objects.filter(pk=amelie.pk).exists()


def test_the_wish_to_keep_an_account_does_not_keep_her_from_being_erased(
    town: Town, amelie: User, time_machine: Any
) -> None:
    holding.hold(user=amelie, why=Hold.Why.WISH, until=day(1, 2, 2025).date(), by=None)
    services.close(user=amelie, by=amelie)
    nights(time_machine, day(3, 4, 2024))
    assert not User.objects.filter(pk=amelie.pk).exists()


def test_who_comes_back_after_closing_is_not_closed_again_the_next_night(
    amelie: User, time_machine: Any
) -> None:
    nights(time_machine, day(31, 1), day(3, 3))
    services.reopen(user=amelie, by=None)
    nights(time_machine, day(4, 3), day(5, 3))
    assert not Closing.objects.exists()


def test_two_years_by_the_calendar_never_too_early() -> None:
    for moment, before in (
        ("2028-02-29T03:30", "2026-02-28T03:30"),
        ("2026-02-28T03:30", "2024-02-28T03:30"),
        ("2026-03-29T03:30", "2024-03-29T03:30"),
        # Two years before, this hour did not exist: the clocks went forward.
        ("2026-03-31T02:30", "2024-03-31T02:30"),
    ):
        given, then = (timezone.make_aware(dt.datetime.fromisoformat(one)) for one in (moment, before))
        assert quiet.two_years_before(given) == then


def test_a_hold_is_set_and_ended_on_its_page(town: Town) -> None:
    url = reverse("jobseekers:person_hold", kwargs={"jobseeker_id": town.jobseeker.pk})
    rosa = town.client("rosa")
    far = (clock.today() + dt.timedelta(days=400)).isoformat()
    page = rosa.post(url, {"why": "request", "until": far}).content.decode()
    assert "entre demain et dans un an" in page and far in page
    soon = (clock.today() + dt.timedelta(days=30)).isoformat()
    assert rosa.post(url, {"why": "request", "until": soon}).status_code == 302
    held = Hold.objects.get()
    assert held.by == town.people["rosa"] and Entry.objects.filter(thing="hold").exists()
    for bad in ("x", "9" * 30, "0"):
        assert rosa.post(url, {"end": bad}).status_code == 302
    assert rosa.post(url, {"end": held.pk}).status_code == 302
    assert not Hold.objects.in_force().exists()


def test_anybody_reads_what_is_kept_and_until_when(town: Town) -> None:
    """Every class of the list, in both languages, generated from the list by which the night deletes."""
    visitor, pages = town.client("visitor"), {}
    for language in ("fr", "en"):
        answer = visitor.get("/privacy/kept/", headers={"accept-language": language})
        pages[language] = answer.content.decode()
    assert len(keeping.kept()) > 35
    for one in keeping.kept():
        first = one.what[0].upper() + one.what[1:]
        assert escape(first) in pages["en"], one.what
        assert escape(one.why) in pages["en"], one.why
        assert escape(first) not in pages["fr"] or len(first) < 12, one.what
    assert "12 hours at most" in pages["en"] and "12 heures au plus" in pages["fr"]
    assert "VISAVIS_" not in pages["fr"]
    assert "/privacy/kept/" in town.client("visitor").get("/privacy/").content.decode()
