"""Mail for the tests: messages made by Python's own writer, and the companion's reader asked in node."""

import json
import mailbox
import shutil
from collections.abc import Iterable
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

from tests.programs import run

ROOT = Path(__file__).resolve().parents[2]
NODE = shutil.which("node")

# A word that must never come out of a head, in a shape the lexicon would take: it is in the lexicon of the tests.
CANARY = "canaricorne"

LEXICON: dict[str, Any] = {
    "table": "tests",
    "fr": {
        "perceuse": [0], "perceuses": [0], "étagère": [0], "rabot": [0], "huile moteur": [1], "embrayage": [1],
        "ciné-club": [2], "cœur de chêne": [0], "chambre d’hôtes": [3], "carte bleue": [], "bleue": [4], "coin": [5],
        CANARY: [9],
    },
    "en": {"drill": [0], "shelf": [0], "film": [2], "four": [6], "coin": [7], "car": [1], CANARY: [9]},
    "skills": {"fr": {"rabot": ["skill:plane"]}, "en": {"shelf": ["skill:plane"]}},
}  # fmt: skip


def ask(*questions: dict[str, Any]) -> list[dict[str, Any]]:
    """Ask all in one process; each answer is `{answer}` or `{refused, message}`."""
    command = [str(NODE), str(ROOT / "tests/companion/mail.mjs")]
    done = run(command, input=json.dumps(questions), capture_output=True, text=True)
    assert not done.returncode, done.stderr
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def one(kind: str, **given: Any) -> Any:
    """Ask one question that is answered."""
    (told,) = ask({"ask": kind, **given})
    assert "answer" in told, told
    return told["answer"]


def refused(kind: str, **given: Any) -> str:
    """Ask one question that is refused, and say why."""
    (told,) = ask({"ask": kind, **given})
    assert "refused" in told, told
    return str(told["refused"])


def read(path: Path, **given: Any) -> Any:
    """Read a file as the page does."""
    return one("read", path=str(path), lexicon=LEXICON, **given)


def told(text: str, language: str = "fr") -> Any:
    """The items and skills of a text, in order."""
    found = one("told", text=text, lexicon=LEXICON, language=language)
    return sorted(found["items"]), sorted(found["skills"])


def message(text: str, *, subject: str = f"{CANARY} perceuse", **how: Any) -> EmailMessage:
    """A message whose head is full of words that must not count."""
    made = EmailMessage()
    made["From"] = f"{CANARY} <{CANARY}@example.org>"
    made["To"] = f"Claire {CANARY} <claire@{CANARY}.example.org>"
    made["Cc"] = f"{CANARY}@example.org"
    made["Subject"] = subject
    made["X-Note"] = f"perceuse {CANARY}"
    made["List-Id"] = f"<{CANARY}.example.org>"
    made["Date"] = "Mon, 02 Nov 2026 10:00:00 +0100"
    made["Message-ID"] = f"<{CANARY}@example.org>"
    made.set_content(text, **how)
    return made


def raw(made: EmailMessage) -> bytes:
    """As it travels."""
    return made.as_bytes(policy=SMTP)


def mbox(path: Path, made: Iterable[EmailMessage]) -> Path:
    """An mbox written by Python."""
    box = mailbox.mbox(path)
    for one_message in made:
        box.add(one_message)
    box.flush()
    box.close()
    return path
