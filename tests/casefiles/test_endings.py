"""The end of a follow-up: told in advance or not at all, kept by one word, come on its day, taken up again."""

import datetime as dt
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.personas import Town
from visavis.casefiles.endings import linked, services, sweep, telling, texts
from visavis.casefiles.endings.enums import Reason, Side, State, Way
from visavis.casefiles.endings.services import Origin, Wanted
from visavis.casefiles.models import Ending
from visavis.common import clock
from visavis.jobseekers import assigning, of_agency
from visavis.jobseekers.models import Jobseeker
from visavis.journal.models import Entry
from visavis.news import services as news
from visavis.news.models import News
from visavis.people import delivery
from visavis.people.enums import Channel, Role
from visavis.people.models import Membership

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def ours(town: Town, who: str = "bruno") -> Origin:
    return Origin(town.people[who], Side.AGENCY)


def hers(town: Town, way: Way = Way.SITE) -> Origin:
    return Origin(town.people["amelie"], Side.PERSON, way)


def proposed(town: Town, **more: Any) -> Ending:
    return services.propose(
        jobseeker=town.jobseeker, wanted=Wanted(Reason.AT_WORK, **more), origin=ours(town)
    )


def reached(row: Ending) -> None:
    """Let the notice have reached her now."""
    telling.notices(row.pk).update(state=News.State.SENT, told_at=clock.now())


def again(row: Ending) -> Ending:
    return Ending.objects.select_related("person").get(pk=row.pk)


def followed(town: Town) -> Jobseeker:
    return Jobseeker.objects.get(pk=town.jobseeker.pk)


def later(days: float) -> Any:
    """Go to the afternoon of a day to come, and let the sweep look."""
    return clock.moved(clock.start_of(clock.today() + days * DAY) + dt.timedelta(hours=15))


@pytest.fixture
def at_the_end(town: Town) -> Iterator[Ending]:
    """Her follow-up has just ended."""
    row = proposed(town)
    reached(row)
    sweep.sweep()
    with later(14):
        sweep.sweep()
        yield again(row)


# Told in advance ---------------------------------------------------------------------------------------


def test_on_its_day_and_not_before_it_ends_for_who_was_told(town: Town) -> None:
    row = proposed(town)
    reached(row)
    sweep.sweep()
    assert again(row).told_on == clock.today()
    with later(13):
        sweep.sweep()
        assert again(row).state == State.PROPOSED and followed(town).ended_at is None
    with clock.moved(clock.start_of(clock.today() + 14 * DAY) + dt.timedelta(hours=11)):
        sweep.sweep()
        assert again(row).state == State.PROPOSED
    with later(14):
        sweep.sweep()
        assert again(row).state == State.ENDED and followed(town).ended_at == clock.now()
        kinds = News.objects.filter(thing=telling.THING).order_by("pk").values_list("kind", flat=True)
        assert list(kinds) == [telling.PROPOSED, telling.ENDED]


def test_told_late_it_ends_so_many_days_after_she_knew(town: Town) -> None:
    row = proposed(town)
    with later(10):
        reached(row)
        sweep.sweep()
        assert again(row).ends_on == clock.today() + 14 * DAY
    with later(23):
        sweep.sweep()
        assert again(row).state == State.PROPOSED
    with later(24):
        sweep.sweep()
        assert again(row).state == State.ENDED


@pytest.mark.parametrize("days", [0, 14])
def test_what_came_back_even_in_the_very_hour_reached_nobody(town: Town, days: int) -> None:
    row = proposed(town)
    reached(row)
    sweep.sweep()
    with later(days) if days else nullcontext():
        news.came_back(telling.notices(row.pk).get())
        sweep.sweep()
        assert again(row).told_on is None and again(row).state == State.PROPOSED
        assert again(row).ends_on == clock.today() + 14 * DAY
        assert telling.notices(row.pk).get() in News.objects.to_do_by(town.people["bruno"])
    with later(20):
        sweep.sweep()
        assert again(row).state == State.PROPOSED


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.POST])
def test_who_is_told_by_hand_is_told_by_somebody_first(town: Town, channel: Channel) -> None:
    amelie = town.people["amelie"]
    amelie.channel, amelie.postal_address = channel, "1 rue du Port, 29000 Quimper"
    amelie.save()
    town.jobseeker.user = amelie
    row = proposed(town)
    told = telling.notices(row.pk).get()
    assert told.state == News.State.TO_TELL
    sweep.sweep()
    assert again(row).told_on is None
    with later(3):
        news.note_told(news=told, by=town.people["bruno"])
        sweep.sweep()
        assert again(row).ends_on == clock.today() + 14 * DAY


