"""Several people of one employer: codes, joining, leaving; leaving ends access at once."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from tests import factories
from tests.employers.conftest import asks
from tests.personas import Town
from visavis.common import clock
from visavis.employers import members, taking_down
from visavis.employers.enums import Reason, State
from visavis.employers.models import Account, Joining
from visavis.employers.services import NoReason, NotNow
from visavis.employers.steps import NotYours
from visavis.introductions import flow, services
from visavis.introductions.enums import Side
from visavis.introductions.models import Introduction
from visavis.leaving import services as leaving
from visavis.matches import services as matches
from visavis.news.models import News
from visavis.people.enums import Role
from visavis.people.models import Membership, User
from visavis.vacancies import services as vacancies
from visavis.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


def joined(town: Town, account: Account, user: User, by: str = "gael") -> None:
    code = members.invite(account=account, by=again(town.people[by]))
    joining = members.join_by_code(code=code, user=user)
    members.answer(joining=joining, accepted=True, by=again(town.people[by]))


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_a_code_and_a_yes_let_a_colleague_in_and_it_works_once_for_a_week(
    town: Town, opened: Account, time_machine: Any
) -> None:
    gael, ines, emile = again(town.people["gael"]), town.people["ines"], town.people["emile"]
    code = members.invite(account=opened, by=gael)
    kept = opened.invitations.values().get()
    assert code.replace("-", "") not in str(kept)
    joining = members.join_by_code(code=code.lower().replace("-", " "), user=ines)
    with pytest.raises(members.WrongCode):
        members.join_by_code(code=code, user=emile)
    assert not again(ines).has_role(Role.EMPLOYER)
    with pytest.raises(NotYours):
        members.answer(joining=joining, accepted=True, by=ines)
    members.answer(joining=joining, accepted=True, by=gael)
    assert again(ines).has_role(Role.EMPLOYER)
    late = members.invite(account=opened, by=gael)
    time_machine.move_to(clock.now() + dt.timedelta(days=7, minutes=1))
    with pytest.raises(members.WrongCode):
        members.join_by_code(code=late, user=emile)


def test_leaving_ends_access_at_once_in_every_browser_and_no_stranger_takes_anybody_off(
    town: Town, opened: Account
) -> None:
    joined(town, opened, town.people["ines"])
    vacancy = factories.VacancyFactory(employer=opened.employer, draft=True)
    page = reverse("vacancies:check", kwargs={"vacancy_id": vacancy.pk})
    here, there = town.client("ines"), town.client("ines")
    assert here.get(page).status_code == there.get(page).status_code == 200
    members.leave(account=opened, user=town.people["ines"], by=again(town.people["gael"]))
    for browser in (here, there):
        answer = browser.get(page)
        assert answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))
    town.people["ines"].refresh_from_db()
    assert town.client("ines").get(page).status_code == 404
    # Who leaves another day than she came has lost it too.
    joined(town, opened, again(town.people["ines"]))
    Membership.objects.filter(user=town.people["ines"]).update(starts_on=clock.today() - dt.timedelta(days=9))
    members.leave(account=opened, user=town.people["ines"], by=again(town.people["gael"]))
    assert not again(town.people["ines"]).has_role(Role.EMPLOYER)
    for persona in ("emile", "amelie", "rosa"):
        with pytest.raises(NotYours):
            members.leave(account=opened, user=town.people["gael"], by=town.people[persona])
    joined(town, opened, town.people["emile"])
    assert len(again(town.people["emile"]).organisation_ids(Role.EMPLOYER)) == 2


def test_the_introductions_of_who_leaves_go_to_a_colleague(town: Town) -> None:
    account, chloe = town.employer_account, town.people["chloe"]
    joined(town, account, town.people["ines"], by="chloe")
    row = services.want(jobseeker=town.jobseeker, vacancy=town.vacancy, by=town.people["amelie"])
    flow.put_next(town.vacancy.pk)
    services.agree(introduction=row, by=chloe)
    members.leave(account=account, user=chloe, by=chloe)
    row.refresh_from_db()
    assert row.employer_contact == town.people["ines"]


def test_the_last_to_leave_closes_the_vacancies_and_the_agency_is_told(
    town: Town, opened: Account, commits: Any
) -> None:
    vacancy = factories.VacancyFactory(employer=opened.employer)
    row = services.want(jobseeker=town.jobseeker, vacancy=vacancy, by=town.people["amelie"])
    gael = again(town.people["gael"])
    with commits():
        assert members.leave(account=opened, user=gael, by=gael) == 1
    vacancy.refresh_from_db()
    row.refresh_from_db()
    assert (vacancy.state, row.state) == (Vacancy.State.CLOSED, "withdrawn")
    asks(town.people["ines"])
    assert "personne n’est plus là" in town.client("bruno").get(reverse("portal:home")).content.decode()
    joining = Joining.objects.get(user=town.people["ines"])
    members.answer(joining=joining, accepted=True, by=town.people["bruno"])
    assert again(town.people["ines"]).has_role(Role.EMPLOYER)


def test_what_closed_with_his_account_is_shown_again_when_he_comes_back(
    town: Town, opened: Account, commits: Any
) -> None:
    gael, today = again(town.people["gael"]), clock.today()
    back = factories.VacancyFactory(employer=opened.employer)
    over = factories.VacancyFactory(employer=opened.employer)
    filled = factories.VacancyFactory(employer=opened.employer)
    before = factories.VacancyFactory(employer=opened.employer, state=Vacancy.State.CLOSED)
    with commits():
        leaving.close(user=gael, by=gael)
    Vacancy.objects.filter(pk=over.pk).update(closes_on=today - dt.timedelta(days=1))
    Vacancy.objects.filter(pk=filled.pk).update(state=Vacancy.State.FILLED)
    with commits():
        leaving.reopen(user=gael, by=gael)
    states = [Vacancy.objects.get(pk=one.pk).state for one in (back, over, filled, before)]
    assert states == ["open", "closed", "filled", "closed"]
    # Nothing comes back of an employer taken down meanwhile.
    with commits():
        leaving.close(user=gael, by=gael)
    with commits():
        taking_down.take_down(account=opened, reason=Reason.DENIED, by=town.people["bruno"])
        leaving.reopen(user=gael, by=gael)
    assert Vacancy.objects.get(pk=back.pk).state == Vacancy.State.CLOSED


def test_the_last_person_reads_which_vacancies_close_before_he_closes_his_account(
    town: Town, opened: Account
) -> None:
    factories.VacancyFactory(employer=opened.employer, title="Boulangère de nuit")
    factories.VacancyFactory(employer=opened.employer, title="Ancienne", state=Vacancy.State.CLOSED)
    page = town.client("gael").get(reverse("leaving:close")).content.decode()
    assert "Boulangère de nuit" in page and "Ancienne" not in page
    assert "paraissent de nouveau jusqu’à leur dernier jour" in page
    [ending] = leaving.endings(again(town.people["gael"]))
    assert ending.names == ["Boulangère de nuit"]
    members.add(account=opened, user=town.people["ines"], by=town.people["bruno"])
    assert leaving.endings(again(town.people["gael"])) == []
    assert "Boulangère" not in town.client("gael").get(reverse("leaving:close")).content.decode()


# An employer that turns out false: nothing of it is left, who answered is told, and it can be put back ---


@pytest.fixture
def account(town: Town) -> Account:
    return town.employer_account


@pytest.fixture
def down(town: Town, account: Account, commits: Any) -> Callable[[], None]:
    """Take it down when it is called."""

    def take_down() -> None:
        said = {"reason": Reason.MONEY, "words": "Une candidate nous a appelés."}
        with commits():
            taking_down.take_down(account=account, by=town.people["bruno"], **said)

    return take_down


def agreed(town: Town, vacancy: Vacancy) -> Introduction:
    row = services.want(jobseeker=town.jobseeker, vacancy=vacancy, by=town.people["amelie"])
    flow.put_next(vacancy.pk)
    return services.agree(introduction=row, by=town.people["chloe"])


def test_only_the_agency_does_it_with_a_reason_and_its_people_and_vacancies_are_gone_at_once(
    town: Town, account: Account, down: Callable[[], None]
) -> None:
    for persona in ("chloe", "emile", "amelie", "rosa", "nadia"):
        with pytest.raises(NotYours):
            taking_down.take_down(account=account, reason=Reason.MONEY, by=town.people[persona])
    with pytest.raises(NoReason):
        taking_down.take_down(account=account, reason="because", by=town.people["bruno"])
    browser = town.client("chloe")
    assert browser.get(reverse("vacancies:mine")).status_code == 200
    down()
    assert browser.get(reverse("vacancies:mine"))["Location"].startswith(reverse("account_login"))
    assert not User.objects.get(pk=town.people["chloe"].pk).has_role(Role.EMPLOYER)
    public = reverse("vacancies:public", kwargs={"vacancy_id": town.vacancy.pk})
    assert town.client("visitor").get(public).status_code in {404, 410}
    page = reverse("vacancies:page", kwargs={"vacancy_id": town.vacancy.pk})
    assert town.client("amelie").get(page).status_code == 404
    with pytest.raises(NotNow):
        taking_down.take_down(account=account, reason=Reason.MONEY, by=town.people["bruno"])


def test_what_is_in_course_ends_both_yes_too_and_each_person_is_told_once(
    town: Town, down: Callable[[], None]
) -> None:
    row = agreed(town, town.vacancy)
    closed, other = (factories.VacancyFactory(employer=town.employer, title="Pâtissier") for _ in range(2))
    met, lately = agreed(town, closed), agreed(town, other)
    Vacancy.objects.filter(pk=closed.pk).update(state=Vacancy.State.CLOSED)
    # Who exchanged names lately is warned too.
    services.not_hire(introduction=lately, side=Side.EMPLOYER, reason="other", by=town.people["chloe"])
    matches.say(jobseeker=town.jobseeker, vacancy=other, kind="interested", by=town.people["amelie"])
    down()
    told = News.objects.filter(user=town.people["amelie"], kind="ad-hidden")
    for one in (row, met):
        one.refresh_from_db()
        assert one.state == "withdrawn"
        assert told.filter(thing_id=one.pk).count() == 1
    assert told.count() == 3
    assert "coordonnées bancaires" in town.client("amelie").get(row.url).content.decode()
    assert "Chloé" not in town.client("amelie").get(row.url).content.decode()


def test_it_reads_why_and_whom_to_call_and_nothing_of_it_is_published_again(
    town: Town, down: Callable[[], None], account: Account
) -> None:
    down()
    town.people["chloe"].refresh_from_db()
    home = town.client("chloe").get(reverse("portal:home")).content.decode()
    assert "La loi l’interdit" in home and "Une candidate nous a appelés." in home
    assert News.objects.filter(user=town.people["chloe"], kind="down").count() == 1
    with pytest.raises(vacancies.TakenDown):
        vacancies.publish(vacancy=town.draft, closes_on=town.draft.changed_at.date(), by=town.people["bruno"])
    with pytest.raises(vacancies.UnknownEmployer):
        vacancies.employer_named(name=town.employer.name)
    account.refresh_from_db()
    with pytest.raises(NotYours):
        members.add(account=account, user=town.people["ines"], by=town.people["bruno"])


def test_it_can_be_put_back_whole(
    town: Town, account: Account, down: Callable[[], None], commits: Any
) -> None:
    row = agreed(town, town.vacancy)
    before = factories.VacancyFactory(employer=town.employer, state=Vacancy.State.CLOSED)
    down()
    with commits():
        kept = taking_down.take_back(account=account, by=town.people["hugo"])
    assert (kept.state, kept.reason, kept.taken) == (State.OPEN, "", {})
    for vacancy, state in ((town.vacancy, "open"), (before, "closed")):
        vacancy.refresh_from_db()
        assert vacancy.state == state
    row.refresh_from_db()
    assert row.state == "agreed"
    assert User.objects.get(pk=town.people["chloe"].pk).has_role(Role.EMPLOYER)
