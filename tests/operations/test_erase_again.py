"""After PostgreSQL itself was brought back: who was erased since is erased again, and nobody else."""

import datetime as dt
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.personas import Town
from visavis.common import clock
from visavis.people.models import User
from visavis.vault.models import PersonKey


def test_who_was_erased_since_is_erased_again_with_her_key(town: Town, tmp_path: Path) -> None:
    now = clock.now()
    amelie, gael = town.people["amelie"], town.people["gael"]
    erased = tmp_path / "erased.jsonl"
    told = [(amelie.pk, now), (gael.pk, now - dt.timedelta(days=2))]
    erased.write_text("".join(json.dumps({"person": pk, "at": at.isoformat()}) + "\n" for pk, at in told))
    out = StringIO()
    since = (now - dt.timedelta(hours=1)).isoformat()
    call_command("erase_again", since=since, erased=erased, stdout=out)
    assert out.getvalue().startswith("1 people")
    assert not User.objects.filter(pk=amelie.pk).exists() and User.objects.filter(pk=gael.pk).exists()
    assert not PersonKey.objects.filter(person_id=amelie.pk).exists()


@pytest.mark.parametrize("since", ["yesterday", "2026-11-27T10:00:00"])
def test_a_moment_that_is_none_is_a_sentence(since: str) -> None:
    with pytest.raises(CommandError, match="2026-11-27T10:00:00"):
        call_command("erase_again", since=since)