def test_there_is_one_at_a_time_with_words_and_the_days_of_the_site(town: Town, settings: Any) -> None:
    with pytest.raises(services.TooEarly):
        proposed(town, ends_on=clock.today() + 13 * DAY)
    settings.VISAVIS_ENDING_NOTICE_DAYS = 30
    with pytest.raises(services.TooEarly):
        proposed(town, ends_on=clock.today() + 29 * DAY)
    with pytest.raises(services.NoWords):
        services.propose(jobseeker=town.jobseeker, wanted=Wanted(Reason.OTHER, " "), origin=ours(town))
    row = proposed(town)
    assert row.ends_on == clock.today() + 30 * DAY
    with pytest.raises(services.NotNow):
        proposed(town)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.pk = None
        row._state.adding = True
        row.save(force_insert=True)


def test_what_a_message_says_is_her_link_and_one_word_and_nothing_of_it(town: Town, settings: Any) -> None:
    settings.SMS_IN_TOKEN = "x" * 40
    row = proposed(town)
    answers = telling.answers(telling.notices(row.pk).get())
    assert answers.word == "RESTER" and linked.opened_by(answers.link.rstrip("/").rpartition("/")[2]) == row
    said = delivery.news_mail("phone", "fr", answers=answers).text
    assert "RESTER" in said and answers.link in said
    hidden = ("suivi", "emploi", "fin", town.people["amelie"].name)
    assert not [word for word in hidden if word in said.lower()]
    code = linked.code_of(row)
    assert linked.opened_by(code) == row
    other = f"{row.pk + 1}-{code.partition('-')[2]}"
    for wrong in (f"{row.pk}-", f"{row.pk}-{'A' * 22}", code[:-1], other, "", "x", "-"):
        assert linked.opened_by(wrong) is None
    with clock.moved(clock.now() + linked.LIFE + DAY):
        assert linked.opened_by(code) is None


def test_a_letter_says_the_day_why_and_how_and_what_reached_nobody_ends_nothing(town: Town) -> None:
    row = proposed(town, words="CDI depuis mars")
    with clock.moved(clock.now() + 5 * DAY):
        said = " ".join(telling.on_paper(telling.notices(row.pk).get()))
        first = telling.first_told(again(row))
        assert first == clock.today() + 14 * DAY
    assert "CDI depuis mars" in said and str(first.day) in said
    assert not telling.over(clock.now()).exists()
    row.delete()
    assert telling.over(clock.now()).count() == 1
    row = proposed(town)
    for days in (14, 28, 60, 200):
        with later(days):
            sweep.sweep()
            assert again(row).state == State.PROPOSED
            assert again(row).ends_on >= clock.today()
    assert again(row).steps.filter(act="move", side="service").count() == 4


# Kept by one word --------------------------------------------------------------------------------------


def test_one_word_keeps_it_and_it_is_not_asked_again_soon(town: Town) -> None:
    row = proposed(town)
    services.stay(ending=row, origin=hers(town))
    assert services.stay(ending=row, origin=hers(town)).state == State.STAYS
    with later(40):
        sweep.sweep()
        assert followed(town).ended_at is None
        with pytest.raises(services.TooSoon):
            proposed(town)
    with later(91):
        proposed(town)


@pytest.mark.parametrize("text", ["rester.", " Je reste ", "Stay"])
def test_the_word_by_text_message_keeps_it_and_no_other_does(town: Town, text: str) -> None:
    row, amelie = proposed(town), town.people["amelie"]
    reached(row)
    for other in ("je veux rester chez vous jusqu’à midi", "stop", ""):
        assert not texts.stay_by_word(amelie, other)
    assert not texts.stay_by_word(town.people["gael"], "RESTER")
    assert again(row).state == State.PROPOSED
    assert texts.stay_by_word(amelie, text)
    assert again(row).state == State.STAYS and again(row).steps.get(act="stay").way == Way.SMS
    assert News.objects.filter(thing=telling.THING, kind=telling.STAYS).exists()
    assert not texts.stay_by_word(amelie, text)


@pytest.mark.parametrize("state", News.State)
def test_taken_back_before_it_left_nobody_hears_of_it_and_else_she_is_told(town: Town, state: str) -> None:
    row = proposed(town)
    told = state in (News.State.SENT, News.State.TOLD)
    telling.notices(row.pk).update(state=state, told_at=clock.now() if told else None)
    services.withdraw(ending=row, origin=ours(town))
    left = set(News.objects.filter(thing=telling.THING).values_list("kind", flat=True))
    surely = state in (News.State.WAITING, News.State.TO_TELL, News.State.FAILED)
    assert (telling.GOES_ON in left) is not surely
    assert (telling.PROPOSED in left) is told


