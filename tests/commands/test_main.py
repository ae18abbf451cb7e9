"""`visavis` has its own words, and hands any other to Django."""

import sys
from pathlib import Path

import pytest

from visavis.commands.__main__ import main


def test_the_help_lists_the_commands_and_no_word_is_refused_with_the_way_to_write_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for words, status in ((["--help"], 0), ([], 2)):
        with pytest.raises(SystemExit) as stopped:
            main(words)
        assert stopped.value.code == status
    told = capsys.readouterr()
    assert {"occupations", "match", "generate", "demo"} <= set(told.out.split())
    assert "usage: visavis" in told.err


@pytest.mark.parametrize("word", ["check", "tables", "rome"])
def test_any_other_word_goes_to_django(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[list[str]] = []
    monkeypatch.setattr("visavis.commands.__main__.execute_from_command_line", handed.append)
    assert main([word, "--deploy"]) == 0
    assert handed == [["visavis", word, "--deploy"]]


def test_ctrl_c_stops_with_a_sentence_and_the_status_a_shell_expects(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("visavis.commands.generate._counted", stop)
    out = tmp_path / "people.csv"
    out.write_text("kept", encoding="utf-8")
    assert main(["generate", "jobseekers", "--count", "2", "--out", str(out)]) == 130
    assert "Stopped: no file was written." in capsys.readouterr().err
    assert out.read_text(encoding="utf-8") == "kept"
    assert list(tmp_path.iterdir()) == [out]


def test_a_command_whose_extra_is_not_installed_says_which(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    for name in ("audit", "generate", "market_files", "match", "occupations", "tables"):
        monkeypatch.delitem(sys.modules, f"visavis.commands.{name}", raising=False)
    assert main(["generate", "--help"]) == 1
    assert "install visavis[tables]" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "companion" in capsys.readouterr().out
