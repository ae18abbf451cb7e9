"""Permits: one a person and quarter, shared by her devices, up to a cap, signed without being seen."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.personas import Town
from tests.traces.device import Device
from visavis.common import clock
from visavis.journal.models import Entry
from visavis.people.models import User
from visavis.traces import keys, periods, permits
from visavis.traces.models import Period, Permit


@pytest.fixture
def amelie(town: Town) -> User:
    return town.people["amelie"]


@pytest.mark.database
def test_a_permit_is_ours_once_the_blinding_is_off(quarter: Period, amelie: User) -> None:
    device = Device(quarter)
    signed = [permits.give(blinded=device.blinded, period=quarter.code, by=amelie) for _time in range(2)]
    assert signed[0] == signed[1] and Permit.objects.count() == 1, "signed again after a crash"
    device.ask(amelie)
    assert keys.is_signed(int(quarter.modulus), device.message, device.signature)
    assert not keys.is_signed(int(quarter.modulus), device.message + b"a", device.signature)
    with pytest.raises(permits.AlreadyGiven):
        Device(quarter).ask(amelie)
    with pytest.raises(IntegrityError), transaction.atomic():
        Permit.objects.create(user=amelie, period=quarter, epsilon_thousandths=1000, blinded_digest="b")


@pytest.mark.database
def test_the_fifth_quarter_passes_the_cap(quarter: Period, amelie: User) -> None:
    told = []
    for number in range(5):
        with clock.moved(clock.now() + dt.timedelta(days=92 * number)):
            periods.prepare()
            now = periods.current()
            assert now
            try:
                Device(now).ask(amelie)
            except permits.NotGiven as refusal:
                told.append(refusal.why)
    assert told == ["cap"] and permits.spent(amelie) == 4000


def test_who_stopped_permits_gets_none_until_she_allows_them(quarter: Period, amelie: User) -> None:
    permits.stop(by=amelie)
    with pytest.raises(permits.Stopped):
        Device(quarter).ask(amelie)
    permits.allow(by=amelie)
    Device(quarter).ask(amelie)


def test_what_is_no_blinded_message_is_refused_and_costs_nothing(quarter: Period, amelie: User) -> None:
    with pytest.raises(permits.NotNow):
        permits.give(blinded=Device(quarter).blinded, period="2020-1", by=amelie)
    for blinded in (b"", b"\0" * 256, b"\1", b"\xff" * 256, b"\xff" * 300):
        with pytest.raises(keys.CannotBeSigned):
            permits.give(blinded=blinded, period=quarter.code, by=amelie)
    assert not Permit.objects.exists()


def test_forgetting_a_person_removes_her_permits(quarter: Period, amelie: User) -> None:
    user = factories.UserFactory()
    Device(quarter).ask(user)
    permits.stop(by=user)
    user.delete()
    assert not Permit.objects.exists()


def test_the_key_is_sealed_and_bound_to_its_quarter(quarter: Period, settings: object) -> None:
    sealed = bytes(quarter.sealed_key)
    assert keys.unseal(sealed, quarter.code).private_numbers().d
    with pytest.raises(keys.Unsealed):
        keys.unseal(sealed, "2020-1")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]  # type: ignore[attr-defined]
    settings.SECRET_KEY = "another secret of this deployment, drawn later"  # type: ignore[attr-defined]
    assert keys.unseal(sealed, quarter.code)
    settings.SECRET_KEY_FALLBACKS = []  # type: ignore[attr-defined]
    with pytest.raises(keys.Unsealed):
        keys.unseal(sealed, quarter.code)


@pytest.mark.database
def test_a_quarter_of_permits_keeps_how_it_is_drawn(quarter: Period, amelie: User, settings: object) -> None:
    Device(quarter).ask(amelie)
    settings.VISAVIS_REPORT_EPSILON = 2000  # type: ignore[attr-defined]
    periods.prepare()
    assert list(Period.objects.values_list("epsilon_thousandths", flat=True)) == [1000, 2000]


def test_a_permit_leaves_no_line_in_the_journal_and_no_time(quarter: Period, amelie: User) -> None:
    before = Entry.objects.count()
    Device(quarter).ask(amelie)
    permits.stop(by=amelie)
    assert Entry.objects.count() == before
    kinds = {field.get_internal_type() for model in (Permit, Period) for field in model._meta.fields}
    assert "DateTimeField" not in kinds
    assert not [field.name for field in Permit._meta.fields if "Date" in field.get_internal_type()]
