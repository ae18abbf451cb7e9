"""Each person is told by her channel who accompanies her now: once an act, not at all where it was taken back."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from tests import factories
from tests.appointments import making
from tests.personas import Town
from visavis.agencies import absences, handing, team
from visavis.agencies.models import Absence
from visavis.appointments.models import Appointment
from visavis.common import clock
from visavis.jobseekers import assigning, services, telling
from visavis.jobseekers.models import Jobseeker
from visavis.news import services as news
from visavis.news import wording
from visavis.news.models import News
from visavis.people.enums import Channel, Role
from visavis.people.models import Membership, User
from visavis.vault import keys

pytestmark = [pytest.mark.django_db, pytest.mark.database]

DAY = dt.timedelta(days=1)


@pytest.fixture
def desk(town: Town) -> Town:
    """Colette and Denis work beside Bruno, who follows Amélie."""
    Membership.objects.update(starts_on=clock.today() - 400 * DAY)
    there = {"role": Role.COUNSELLOR, "role__organisation": town.agency.organisation}
    for name in ("Colette", "Denis"):
        town.people[name.lower()] = factories.UserFactory(name=name, **there)
    News.objects.all().delete()
    return town


def told() -> list[tuple[str, str, str]]:
    """Return what people are told of who accompanies them, in order, in English."""
    rows = News.objects.filter(thing__in=["assignment", "appointment"]).order_by("pk")
    return [(row.kind, row.title, row.channel) for row in rows]


def kinds() -> list[str]:
    return [kind for kind, *_more in told()]


def to(town: Town, name: str | None, person: Jobseeker | None = None) -> Jobseeker:
    kept = Jobseeker.objects.get(pk=(person or town.jobseeker).pk)
    one = town.people[name] if name else None
    return assigning.assign(jobseeker=kept, agency=town.agency, counsellor=one, by=town.people["hugo"])


def sent() -> None:
    News.objects.filter(state=News.State.WAITING).update(state=News.State.SENT, told_at=clock.now())


def hand_over(town: Town, *names: str) -> Any:
    takers = [town.people[name] for name in names]
    bruno, hugo = town.people["bruno"], town.people["hugo"]
    return handing.hand_over(agency=town.agency, former=bruno, to=takers, by=hugo)


def away(town: Town, first: dt.date | None = None, last: dt.date | None = None) -> Absence:
    said = {"user": town.people["bruno"], "substitute": town.people["colette"], "by": town.people["hugo"]}
    today = clock.today()
    return absences.add(agency=town.agency, starts_on=first or today, ends_on=last or today + DAY, **said)


def by_hand(town: Town, channel: Channel) -> None:
    her = User.objects.get(pk=town.jobseeker.user_id)
    her.channel, her.phone = channel, "+33612345678"
    her.save()


def english(town: Town) -> None:
    User.objects.filter(pk=town.jobseeker.user_id).update(language="en")


# One person -------------------------------------------------------------------------------------------


def test_another_counsellor_is_told_with_the_act_and_nobody_yet_too(desk: Town) -> None:
    english(desk)
    to(desk, "bruno")
    assert not told(), "the same again"
    with pytest.raises(RuntimeError), transaction.atomic():
        to(desk, "colette")
        raise RuntimeError
    assert not told(), "an act that is undone"
    to(desk, "colette")
    assert told() == [("follows", "Colette accompanies you now", Channel.WEB)]
    row = News.objects.get()
    assert row.link == reverse("portal:home") and "another" not in row.title
    with translation.override("en"):
        assert wording.said_aloud(row).startswith("A counsellor accompanies you now.")
        assert wording.on_paper(row)[0] == "Colette accompanies you now."
    sent()
    to(desk, None)
    sent()
    to(desk, "denis")
    assert kinds() == ["follows", "nobody", "follows"]


def test_what_has_not_left_is_taken_back_where_the_former_follows_her_again(desk: Town) -> None:
    to(desk, "colette")
    number = News.objects.get().pk
    to(desk, "denis")
    assert len(told()) == 1, "the first has not left: the second stands for both"
    to(desk, "bruno")
    assert not told() and news.send(number) is False
    to(desk, "colette")
    sent()
    to(desk, "bruno")
    assert len(told()) == 2, "what has left is followed by another"
    sent()
    to(desk, "colette")
    News.objects.filter(state=News.State.WAITING).update(claimed_at=clock.now(), tries=1)
    to(desk, "bruno")
    assert len(told()) == 4, "what is being sent is left to its sender"


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.POST, Channel.COUNTER])
def test_by_hand_it_waits_for_her_new_counsellor(desk: Town, channel: Channel) -> None:
    by_hand(desk, channel)
    to(desk, "colette")
    row = News.objects.get()
    assert (row.channel, row.state) == (channel, News.State.TO_TELL)
    page = desk.client("colette").get(reverse("news:to_tell")).content.decode()
    assert "Colette vous suit désormais" in page and "Un conseiller vous suit désormais." in page


def test_who_is_registered_for_a_colleague_is_told_who_it_is_unless_it_ended(
    desk: Town,
) -> None:
    Jobseeker.objects.filter(pk=desk.jobseeker.pk).update(ended_at=clock.now())
    telling.changed([desk.jobseeker.pk], {desk.jobseeker.pk: desk.people["colette"].pk})
    assert not told(), "told by that"
    newcomer = services.Newcomer("Inès", "fr", Channel.COUNTER)
    colette = desk.people["colette"]
    services.register(newcomer=newcomer, agency=desk.agency, counsellor=colette, by=desk.people["rosa"])
    assert kinds() == ["follows"]
    services.register(newcomer=newcomer, agency=desk.agency, counsellor=colette, by=colette)
    assert len(told()) == 1, "she sits with him"


# Many in one act --------------------------------------------------------------------------------------


def test_handing_over_and_the_way_back_tell_each_once_and_so_does_leaving(desk: Town) -> None:
    english(desk)
    bruno, hugo = desk.people["bruno"], desk.people["hugo"]
    handing.take_back(handover=hand_over(desk, "colette"), by=hugo)
    assert not told(), "nothing had left"
    handover = hand_over(desk, "colette")
    assert told() == [("follows", "Colette accompanies you now", Channel.WEB)]
    sent()
    handing.take_back(handover=handover, by=hugo)
    assert [title for _kind, title, _way in told()] == [
        "Colette accompanies you now",
        "Bruno accompanies you now",
    ]
    sent()
    team.let_go(agency=desk.agency, user=bruno, by=hugo, to=[desk.people["denis"]])
    assert kinds() == ["follows"] * 3


def test_the_preview_says_how_many_are_told_and_two_hundred_ask_as_much_as_twenty(desk: Town) -> None:
    hers = {"agency": desk.agency, "counsellor": desk.people["bruno"], "commune": desk.agency.commune}
    caller = factories.JobseekerFactory(**hers)
    User.objects.filter(pk=caller.user_id).update(channel=Channel.COUNTER)
    number = Jobseeker.objects.filter(counsellor=desk.people["bruno"]).count()
    for name in ("hand_over", "leave"):
        page = desk.client("hugo").get(
            reverse(f"agencies:{name}", args=[desk.agency.pk, desk.people["bruno"].pk])
        )
        words = f"{number} personnes apprennent qui prend le relais\u00a0: {number - 1} par e-mail, 1 à l’accueil."
        assert words in page.content.decode()
    numbers = []
    for many in (20, 180):
        hers = {"agency": desk.agency, "counsellor": desk.people["bruno"], "commune": desk.agency.commune}
        people = [factories.JobseekerFactory(**hers).pk for _one in range(many)]
        # As in a request: the keys of people are not of the same transaction.
        keys.HELD.forget()
        with CaptureQueriesContext(connection) as asked:
            telling.changed(people, dict.fromkeys(people, desk.people["colette"].pk))
        numbers.append(len(asked))
    assert News.objects.filter(thing="assignment").count() == 200
    assert numbers[1] <= numbers[0] <= 9


# With an appointment ----------------------------------------------------------------------------------


@pytest.fixture
def booked(desk: Town) -> Appointment:
    making.always_open(desk.agency)
    making.receives(desk.agency, desk.people["bruno"], making.WHOLE_DAY)
    first = clock.today() + 2 * DAY
    at = making.times(desk.agency, 30, first, first + 6 * DAY)[0]
    row = making.booked(making.kind(desk.agency, "follow-up"), at, desk.jobseeker.user)
    News.objects.all().delete()
    return row


def test_an_appointment_that_goes_along_is_one_notice_that_says_both(desk: Town, booked: Appointment) -> None:
    english(desk)
    hugo = desk.people["hugo"]
    handing.take_back(handover=hand_over(desk, "colette"), by=hugo)
    assert not told(), "taken back before it left"
    handover = hand_over(desk, "colette")
    assert kinds() == ["given-too"]
    row = News.objects.get()
    with translation.override("en"):
        assert "accompanies you now" in wording.said_aloud(row)
        lines = wording.on_paper(row)
    assert lines[0] == "Colette accompanies you now." and "With Colette" in lines
    sent()
    handing.take_back(handover=handover, by=hugo)
    assert kinds() == ["given-too", "given-too"]


def test_who_was_never_told_of_the_first_is_told_of_him_when_it_comes_back(
    desk: Town, booked: Appointment
) -> None:
    telling.changed([desk.jobseeker.pk], {})
    handing.take_back(handover=hand_over(desk, "colette"), by=desk.people["hugo"])
    assert kinds() == ["given-too"]


# Lent -------------------------------------------------------------------------------------------------


def test_a_loan_is_told_on_its_first_day_and_when_it_is_over(desk: Town) -> None:
    english(desk)
    loan = away(desk, clock.today() + 2 * DAY, clock.today() + 5 * DAY)
    telling.sweep()
    assert not told()
    Absence.objects.filter(pk=loan.pk).update(substitute=None)
    with clock.moved(clock.now() + 2 * DAY):
        telling.sweep()
        assert not told(), "nobody stands in"
        Absence.objects.filter(pk=loan.pk).update(substitute=desk.people["colette"])
        telling.sweep()
        telling.sweep()
    assert kinds() == ["stands-in"] and "Colette stands in" in told()[0][1]
    sent()
    with clock.moved(clock.now() + 6 * DAY):
        telling.sweep()
        telling.sweep()
    assert [title for _kind, title, _way in told()][1:] == ["Bruno accompanies you now"]


def test_a_loan_of_a_week_calls_nobody_neither_when_it_begins_nor_when_it_is_over(desk: Town) -> None:
    by_hand(desk, Channel.PHONE)
    away(desk, clock.today(), clock.today() + 6 * DAY)
    telling.sweep()
    assert not told()
    with clock.moved(clock.now() + 7 * DAY):
        telling.sweep()
    assert not told() and Absence.objects.get().over_at is not None


def test_a_longer_one_is_told_by_phone_too_and_its_end_though_he_is_back_sooner(desk: Town) -> None:
    by_hand(desk, Channel.PHONE)
    loan = away(desk, clock.today(), clock.today() + 7 * DAY)
    assert kinds() == ["stands-in"]
    News.objects.update(state=News.State.TOLD, told_at=clock.now())
    with clock.moved(clock.now() + 2 * DAY):
        absences.end(absence=loan, by=desk.people["hugo"])
        telling.sweep()
    assert kinds() == ["stands-in", "follows"]


def test_back_sooner_is_told_at_once_and_only_to_who_knows(desk: Town) -> None:
    absences.end(absence=away(desk), by=desk.people["hugo"])
    assert not told(), "the first had not left"
    loan = away(desk)
    sent()
    absences.end(absence=loan, by=desk.people["hugo"])
    telling.sweep()
    assert kinds() == ["stands-in", "follows"]
    sent()
    away(desk)
    sent()
    team.let_go(agency=desk.agency, user=desk.people["colette"], by=desk.people["hugo"])
    assert kinds() == ["stands-in", "follows"] * 2, "who stood in and leaves stands in no more"


def test_a_loan_and_an_appointment_on_its_days_are_one_notice(
    desk: Town, booked: Appointment, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        away(desk, clock.today(), clock.today() + 20 * DAY)
    assert kinds() == ["given-too"]
