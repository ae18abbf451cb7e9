"""An employer that turns out false: nothing of it is left to see, who answered is told, and it can be put back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from tests import factories
from tests.personas import Town
from visavis.employers import members, taking_down
from visavis.employers.enums import Reason, State
from visavis.employers.models import Account
from visavis.employers.services import NoReason, NotNow, NotYours
from visavis.introductions import flow, services
from visavis.introductions.enums import Side
from visavis.introductions.models import Introduction
from visavis.matches import services as matches
from visavis.news.models import News
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.vacancies import services as vacancies
from visavis.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


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
