"""Before both said yes, nothing that the other side may open, receive or find says who somebody is.

In every state before both yes and after a no the other side opens what the access table lets it open (in `make
faults` all of it), the CV, the e-mails, the text messages and the log.
"""

import html
import logging
import re
from collections.abc import Iterator

import pypdfium2
import pytest
from django.core import mail

from tests import factories
from tests.access.row import Row
from tests.personas import Town
from tests.sms import MemoryGateway
from tests.sweeps import few
from tests.test_access import address, rows
from visavis.introductions import flow, permissions, services
from visavis.introductions.enums import Side, State
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import Experience, WantedOccupation
from visavis.people.enums import Channel
from visavis.people.models import User

pytestmark = pytest.mark.django_db

HERS = (
    "Solveig", "Quintrelle", "solveig.q@example.org", "639980001", "39 98 00 01", "Romans-sur-Isère",
    "Cordonnerie Bastarel", "dresseuse de hérons", "tante Hortense",
)  # fmt: skip
MATTER = {"matches:candidates", "cvs:introduction", "portal:home"}
HIS = ("Philibert", "Montgarrand", "philibert.m@example.org", "639980002", "39 98 00 02")


@pytest.fixture
def known(town: Town, caplog: pytest.LogCaptureFixture) -> Town:
    """The town, with two people of whom everything could be told."""
    caplog.set_level(logging.INFO)
    MemoryGateway.sent.clear()
    her, his = town.people["amelie"], town.people["chloe"]
    name_anew(her, "Solveig Quintrelle", "solveig.q@example.org", "+33639980001")
    name_anew(his, "Philibert Montgarrand", "philibert.m@example.org", "+33639980002")
    home = factories.CommuneFactory(
        code="26281", name="Romans-sur-Isère", folded="romans sur isere", latitude=45.046, longitude=5.05
    )
    town.jobseeker.commune, town.jobseeker.about = home, "J’aide ma tante Hortense."
    town.jobseeker.save()
    job = {"title": "dresseuse de hérons", "employer": "Cordonnerie Bastarel", "months": 30}
    Experience.objects.create(jobseeker=town.jobseeker, occupation=town.vacancy.occupation, **job)
    WantedOccupation.objects.create(jobseeker=town.jobseeker, position=2, typed="dresseuse de hérons")
    assert town.match
    return town


def name_anew(user: User, name: str, email: str, phone: str) -> None:
    user.name, user.email, user.phone, user.channel = name, email, phone, Channel.SMS
    user.phone_is_verified = True
    user.save()


def begin(town: Town, state: str) -> Introduction:
    """Bring an introduction to a state before both said yes, or after a no."""
    people, pair = town.people, {"jobseeker": town.jobseeker, "vacancy": town.vacancy}
    if state == "asked":
        return services.ask(by=people["chloe"], **pair)
    row = services.want(by=people["amelie"], **pair)
    flow.put_next(town.vacancy.pk)
    row.refresh_from_db()
    if state == "refused":
        services.refuse(introduction=row, reason="skills", by=people["chloe"])
    if state in ("not-hired", "agreed"):
        services.agree(introduction=row, by=people["chloe"])
    if state == "not-hired":
        said = {"introduction": row, "side": Side.EMPLOYER, "reason": "skills"}
        services.not_hire(by=people["chloe"], **said)  # type: ignore[arg-type]
    if state == "withdrawn":
        said = {"introduction": row, "side": Side.JOBSEEKER, "reason": "pay"}
        services.withdraw(by=people["amelie"], **said)  # type: ignore[arg-type]
    row.refresh_from_db()
    return row


def opened_by(persona: str) -> list[Row]:
    """Return the addresses that the other side may open: those of introductions, and of each other app a few.

    A hire is after both yes.
    """
    every = [
        row
        for row in rows()
        if row.method == "get" and persona in row.allowed and "hired" not in row.arguments.values()
    ]
    near = [row for row in every if row.name in MATTER or row.name.startswith("introductions:")]
    return near + few("no identity", [row for row in every if row not in near], of=persona)


def everything_read_by(
    persona: str, town: Town, caplog: pytest.LogCaptureFixture
) -> Iterator[tuple[str, str]]:
    """Open everything; give each text with where it was."""
    client = town.client(persona)
    for row in opened_by(persona):
        response = client.get(address(row, town))
        yield row.name, f"{read(response)} {response.headers}"
    yield "e-mail", "".join(f"{one.subject} {one.body} {one.extra_headers}" for one in mail.outbox)
    yield "text message", " ".join(text for _to, text in MemoryGateway.sent)
    yield "log", caplog.text


def read(response: object) -> str:
    """Return the words of an answer: of a page, or of a PDF."""
    content = b"".join(response) if getattr(response, "streaming", False) else response.content  # type: ignore[attr-defined, call-overload]
    if content.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(content)
        text = " ".join(page.get_textpage().get_text_bounded() for page in document)
        return f"{text} {document.get_metadata_dict()}"
    return html.unescape(re.sub(r"&nbsp;| ", " ", content.decode(errors="replace")))


def told(persona: str, secrets: tuple[str, ...], town: Town, caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what was told, and where."""
    return [
        f"{where}: {secret}"
        for where, text in everything_read_by(persona, town, caplog)
        for secret in secrets
        if secret.casefold() in text.casefold()
    ]


def test_the_walk_opens_what_matters_and_is_red_without_the_guard(
    known: Town, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {row.name for row in opened_by("chloe")} >= MATTER | {
        "introductions:page",
        "introductions:of_vacancy",
    }
    begin(known, "put")
    monkeypatch.setattr(permissions, "identity_is_shared", lambda introduction: True)
    found = told("chloe", HERS, known, caplog)
    assert {"introductions:page: Quintrelle", "cvs:introduction: Quintrelle"} <= set(found)


@pytest.mark.parametrize("state", ["put", "asked", "refused", "withdrawn", "not-hired"])
def test_before_both_yes_and_after_a_no_nobody_finds_who_the_other_is(
    state: str, known: Town, caplog: pytest.LogCaptureFixture
) -> None:
    begin(known, state)
    assert told("chloe", HERS, known, caplog) == []
    assert told("amelie", HIS, known, caplog) == []


def test_after_both_yes_the_walk_finds_them_on_pages_and_in_no_message(
    known: Town, caplog: pytest.LogCaptureFixture
) -> None:
    row = begin(known, "agreed")
    assert row.state == State.AGREED
    hers, his = told("chloe", HERS, known, caplog), told("amelie", HIS, known, caplog)
    assert {"introductions:page: Quintrelle", "cvs:introduction: Quintrelle"} <= set(hers)
    assert "introductions:page: Montgarrand" in his
    assert [one for one in hers + his if one.startswith(("e-mail", "text message", "log"))] == []
