"""Who closes her account, takes her data and is erased: what is left of her is listed, a number in the journal."""

import datetime as dt
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from tests.personas import Town
from visavis.common import clock, keeping
from visavis.introductions import services as introductions
from visavis.jobseekers.models import Experience
from visavis.leaving import services as leaving
from visavis.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def listed(number: int) -> tuple[str, int]:
    out, code = StringIO(), 0
    try:
        call_command("what_is_left", str(number), stdout=out)
    except SystemExit as left:
        code = int(left.code or 0)
    return out.getvalue(), code


def test_after_the_whole_way_only_numbers_are_left(
    town: Town, tmp_path: Path, settings: Any, time_machine: Any
) -> None:
    settings.VISAVIS_ERASED = str(tmp_path / "erased.jsonl")
    amelie, client = town.people["amelie"], town.client("amelie")
    Experience.objects.create(jobseeker=town.jobseeker, title="Soudeuse")
    introductions.want(jobseeker=town.jobseeker, vacancy=town.vacancy, by=amelie)
    before, code = listed(amelie.pk)
    assert code == 0 and "people.User: 1 rows" in before and "jobseekers.Experience: 1 rows" in before
    assert client.post(reverse("leaving:data")).headers["Content-Type"] == "application/zip"
    client.post(reverse("leaving:close"))
    time_machine.move_to(clock.now() + dt.timedelta(days=31))
    assert keeping.forget()["accounts erased"] == 1
    after, code = listed(amelie.pk)
    tables = {line.split(":")[0].strip() for line in after.splitlines() if " rows, kept" in line}
    assert code == 0 and tables == {"journal.Entry"}
    assert "rankings shown: perhaps rows" in after
    assert "not there, erased." in after and "her key: erased" in after
    assert "Soudeuse" not in after and amelie.name not in after


def test_what_should_have_gone_is_told(town: Town, tmp_path: Path, settings: Any, time_machine: Any) -> None:
    from visavis.vault.models import PersonKey  # noqa: PLC0415  (of this test alone)

    settings.VISAVIS_ERASED = str(tmp_path / "erased.jsonl")
    amelie = town.people["amelie"]
    leaving.close(user=amelie, by=amelie)
    time_machine.move_to(clock.now() + dt.timedelta(days=31))
    keeping.forget()
    assert not User.objects.filter(pk=amelie.pk).exists()
    PersonKey.objects.create(person_id=amelie.pk, wrapped=b"x", ring="x")
    said, code = listed(amelie.pk)
    assert code == 1 and "her key: there" in said
