"""Several people of one employer: codes, joining, leaving; leaving ends access at once."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from tests import factories
from tests.employers.conftest import asks
from tests.personas import Town
from visavis.common import clock
from visavis.employers import members, taking_down
from visavis.employers.enums import Reason
from visavis.employers.models import Account, Joining
from visavis.employers.steps import NotYours
from visavis.introductions import flow, services
from visavis.leaving import services as leaving
from visavis.people.enums import Role
from visavis.people.models import Membership, User
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


def test_one_person_of_two_employers_is_taken_off_by_no_stranger(town: Town, opened: Account) -> None:
    for persona in ("emile", "amelie", "rosa"):
        with pytest.raises(NotYours):
            members.leave(account=opened, user=town.people["gael"], by=town.people[persona])
    joined(town, opened, town.people["emile"])
    assert len(again(town.people["emile"]).organisation_ids(Role.EMPLOYER)) == 2


def test_leaving_ends_access_at_once_in_every_browser(town: Town, opened: Account) -> None:
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
