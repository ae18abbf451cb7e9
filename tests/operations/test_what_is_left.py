"""Who closes her account, takes her data and is erased: what is left of her is listed, a number in the journal."""

import datetime as dt
import gzip
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests.personas import Town
from visavis.common import clock, keeping
from visavis.introductions import services as introductions
from visavis.jobseekers.models import Experience
from visavis.leaving import services as leaving
from visavis.people.models import Organisation, User

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def listed(number: int, *words: str) -> tuple[str, int]:
    out, code = StringIO(), 0
    try:
        call_command("what_is_left", str(number), *words, stdout=out)
    except SystemExit as left:
        code = int(left.code or 0)
    return out.getvalue(), code


def test_after_the_whole_way_only_numbers_are_left(
    town: Town, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, settings: Any, time_machine: Any
) -> None:
    settings.VISAVIS_ERASED = str(tmp_path / "erased.jsonl")
    amelie, client = town.people["amelie"], town.client("amelie")
    amelie.name, words = "Amélie Quatrefages", tmp_path_factory.mktemp("apart") / "words"
    amelie.save()
    words.write_text(f"Soudeuse\n{amelie.name}\n", encoding="utf-8")
    Experience.objects.create(jobseeker=town.jobseeker, title="Soudeuse")
    introductions.want(jobseeker=town.jobseeker, vacancy=town.vacancy, by=amelie)
    before, code = listed(amelie.pk, "--words", str(words))
    assert code == 0 and "FOUND: people_user: word 2" in before
    assert "people.User: 1 rows" in before and "jobseekers.Experience: 1 rows" in before
    assert client.post(reverse("leaving:data")).headers["Content-Type"] == "application/zip"
    client.post(reverse("leaving:close"))
    time_machine.move_to(clock.now() + dt.timedelta(days=31))
    assert keeping.forget()["accounts erased"] == 1
    after, code = listed(amelie.pk, "--words", str(words))
    tables = {line.split(":")[0].strip() for line in after.splitlines() if " rows, kept" in line}
    assert code == 0 and tables == {"journal.Entry"}
    assert "rankings shown: perhaps rows" in after
    assert "not there, erased." in after and "her key: erased" in after
    assert "Soudeuse" not in after and amelie.name not in after
    assert "2 words looked for in every table" in after and "FOUND" not in after
    # What nobody keeps in order is found, in a table and in a log.
    Organisation.objects.create(kind="employer", name=amelie.name)
    (tmp_path / "proxy.log").write_text("GET /people/?q=soudeuse\n", encoding="utf-8")
    (tmp_path / "old.gz").write_bytes(gzip.compress(b"amelie quatrefages"))
    (tmp_path / "cut.gz").write_bytes(b"no gzip")
    spilt, code = listed(amelie.pk, "--words", str(words))
    assert code == 1 and "FOUND: people_organisation: word 2" in spilt
    assert "proxy.log: word 1" in spilt and "old.gz: word 2" in spilt
    assert "cut.gz: it could not be read: look there yourself" in spilt and ": 4 places" in spilt
    words.write_text("abc\n", encoding="utf-8")
    with pytest.raises(CommandError, match="4 letters"):
        listed(amelie.pk, "--words", str(words))


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
