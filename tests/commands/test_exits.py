"""What a shell reads when a command ends: the page of operations says it, and every command keeps it."""

import re
from pathlib import Path

import pytest
from django.core.management import execute_from_command_line, get_commands

import visavis
from visavis.commands import station
from visavis.commands.__main__ import _names, main
from visavis.vacancies.management.commands import import_feed

SOURCE = Path(visavis.__path__[0])
PAGE = (SOURCE.parents[1] / "docs" / "operations.md").read_text(encoding="utf-8")
TABLE = PAGE.split("### What a command ends with")[1].split("\n## ")[0]
OURS = sorted(name for name, app in get_commands().items() if str(app).startswith("visavis."))
NUMBER = re.compile(r"(?:returncode=|sys\.exit\(|SystemExit\()(\d+)")


def test_the_page_has_every_number_that_a_command_may_give() -> None:
    told = {int(number) for number in re.findall(r"^\| (\d+) \|", TABLE, re.MULTILINE)}
    files = [*SOURCE.glob("commands/*.py"), *SOURCE.glob("*/management/commands/*.py")]
    given = {int(number) for path in files for number in NUMBER.findall(path.read_text(encoding="utf-8"))}
    given |= {import_feed.NOT_WHOLE, import_feed.WAITS, station.AGAIN}
    assert given <= told == {0, 1, 2, 3, 4, 75, 130}


@pytest.mark.parametrize("name", OURS)
def test_a_word_that_a_command_does_not_know_is_2(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        execute_from_command_line(["visavis", name, "--no-such-option"])
    assert ended.value.code == 2 and capsys.readouterr().err


@pytest.mark.parametrize("name", ["serve", "demo", "setup", "companion", "vacancies", "search", "station"])
def test_so_it_is_for_the_words_of_visavis_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert name in _names()
    with pytest.raises(SystemExit) as ended:
        main([name, "--no-such-option"])
    assert ended.value.code == 2 and capsys.readouterr().err
