"""Every command that docs/operations.md names is one that there is, and reads the words that stand after it."""

import argparse
import re
import shlex

import pytest
from django.core.management import get_commands, load_command_class

from tests.operations import printed
from visavis.commands import demo, live, relay, serve, setup
from visavis.operations.installing.questions import read_all
from visavis.operations.installing.values import WrongAnswer

OWN = {"setup": setup, "serve": serve, "live": live, "relay": relay, "demo": demo}
INLINE = re.compile(r"`(?:\.venv/bin/)?visavis ([^`]+)`")
LINES = [
    line
    for frame in printed.frames()
    for line in frame.lines
    if line.startswith("visavis ") and frame.kind == "sh"
]


def words_of(line: str) -> list[str]:
    words = shlex.split(line)[1:]
    return words[2:] if words[0] == "--environment" else words


def parser_of(word: str) -> argparse.ArgumentParser:
    """Return what reads the words after a command; fails where there is no such command."""
    if word in OWN:
        subparsers = argparse.ArgumentParser(exit_on_error=False).add_subparsers(dest="word")
        OWN[word].add_parser(subparsers)
        return subparsers.choices[word]
    commands = get_commands()
    assert word in commands, f"visavis {word} is no command"
    app = commands[word]
    command = load_command_class(app, word) if isinstance(app, str) else app
    return command.create_parser("visavis", word)


@pytest.mark.parametrize("line", LINES)
def test_a_command_in_a_frame_reads_its_own_words(line: str) -> None:
    word, *words = words_of(line)
    parser_of(word).parse_args(words)


def test_a_command_named_in_a_sentence_is_one_with_its_options() -> None:
    page = printed.PAGE.read_text(encoding="utf-8")
    known = 0
    for told in INLINE.findall(page):
        word, *words = told.split()
        if not re.fullmatch(r"[a-z_]+", word) or word in {
            "check",
            "migrate",
            "match",
            "occupations",
            "audit",
        }:
            continue
        options = parser_of(word)._option_string_actions
        missing = [one for one in words if one.startswith("--") and one.rstrip("`,.") not in options]
        assert not missing, f"visavis {told}"
        known += 1
    assert known > 12


@pytest.mark.parametrize(
    ("under", "first"),
    [
        ("Install", "apt-get update"),
        ("Backup", "visavis backup --draw-key backup-key.txt"),
        ("Upgrade, and go back", "visavis setup --answers answers.toml"),
        ("A minute at most, on PostgreSQL", "apt-get install -y pgbackrest"),
    ],
)
def test_what_make_fresh_runs_is_printed_under_its_heading(under: str, first: str) -> None:
    assert printed.commands(under)[0] == first
    assert printed.commands("What is done by command")


def test_the_answers_that_the_page_shows_are_all_that_must_be_told() -> None:
    lines = dict(line.split(" = ", 1) for line in printed.answers().splitlines())
    told = read_all({name: value.strip('"') for name, value in lines.items()}, {}, ask=False)
    assert told["head"] == "direction@emploi.example"
    for name in ("url", "phone", "mail_from", "agency", "head"):
        with pytest.raises(WrongAnswer, match="is missing"):
            read_all({one: value.strip('"') for one, value in lines.items() if one != name}, {}, ask=False)
