"""Who has neither e-mail nor phone comes in by a letter from the counter: once, for two weeks, with her name."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.personas import Town
from visavis.common import clock
from visavis.journal.models import Entry
from visavis.people import letters
from visavis.people.models import Letter, User

pytestmark = pytest.mark.django_db
LETTER = reverse("account_letter")


@pytest.fixture
def code(town: Town) -> str:
    """The code of a letter that reception made for Amélie, whom no code reaches."""
    her = town.people["amelie"]
    her.email = her.phone = None
    her.save()
    page = town.client("rosa").post(reverse("jobseekers:person_letter", args=[town.jobseeker.pk]))
    found = re.search(r"\b[A-Z2-9]{5}-[A-Z2-9]{5}\b", page.content.decode())
    assert found and LETTER in page.content.decode() and page["Cache-Control"].find("no-store") >= 0
    return found[0]


def lets_in(name: str, code: str, client: Client | None = None) -> bool:
    """Try a letter; say whether the pages of an account open then."""
    client = client or Client()
    client.post(LETTER, {"name": name, "code": code})
    return client.get(reverse("people:account")).status_code == 200


def test_it_lets_her_in_once_and_is_kept_as_a_digest_and_in_the_journal(town: Town, code: str) -> None:
    her = town.people["amelie"]
    kept = str(list(Letter.objects.values()))
    assert code not in kept and code.replace("-", "") not in kept
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    for _ in range(6):
        page = stranger.post(LETTER, {"name": "Amélie", "code": "AAAAA-AAAAA"})
    said = str(page.context["form"].errors["code"])
    assert str(letters.WrongLetter.words) not in said, "told to wait, and the code was not looked at"
    assert not lets_in("Amélie", code, stranger)
    assert lets_in("AMELIE", code.lower().replace("-", " ")), "a stranger keeps her from nothing"
    assert not lets_in("Amélie", code)
    acts = Entry.objects.filter(thing="letter", person_id=her.pk, action__in=["created", "changed"])
    assert [(one.action, one.actor_id) for one in acts.order_by("pk")] == [
        ("created", town.people["rosa"].pk),
        ("changed", her.pk),
    ]
    assert Entry.objects.filter(action="signed-in", person_id=her.pk, note="letter").exists()


def test_not_with_another_name_nor_when_it_is_old_nor_after_another_letter(
    town: Town, code: str, time_machine: Any
) -> None:
    assert not lets_in("Gaël", code)
    letters.make(user=town.people["amelie"], by=town.people["rosa"])
    assert not lets_in("Amélie", code)
    _row, newer = letters.make(user=town.people["amelie"], by=town.people["rosa"])
    User.objects.filter(pk=town.people["amelie"].pk).update(is_active=False)
    assert not lets_in("Amélie", newer), "a closed account"
    User.objects.filter(pk=town.people["amelie"].pk).update(is_active=True)
    _row, newer = letters.make(user=town.people["amelie"], by=town.people["rosa"])
    time_machine.move_to(clock.now() + Letter.LIFE)
    assert not lets_in("Amélie", newer)
    time_machine.move_to(clock.now() + letters.KEPT + dt.timedelta(days=1))
    assert letters.of_long_ago(clock.now()).count() == 4
    for persona in ("bruno", "chloe", "hugo"):
        with pytest.raises(letters.NotByLetter):
            letters.make(user=town.people[persona], by=town.people["rosa"])


def test_who_has_the_rows_cannot_try_codes_out(settings: Any) -> None:
    """49 bits are tried in hours: what is kept needs the site's secret."""
    kept = letters.digest("ABCDE-FGHJK", "Lison Verdier")
    settings.SECRET_KEY = "another secret key, long enough"
    assert letters.digest("ABCDE-FGHJK", "Lison Verdier") != kept
