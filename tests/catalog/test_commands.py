"""The commands that import."""

import csv
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def test_a_command_prints_a_summary_writes_its_report_and_names_what_is_missing(
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
    for command in ["import_rome", "import_esco", "import_communes"]:
        with pytest.raises(CommandError, match="nowhere"):
            call_command(command, str(tmp_path / "nowhere"))
