"""Both yes come from two persons, or each side has the time to stop what one noted for both."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from tests import factories
from tests.personas import Town
from visavis.agencies import services as agencies
from visavis.common import clock
from visavis.introductions import cards, flow, hires, limits, permissions, services
from visavis.introductions.enums import NewsKind, Side, State
from visavis.introductions.models import Introduction
from visavis.introductions.services import NotNow, NotYours
from visavis.introductions.stories import Situation, situation_of
from visavis.news.models import News
from visavis.people.enums import Channel, Role
from visavis.people.models import Membership, User

pytestmark = pytest.mark.django_db

AFTER = limits.DELAY + dt.timedelta(hours=1)


def noted_by(town: Town, wish: str, yes: str) -> Introduction:
    """One notes her wish, another the employer's yes."""
    services.want(jobseeker=town.jobseeker, vacancy=town.vacancy, by=town.people[wish])
    flow.put_next(town.vacancy.pk)
    services.agree(introduction=fresh(), by=town.people[yes])
    return fresh()


def fresh() -> Introduction:
    return Introduction.objects.with_person().get()


def later(time: dt.timedelta) -> Any:
    return clock.moved(clock.now() + time)


@pytest.mark.parametrize(
    ("wish", "yes"), [("amelie", "chloe"), ("bruno", "chloe"), ("amelie", "bruno"), ("rosa", "bruno")]
)
def test_two_persons_share_at_once(wish: str, yes: str, town: Town) -> None:
    row = noted_by(town, wish, yes)
    assert row.state == State.AGREED
    assert permissions.identity_is_shared(row)


def test_one_person_shares_nothing_both_are_told_and_nothing_else_is_done_meanwhile(town: Town) -> None:
    row = noted_by(town, "bruno", "bruno")
    assert situation_of(row) == Situation.DELAYED
    assert cards.of_person(row).identity is None
    assert "Amélie" not in town.client("chloe").get(row.url).content.decode()
    told = News.objects.filter(kind=NewsKind.DELAYED).values_list("user__name", flat=True)
    assert set(told) == {"Amélie", "Chloé"}
    terms = hires.Terms("permanent", clock.today())
    with pytest.raises(NotNow):
        hires.declare(introduction=row, side=Side.COUNSELLOR, terms=terms, by=town.people["bruno"])
    with pytest.raises(NotNow):
        services.not_hire(introduction=row, side=Side.EMPLOYER, reason="skills", by=town.people["chloe"])
    with pytest.raises(NotYours):
        services.second(introduction=row, by=town.people["bruno"])
    assert 'value="second"' not in town.client("bruno").get(row.url).content.decode()
    with pytest.raises(NotYours):
        services.second(introduction=row, by=town.people["dario"])
    services.undo(introduction=row, by=town.people["bruno"])
    services.agree(introduction=fresh(), by=town.people["chloe"])
    assert permissions.identity_is_shared(fresh())


def test_names_open_when_both_were_told_had_the_time_and_nobody_stopped_it(town: Town) -> None:
    amelie = User.objects.get(name="Amélie")
    amelie.channel, amelie.phone = Channel.PHONE, "+33639980007"
    amelie.save()
    noted_by(town, "bruno", "bruno")
    told = News.objects.filter(kind=NewsKind.DELAYED)
    told.exclude(user=amelie).update(state=News.State.SENT, told_at=clock.now())
    assert flow.open_names() == 0
    with later(AFTER):
        assert flow.open_names() == 0
        told.filter(user=amelie).update(state=News.State.TOLD, told_at=clock.now())
        assert flow.open_names() == 0
    with later(AFTER + AFTER):
        assert flow.open_names() == 1
        assert permissions.identity_is_shared(fresh())
    assert News.objects.filter(kind=NewsKind.AGREED).count() == 2


def test_either_side_stops_it(town: Town) -> None:
    row = noted_by(town, "bruno", "bruno")
    said = {"act": "refuse", "side": "employer", "reason": "other", "seen": str(row.version)}
    town.client("chloe").post(row.url, said)
    assert (fresh().state, fresh().delayed_since) == (State.DECLINED, None)
    services.undo(introduction=fresh(), by=town.people["chloe"])
    assert situation_of(fresh()) == Situation.DELAYED
    services.withdraw(introduction=fresh(), side=Side.JOBSEEKER, reason="pay", by=town.people["amelie"])
    with later(AFTER):
        assert flow.open_names() == 0
    assert not permissions.identity_is_shared(fresh())


@pytest.mark.parametrize("who", ["amelie", "chloe"])
def test_either_side_goes_on_at_once(who: str, town: Town) -> None:
    row = noted_by(town, "bruno", "bruno")
    page = town.client(who).get(row.url).content.decode()
    assert 'value="second"' in page
    town.client(who).post(row.url, {"act": "second", "seen": str(row.version)})
    assert permissions.identity_is_shared(fresh())


def test_a_colleague_confirms_without_reading_a_name(town: Town) -> None:
    row = noted_by(town, "bruno", "bruno")
    colleague = factories.UserFactory(name="Colette")
    agencies.take_on(agency=town.agency, user=colleague, role=Role.COUNSELLOR, by=None)
    address = reverse("introductions:to_second")
    page = town.client("hugo").get(address).content.decode()
    assert town.vacancy.title in page
    assert "Amélie" not in page
    assert town.vacancy.title not in town.client("bruno").get(address).content.decode()
    assert town.vacancy.title not in town.client("dario").get(address).content.decode()
    town.client("hugo").post(address, {"introduction": str(row.pk)})
    assert permissions.identity_is_shared(fresh())
    assert town.client("dario").post(address, {"introduction": str(row.pk)}).status_code == 404


def test_an_employer_who_is_her_counsellor_too_is_one_person(town: Town) -> None:
    Membership.objects.create(
        user=town.people["bruno"], organisation=town.employer.organisation, role=Role.EMPLOYER
    )
    bruno = User.objects.get(pk=town.people["bruno"].pk)
    row = services.ask(jobseeker=town.jobseeker, vacancy=town.vacancy, by=bruno)
    services.accept(introduction=row, by=bruno)
    assert situation_of(fresh()) == Situation.DELAYED
