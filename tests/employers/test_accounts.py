"""From nothing to an open account: asked for, checked at a number that the agency found, opened or refused."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.employers.conftest import FOUND, SIRET, asks, seen
from tests.personas import Town
from visavis.employers import services, taking_down
from visavis.employers.enums import Kind, Outcome, Reason, State, Way
from visavis.employers.forms import SiretField
from visavis.employers.models import Account, Joining
from visavis.employers.siret import as_written, has_its_key, luhn
from visavis.journal.models import Entry
from visavis.news.models import News
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.vacancies.models import Employer

pytestmark = pytest.mark.django_db


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_nobody_acts_for_an_employer_before_the_agency_opens_it_after_a_yes_that_stands(
    town: Town, asked: Account
) -> None:
    bruno, gael = town.people["bruno"], town.people["gael"]
    assert not again(gael).has_role(Role.EMPLOYER)
    with pytest.raises(services.NotChecked):
        services.open_account(account=asked, by=bruno)
    assert not Employer.objects.filter(siret=SIRET).exists()
    # A no after a yes counts.
    for outcomes in ([Outcome.NO_ANSWER], [Outcome.DENIED], [Outcome.CONFIRMED, Outcome.DENIED]):
        for outcome in outcomes:
            services.note_check(account=asked, check=seen(outcome=outcome), by=bruno)
        with pytest.raises(services.NotChecked):
            services.open_account(account=asked, by=bruno)
    # Silence after a yes does not.
    services.note_check(account=asked, check=seen(), by=bruno)
    services.note_check(account=asked, check=seen(outcome=Outcome.NO_ANSWER), by=bruno)
    assert services.open_account(account=asked, by=bruno).is_open


def test_a_check_that_says_yes_lets_the_agency_open_it_and_a_second_request_asks_to_join(
    town: Town, opened: Account
) -> None:
    gael = again(town.people["gael"])
    assert opened.employer is not None and opened.employer.siret == SIRET
    assert gael.organisation_ids(Role.EMPLOYER) == [opened.employer.organisation_id]
    assert News.objects.filter(user=gael, kind="opened").count() == 1
    check = opened.checks.get()
    assert (check.number, check.found, check.by) == (FOUND, "directory", town.people["bruno"])
    acts = ["ask", "check", "open"]
    assert list(opened.steps.order_by("number").values_list("act", flat=True)) == acts
    assert Entry.objects.filter(thing="employer-account", thing_id=str(opened.pk)).count() == len(acts)
    joining = asks(town.people["ines"])
    assert isinstance(joining, Joining) and joining.account == opened
    assert Account.objects.count() == 1
    assert News.objects.filter(user=town.people["gael"], kind="asks").exists()


def test_the_number_of_the_request_proves_nothing_unless_one_says_where_it_is_published(
    town: Town, asked: Account
) -> None:
    number, bruno, gael = "+33612345678", town.people["bruno"], town.people["gael"]
    with pytest.raises(services.SameNumber):
        services.note_check(account=asked, check=seen(number=number), by=bruno)
    # Nor does the number of who asks.
    Account.objects.filter(pk=asked.pk).update(phone="")
    gael.phone = number
    gael.save()
    with pytest.raises(services.SameNumber):
        services.note_check(account=asked, check=seen(number=number), by=bruno)
    for details in ("", "  "):
        check = seen(number=number, is_published=True, details=details)
        with pytest.raises(services.NotSaidWhere):
            services.note_check(account=asked, check=check, by=bruno)
    assert not asked.checks.exists()
    published = seen(number=number, is_published=True, details="site de la mairie, page Commerces")
    assert services.note_check(account=asked, check=published, by=bruno).is_published


PAPERS = services.Seen(Way.PAPERS, "M. Gaël", Outcome.CONFIRMED, details="Kbis")


def test_papers_alone_open_an_account_of_a_household_only(town: Town) -> None:
    bruno = town.people["bruno"]
    for kind, siret in (("company", SIRET), ("setting-up", ""), ("household", SIRET), ("setting-up", SIRET)):
        said = services.Asked("Épicerie du Quai", siret, Kind(kind))
        with pytest.raises(services.PapersAlone):
            services.open_on_the_phone(asked=said, contact=town.people["gael"], check=PAPERS, by=bruno)
    assert not Account.objects.exists()
    # Nor do papers that were noted before.
    asked = asks(town.people["gael"], phone="+33612345678")
    services.note_check(account=asked, check=replace(PAPERS, outcome=Outcome.DENIED), by=bruno)
    asked.checks.update(outcome=Outcome.CONFIRMED)
    with pytest.raises(services.NotChecked):
        services.open_account(account=asked, by=bruno)
    assert "Ouvrir le compte" not in town.client("bruno").get(asked.url).content.decode()
    services.note_check(account=asked, check=seen(), by=bruno)
    assert services.open_account(account=asked, by=bruno).is_open


def test_only_the_agency_checks_opens_and_refuses_with_a_reason_that_is_told_and_taken_back(
    town: Town, asked: Account
) -> None:
    for persona in ("gael", "chloe", "rosa", "nadia"):
        by = town.people[persona]
        with pytest.raises(services.NotYours):
            services.note_check(account=asked, check=seen(), by=by)
        with pytest.raises(services.NotYours):
            services.refuse(account=asked, reason=Reason.DENIED, by=by)
    bruno = town.people["bruno"]
    services.refuse(account=asked, reason=Reason.NOT_FOUND, words="Rappelez-nous.", by=bruno)
    page = town.client("gael").get("/employers/mine/").content.decode()
    assert "aucun établissement" in page and "Rappelez-nous." in page
    row = taking_down.take_back(account=asked, by=bruno)
    assert (row.state, row.reason, row.words) == (State.ASKED, "", "")
    services.refuse(account=asked, reason=Reason.DENIED, by=town.people["bruno"])
    row = asks(town.people["ines"])
    assert isinstance(row, Account)
    assert taking_down.taken_down_before(row) == asked
    assert asked.name in town.client("bruno").get(row.url).content.decode()


@pytest.mark.database
def test_one_siret_is_one_account_and_without_one_only_the_agency_asks(town: Town, asked: Account) -> None:
    joining = asks(town.people["ines"])
    assert isinstance(joining, Joining) and joining.account == asked
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(name="x", siret=SIRET, origin="employer", state="asked")
    with pytest.raises(services.WithoutSiret):
        asks(town.people["gael"], siret="", kind="household")
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(name="x", kind="household", origin="employer", state="asked")
    hers = services.Asked(name="Mme Petit", kind="household")  # type: ignore[arg-type]
    papers = services.Seen(Way.PAPERS, "Mme Petit", Outcome.CONFIRMED, details="CESU")
    said = {"contact": town.people["gael"], "check": papers, "by": town.people["bruno"]}
    row = services.open_on_the_phone(asked=hers, **said)
    assert row.is_open and row.employer is not None and row.employer.siret == ""


def test_an_employer_that_a_feed_named_is_the_same_one(town: Town) -> None:
    known = Employer.objects.create(name="EPICERIE DU QUAI", siret=SIRET)
    row = asks(town.people["gael"])
    services.note_check(account=row, check=seen(), by=town.people["bruno"])
    assert services.open_account(account=row, by=town.people["bruno"]).employer == known


def test_who_asked_takes_it_back_before_it_is_decided_and_an_overtaken_page_does_nothing(
    town: Town, asked: Account
) -> None:
    services.take_up(account=asked, by=town.people["bruno"], seen=1)
    with pytest.raises(services.Moved):
        services.refuse(account=asked, reason=Reason.DENIED, by=town.people["hugo"], seen=1)
    joining = asks(town.people["ines"])
    services.withdraw(account=asked, by=town.people["gael"])
    joining.refresh_from_db()
    assert joining.state == Joining.State.DECLINED
    with pytest.raises(services.NotNow):
        services.note_check(account=asked, check=seen(), by=town.people["bruno"])


def test_one_person_does_not_ask_for_many(town: Town) -> None:
    for siret in ("44306184100047", "35600000000048", "35600000049837", "38012986648625", SIRET):
        Account.objects.create(
            name="x", siret=siret, origin="employer", state="asked", contact=town.people["gael"]
        )
    with pytest.raises(services.TooMany):
        asks(town.people["gael"], siret="55208131766522")


# The key of a SIRET, La Poste's own rule, and what is said of one mistyped ----------------------------

REAL = ["73282932000074", "35600000000048", "44306184100047"]


@given(st.sampled_from(REAL[::2]), st.integers(0, 13), st.integers(1, 9))
def test_one_digit_mistyped_is_always_seen(digits: str, place: int, more: int) -> None:
    wrong = digits[:place] + str((int(digits[place]) + more) % 10) + digits[place + 1 :]
    assert not has_its_key(wrong)


def test_a_real_one_has_its_key_however_it_is_spaced() -> None:
    assert all(has_its_key(digits) for digits in REAL)
    for digits, has_key in (("35600000049837", True), ("35600000049838", False)):
        assert luhn(digits) % 10
        assert has_its_key(digits) == has_key
    for typed in ("732 829 320 00074", "732.829.320.00074", " 73282932000074 "):
        assert SiretField().clean(typed) == "73282932000074"
    assert as_written("73282932000074") == "732 829 320 00074"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("7328293200007", "length"), ("73282932000075", "key"), ("7328293200007A", "letters"),
     ("٧٣٢٨٢٩٣٢٠٠٠٠٧٤", "letters"), ("00000000000000", "key"), ("", "required")],
)  # fmt: skip
def test_what_is_wrong_is_said(typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        SiretField().clean(typed)
    assert refusal.value.error_list[0].code == code
