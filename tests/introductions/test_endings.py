"""What is read ends with the introduction: pages, the CV and the service for programs, for both sides."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from tests import factories
from tests.personas import Town
from visavis.agencies import services as agencies
from visavis.api import tokens
from visavis.api.scopes import grantable
from visavis.common import clock, keeping
from visavis.introductions import cards, flow, frozen, hires, lasting, limits, permissions, services
from visavis.introductions.enums import NewsKind, Side, State
from visavis.introductions.models import Frozen, Introduction
from visavis.introductions.services import NotNow, NotYours
from visavis.introductions.stories import Situation, situation_of
from visavis.jobseekers.models import Experience
from visavis.news.models import News
from visavis.people.enums import Channel, Role
from visavis.people.models import Membership, User

pytestmark = pytest.mark.django_db


def put(town: Town) -> Introduction:
    Experience.objects.create(
        jobseeker=town.jobseeker, title="x", occupation=town.vacancy.occupation, months=30
    )
    services.want(jobseeker=town.jobseeker, vacancy=town.vacancy, by=town.people["amelie"])
    flow.put_next(town.vacancy.pk)
    return fresh()


def fresh() -> Introduction:
    return Introduction.objects.with_person().get()


def agreed(town: Town) -> Introduction:
    services.agree(introduction=put(town), by=town.people["chloe"])
    return fresh()


def hired(town: Town, terms: hires.Terms | None = None) -> Introduction:
    terms = terms or hires.Terms("permanent", clock.today())
    hires.declare(introduction=agreed(town), side=Side.EMPLOYER, terms=terms, by=town.people["chloe"])
    hires.confirm(introduction=fresh(), side=Side.JOBSEEKER, by=town.people["amelie"])
    return fresh()


def later(days: int) -> Any:
    return clock.moved(clock.now() + dt.timedelta(days=days))


def learn(town: Town) -> None:
    """She writes of two more years of the same work, and of a licence."""
    Experience.objects.update(months=54)
    town.jobseeker.licences = ["B"]
    town.jobseeker.save()


def read(town: Town, who: str, row: Introduction) -> str:
    return str(town.client(who).get(row.url).content.decode())


def test_what_she_changes_before_both_yes_or_after_a_no_taken_back_is_read(town: Town) -> None:
    services.refuse(introduction=put(town), reason="skills", by=town.people["chloe"])
    services.undo(introduction=fresh(), by=town.people["chloe"])
    learn(town)
    assert fresh().state == State.PUT
    assert "4 ans" in read(town, "chloe", fresh())


def test_what_both_yes_shared_stays_as_it_was_until_two_years_after_a_no_and_its_cv_until_the_no(
    town: Town,
) -> None:
    row = agreed(town)
    learn(town)
    page = read(town, "chloe", row)
    assert "2 ans" in page
    assert "4 ans" not in page
    assert cards.of_person(fresh()).licences == []
    address = reverse("cvs:introduction", kwargs={"introduction_id": row.pk})
    assert town.client("chloe").get(address).status_code == 200
    services.not_hire(introduction=row, side=Side.EMPLOYER, reason="skills", by=town.people["chloe"])
    assert town.client("chloe").get(address).status_code == 404
    assert address not in read(town, "chloe", row)
    assert "2 ans" in read(town, "chloe", row)
    assert town.people["amelie"].name not in read(town, "chloe", row)
    with later(730):
        assert town.client("chloe").get(row.url).status_code == 404
        assert town.client("amelie").get(row.url).status_code == 200
        listed = reverse("introductions:of_vacancy", kwargs={"vacancy_id": town.vacancy.pk})
        assert row.url not in town.client("chloe").get(listed).content.decode()


def test_what_stood_there_at_a_no_is_frozen_until_nobody_reads_it(town: Town) -> None:
    services.refuse(introduction=put(town), reason="skills", by=town.people["chloe"])
    learn(town)
    assert "2 ans" in read(town, "chloe", fresh())
    assert "4 ans" not in read(town, "chloe", fresh())
    assert keeping.forget()["what introductions showed"] == 0
    with later(limits.READ_AFTER_END.days + 1):
        assert keeping.forget()["what introductions showed"] == 1
    assert not Frozen.objects.exists()
    # An end that is not frozen shows nothing of today.
    assert frozen.shown(fresh()) == frozen.Work()
    assert "4 ans" not in read(town, "chloe", fresh())


def test_after_a_hire_the_contact_closes_before_the_name(town: Town) -> None:
    row = hired(town)
    town.people["amelie"].email = "amelie.neuve@example.org"
    town.people["amelie"].save()
    assert cards.of_person(fresh()).identity == cards.Identity(
        "Amélie", "amelie.neuve@example.org", town.people["amelie"].phone or "", "Le site et l’e-mail"
    )
    with later(limits.CONTACT_AFTER_START.days + 1):
        assert cards.of_person(fresh()).identity == cards.Identity("Amélie")
        assert cards.of_employer(fresh()).identity == cards.Identity("Chloé")
        assert "amelie.neuve" not in read(town, "chloe", row)
    with later(limits.NAMES_AFTER_START.days + 1):
        assert not permissions.identity_is_shared(fresh())
        assert "Amélie" not in read(town, "chloe", row)
        assert "Chloé" not in read(town, "amelie", row)


def test_a_program_reads_no_more_than_a_page_and_the_name_until_the_last_question_is_answered(
    town: Town,
) -> None:
    row = hired(town)
    learn(town)
    said = asked(town, row)
    assert said["person"] == "Amélie"
    assert said["person_card"]["licences"] == []
    assert said["names_until"] == str(clock.today() + limits.NAMES_AFTER_START)
    with later(limits.NAMES_AFTER_START.days + 1):
        closed = asked(town, row)
        assert "Amélie" not in str(closed)
        assert closed["person_card"]["identity"] is None
    last = row.hire.follow_ups.last()
    until = lasting.names_until(row)
    assert last is not None and until is not None
    assert last.due_on + dt.timedelta(days=20) < until


def asked(town: Town, row: Introduction) -> Any:
    """Ask as the employer's program."""
    user = town.people["chloe"]
    said = {"name": "x", "scopes": grantable(user), "days": 7, "has_second_factor": True}
    _token, key = tokens.create(user=user, **said)
    headers = {"Authorization": f"Bearer {key}"}
    return town.client("visitor").get(f"/api/v1/introductions/{row.pk}", headers=headers).json()