# Ended, and taken up again -----------------------------------------------------------------------------


def test_who_ended_is_in_nobodys_load_and_in_no_list_of_who_is_left(town: Town, at_the_end: Ending) -> None:
    rosa, bruno = town.people["rosa"], town.people["bruno"]
    notes = Entry.objects.about(town.people["amelie"].pk).filter(thing="ending").order_by("pk")
    said = [(one.action, one.note) for one in notes]
    assert [note.partition(":")[0] for _action, note in said] == ["propose", "end"]
    assert not [note for _action, note in said if "work" in note], "the journal never says why"
    assert town.jobseeker not in Jobseeker.objects.without_counsellor()
    counted = of_agency.counts(rosa)
    Jobseeker.objects.filter(pk=town.jobseeker.pk).update(ended_at=None)
    assert of_agency.counts(rosa) == counted
    Jobseeker.objects.filter(pk=town.jobseeker.pk).update(ended_at=clock.now())
    colleagues = assigning.colleagues(bruno.organisation_ids(Role.COUNSELLOR))
    assert [one.follows for one in colleagues if one.user == bruno] == [0]
    page = town.client("bruno").get("/desk/").content.decode()
    assert f"/desk/people/{town.jobseeker.pk}/" not in page
    # Her own pages stay, and her counsellor has the file for a month.
    assert town.client("amelie").get("/profile/").status_code == 200
    assert town.client("bruno").get(f"/people/{town.jobseeker.pk}/end/").status_code == 200
    with clock.moved(clock.now() + 31 * DAY):
        sweep.sweep()
        assert followed(town).counsellor is None
        assert followed(town) not in Jobseeker.objects.without_counsellor()


@pytest.mark.parametrize("who", ["amelie", "bruno"])
def test_one_act_takes_it_up_again_with_the_same_counsellor(town: Town, at_the_end: Ending, who: str) -> None:
    with clock.moved(clock.now() + 40 * DAY):
        sweep.sweep()
        origin = hers(town) if who == "amelie" else ours(town)
        services.again(ending=at_the_end, origin=origin)
        services.again(ending=at_the_end, origin=origin)
        assert (followed(town).ended_at, followed(town).counsellor) == (None, town.people["bruno"])
        assert again(at_the_end).state == State.AGAIN


def test_who_followed_her_and_left_does_not_take_it_up_by_her_word(town: Town, at_the_end: Ending) -> None:
    Membership.objects.filter(user=town.people["bruno"]).update(ends_on=clock.today() - DAY)
    assert texts.stay_by_word(town.people["amelie"], "RESTER")
    assert followed(town).ended_at is None and followed(town).counsellor is None
    assert followed(town) in Jobseeker.objects.without_counsellor()


def test_who_is_given_a_counsellor_is_followed_again(
    town: Town, at_the_end: Ending, django_capture_on_commit_callbacks: Any
) -> None:
    with clock.moved(clock.now() + 31 * DAY), django_capture_on_commit_callbacks(execute=True):
        sweep.sweep()
        assigning.assign(
            jobseeker=followed(town),
            agency=town.agency,
            counsellor=town.people["bruno"],
            by=town.people["hugo"],
        )
    assert followed(town).ended_at is None and again(at_the_end).state == State.AGAIN


def test_it_is_taken_back_for_a_day_and_nothing_ends_by_that(town: Town, at_the_end: Ending) -> None:
    with clock.moved(clock.now() + 2 * DAY), pytest.raises(services.TooLate):
        services.take_back(ending=at_the_end, by=town.people["bruno"])
    services.take_back(ending=at_the_end, by=town.people["bruno"])
    assert followed(town).ended_at is None and again(at_the_end).state == State.WITHDRAWN
    assert News.objects.filter(thing=telling.THING, kind=telling.AGAIN).exists(), "she knew the day"
    with clock.moved(clock.now() + 60 * DAY):
        sweep.sweep()
        assert followed(town).ended_at is None


@pytest.mark.parametrize("way", [Way.PHONE, Way.COUNTER, Way.PAPER, Way.HELPER, Way.SMS, Way.PROGRAM])
def test_what_somebody_writes_down_for_her_is_told_her_in_advance(town: Town, way: Way) -> None:
    row = services.propose(jobseeker=town.jobseeker, wanted=Wanted(Reason.NO_WISH), origin=hers(town, way))
    assert row.state == State.PROPOSED and followed(town).ended_at is None
    assert telling.notices(row.pk).exists()


# Written down ------------------------------------------------------------------------------------------
