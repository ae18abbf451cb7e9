"""The installation's keys are changed without anybody noticing, and what a former key opened needs it no more."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from tests import factories
from tests.personas import Town
from tests.vault import test_columns
from visavis.jobseekers.models import Jobseeker
from visavis.people import accounts, delivery, outgoing
from visavis.people.addresses import Address
from visavis.people.models import Outgoing, User
from visavis.traces import keys as permits
from visavis.traces import periods
from visavis.traces.models import Period
from visavis.vault import keys, ring, turning
from visavis.vault.management.commands import turn_keys
from visavis.vault.models import PersonKey
from visavis.webhooks import signing
from visavis.webhooks.models import Endpoint

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_ring(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ring of the test's own; no request of before is waited for."""
    settings.VAR = tmp_path
    monkeypatch.setattr(turn_keys, "STILL_RUNNING_S", 0)


def turn(*options: str) -> str:
    said = StringIO()
    call_command("turn_keys", *options, stdout=said, stderr=StringIO())
    keys.forget()
    return said.getvalue()


def people() -> list[tuple[str | None, str]]:
    return [(one.user.email, one.about) for one in Jobseeker.objects.select_related("user").order_by("pk")]


def test_a_new_key_wraps_peoples_keys_and_the_former_may_go(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    for number in range(3):
        factories.JobseekerFactory(about=f"Mot {number}")
    before, names = people(), set(PersonKey.objects.values_list("ring", flat=True))
    monkeypatch.setattr(turning, "AT_ONCE", 1)
    ring.add("data")
    # Stopped in the middle it goes on.
    with pytest.raises(KeyboardInterrupt):
        turning.wrap_anew(stop)
    assert turning.waiting("data") == 2
    assert people() == before, "meanwhile both keys read"
    assert "2 turned" in turn("--drop") and len(ring.keys("data")) == 1
    assert "3 turned" in turn("--new", "--drop") and len(ring.keys("data")) == 1
    after = set(PersonKey.objects.values_list("ring", flat=True))
    assert len(after) == 1 and not after & names
    assert people() == before
    assert oct(ring.file_of("data").stat().st_mode & 0o777) == "0o600"
    # Without its ring nothing opens.
    keys.forget()
    settings.VISAVIS_DATA_KEYS = "another"
    with pytest.raises(ring.Unknown, match=r"at-rest\.md"):
        people()


def test_marks_are_made_anew_and_whoever_signs_in_is_found_all_the_while() -> None:
    factories.UserFactory(email="lison@example.org", phone="+33639981234")
    ring.add("contacts")
    assert User.objects.get(email="lison@example.org") == User.objects.get(phone="+33639981234")
    assert "1 turned" in turn("--contacts", "--drop")
    assert len(ring.keys("contacts")) == 1
    assert User.objects.get(email="lison@example.org") == User.objects.get(phone="+33639981234")


def test_who_turns_the_keys_of_marks_has_the_marks_of_words_made_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(turning, "WORDS_ANEW", [lambda tell: asked.append(ring.writing("contacts").name)])
    before = ring.writing("contacts").name
    turn("--contacts", "--new", "--drop")
    assert set(asked) == {ring.writing("contacts").name} != {before}


def test_a_process_that_runs_writes_by_the_key_that_another_has_just_drawn(settings: Any) -> None:
    """Else it would go on wrapping newcomers' keys by one that is dropped, and they would be lost."""
    before = ring.writing("data")
    ring._write(ring.file_of("data"), ["drawn by another process", *ring.secrets_of("data")])
    assert ring.writing("data") != before
    factories.JobseekerFactory(about="Mot")
    assert not PersonKey.objects.filter(ring=before.name).exists()
    # Keys that are given are not drawn.
    ring.file_of("data").unlink()
    settings.VISAVIS_DATA_KEYS = "new former"
    with pytest.raises(CommandError, match="VISAVIS_DATA_KEYS"):
        turn("--new")
    assert len(ring.keys("data")) == 2 and not ring.file_of("data").exists()


def test_what_waits_to_leave_is_sealed_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    def is_away(*_what: Any, **_how: Any) -> None:
        raise delivery.NotSent("away")

    monkeypatch.setattr(delivery, "hand_over", is_away)
    number = outgoing.post(
        Address("email", "lison@example.org"), delivery.change_mail("fr"), life=outgoing.WARNING_LIFE
    )
    before = ring.writing("data")
    assert "1 turned" in turn("--new", "--drop")
    row = Outgoing.objects.get(pk=number)
    assert row.key == ring.writing("data").name != before.name
    assert b"lison@example.org" in ring.writing("data").open(bytes(row.sealed), outgoing.PLACE)


@pytest.fixture
def by_the_secret_of_before(settings: Any, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program's two secrets, a second factor with its codes, a quarter's key; then another secret key."""
    endpoint = town.webhook
    endpoint.secret, endpoint.former_secret = signing.sealed("whsec_one"), signing.sealed("whsec_two")
    endpoint.save()
    seal = accounts.SecondFactorAdapter().encrypt
    data = {"secret": seal("JBSWY3DP"), "codes": [seal("one"), "plain"], "used": 3}
    Authenticator.objects.create(user=town.people["bruno"], type="totp", data=data)
    key = permits.made()
    monkeypatch.setattr(permits, "made", lambda: key)
    periods.prepare()
    Period.objects.exclude(pk=Period.objects.earliest("starts_on").pk).update(sealed_key=b"of a lost secret")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = (
        [settings.SECRET_KEY],
        "another secret key, long enough",
    )


@pytest.mark.usefixtures("by_the_secret_of_before")
def test_what_the_secret_key_seals_is_sealed_anew_and_needs_the_former_no_more(settings: Any) -> None:
    assert turning.waiting("secret") == 3
    assert "3 turned" in turn("--secret")
    settings.SECRET_KEY_FALLBACKS = []
    endpoint, factor = Endpoint.objects.get(), Authenticator.objects.get()
    assert signing.unsealed(endpoint.secret) == "whsec_one"
    assert signing.unsealed(endpoint.former_secret) == "whsec_two"
    unseal = accounts.SecondFactorAdapter().decrypt
    assert unseal(factor.data["secret"]) == "JBSWY3DP" and unseal(factor.data["codes"][0]) == "one"
    assert factor.data["codes"][1:] == ["plain"] and factor.data["used"] == 3
    period = Period.objects.earliest("starts_on")
    assert permits.unseal(bytes(period.sealed_key), period.code)
    assert turning.waiting("secret") == 0


# Sealed by a key that goes with what it opens: nothing of the installation's seals these.
OF_NO_KEY_OF_OURS = {
    "people_session.session_data": "by the key that the browser alone has",
    "mailboxes_incoming.sealed": "by a person's key or one of its own, wrapped as hers are",
    "vault_personkey.wrapped": "what is turned itself",
}


def test_every_sealed_column_is_turned() -> None:
    """A new one is a field of the vault, or is named in `turning.OTHERWISE`, or sealed by no key of ours."""
    turned = {
        f"{one.model._meta.db_table}.{one.model._meta.get_field(name).column}"
        for one in turning.OTHERWISE
        for name in one.names
    }
    of_the_vault = {column for column, is_sealed in test_columns.columns().items() if is_sealed}
    sealed = {column for column, (rests, _why) in test_columns.ledger().items() if rests == "sealed"}
    assert sealed >= test_columns.OTHERWISE
    assert sealed and not sealed - of_the_vault - turned - OF_NO_KEY_OF_OURS.keys()
    assert not turned & of_the_vault