def test_both_yes_of_before_are_frozen_by_the_sweep_and_both_are_told_how_long(town: Town) -> None:
    row = agreed(town)
    Frozen.objects.all().delete()
    flow.sweep()
    learn(town)
    assert "2 ans" in read(town, "chloe", fresh())
    assert "210" in lasting.words(row, Side.EMPLOYER) == lasting.words(row, Side.JOBSEEKER)
    assert "210" in read(town, "chloe", row) and "210" in read(town, "amelie", row)
    services.not_hire(introduction=row, side=Side.EMPLOYER, reason="skills", by=town.people["chloe"])
    assert all("maintenant masqués" in read(town, name, row) for name in ("chloe", "amelie"))


# Both yes come from two persons, or each side has the time to stop what one noted for both ------------

AFTER = limits.DELAY + dt.timedelta(hours=1)


def noted_by(town: Town, wish: str, yes: str) -> Introduction:
    """One notes her wish, another the employer's yes."""
    services.want(jobseeker=town.jobseeker, vacancy=town.vacancy, by=town.people[wish])
    flow.put_next(town.vacancy.pk)
    services.agree(introduction=fresh(), by=town.people[yes])
    return fresh()


def after(time: dt.timedelta) -> Any:
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
    with after(AFTER):
        assert flow.open_names() == 0
        told.filter(user=amelie).update(state=News.State.TOLD, told_at=clock.now())
        assert flow.open_names() == 0
    with after(AFTER + AFTER):
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
    with after(AFTER):
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
