"""Requests and what is expected of the answers, as files of Hurl say it: so much of the language as tus's tests use."""

import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

METHOD = re.compile(r"(OPTIONS|HEAD|GET|POST|PUT|PATCH|DELETE) (\S+)")


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]


type Ask = Callable[[str, str, dict[str, str], bytes], Answer]


@dataclass
class Entry:
    """One request, and what its answer must be."""

    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    status: str = "*"
    captures: list[str] = field(default_factory=list)
    asserts: list[str] = field(default_factory=list)


def read(text: str) -> Iterator[Entry]:
    """Read the entries of a file."""
    entry: Entry | None = None
    into: list[str] | None = None
    lines = iter(line for line in text.splitlines() if not line.startswith("#"))
    for line in lines:
        if found := METHOD.fullmatch(line.strip()):
            if entry is not None:
                yield entry
            entry, into = Entry(found[1], found[2]), None
        elif entry is None or not line.strip():
            continue
        elif line.startswith("HTTP "):
            entry.status = line.split()[1]
        elif line.strip() == "```":
            said = []
            while (inside := next(lines)).strip() != "```":
                said.append(inside)
            entry.body = "".join(f"{one}\n" for one in said).encode()
        elif line in {"[Captures]", "[Asserts]"}:
            into = entry.captures if line == "[Captures]" else entry.asserts
        elif into is not None:
            into.append(line.strip())
        else:
            name, _, value = line.partition(":")
            entry.headers[name.strip()] = value.strip()
    if entry is not None:
        yield entry


def complaints(file: Path, ask: Ask, known: dict[str, str]) -> list[str]:
    """Play a file, and return what did not come as it should."""
    known, wrong = dict(known), []
    for number, entry in enumerate(read(file.read_text()), 1):
        headers = {name: filled(value, known) for name, value in entry.headers.items()}
        answer = ask(entry.method, filled(entry.url, known), headers, entry.body)
        if entry.status not in {"*", str(answer.status)}:
            wrong.append(f"{number}: {answer.status} instead of {entry.status}")
        wrong += [
            f"{number}: {one}"
            for one in entry.asserts
            if not one.startswith("#") and not holds(filled(one, known), answer)
        ]
        for one in entry.captures:
            name, _, query = one.partition(":")
            known[name.strip()] = str(asked(shlex.split(query), answer)[0])
    return wrong


def filled(text: str, known: dict[str, str]) -> str:
    for name, value in known.items():
        text = text.replace("{{" + name + "}}", value)
    return text


def asked(words: list[str], answer: Answer) -> tuple[str | int | None, list[str]]:
    """Return what a query asks for, and the words that follow."""
    if words[0] == "header":
        return answer.headers.get(words[1]), words[2:]
    assert words[0] == "status", words
    return answer.status, words[1:]


def holds(line: str, answer: Answer) -> bool:
    pattern = re.search(r"matches (?:/(.*)/|\"(.*)\")$", line)
    if pattern:
        said = asked(shlex.split(line[: pattern.start()]), answer)[0]
        wanted = pattern[1] or pattern[2].replace("\\\\", "\\")
        return said is not None and re.search(wanted, str(said)) is not None
    value, words = asked(shlex.split(line), answer)
    is_not, words = words[0] == "not", words[words[0] == "not" :]
    match words:
        case ["exists"]:
            found = value is not None
        case ["==", wanted]:
            found = str(value) == wanted
        case ["contains", wanted]:
            found = wanted in str(value or "")
        case [("<" | "<=" | ">" | ">=") as sign, wanted]:
            compared = {"<": int(value or 0) < int(wanted), ">": int(value or 0) > int(wanted)}
            found = compared[sign[0]] or (len(sign) > 1 and int(value or 0) == int(wanted))
        case _:
            raise AssertionError(line)
    return found != is_not
