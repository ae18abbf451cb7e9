"""The commands that import."""

import csv
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def test_a_command_prints_a_summary_and_writes_its_report(
    rome_v3: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (rome_v3 / "unix_coherence_item_v399_utf8.csv").open("a") as opened:
        opened.write('"D1102","999999"\n')
    call_command("import_rome", str(rome_v3), report=tmp_path / "report.csv")
    printed = capsys.readouterr().out
    assert "occupations" in printed and "unix_coherence_item_v399_utf8.csv:5" in printed
    with (tmp_path / "report.csv").open(encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    assert [(row["file"], row["line"], row["detail"]) for row in rows] == [
        ("unix_coherence_item_v399_utf8.csv", "5", "999999")
    ]


@pytest.mark.parametrize("command", ["import_rome", "import_esco", "import_communes"])
def test_a_place_that_does_not_exist_is_one_sentence(command: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        call_command(command, str(tmp_path / "nowhere"))
