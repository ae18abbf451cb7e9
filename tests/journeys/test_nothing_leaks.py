"""Nothing leaves but what she sent: every request of the three programs is written down, and the service searched.

Sites are visited and mail is read with her agreement, a report is sent, an interest goes to her file. Of the sites'
names, of words, senders and subjects there is nothing in any request, nor in the service's database, journal and logs.
"""

import base64
import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.companion.device import Device, device, sites
from tests.companion.firefox import FIREFOX, Fox, firefox
from tests.companion.mailing import mbox
from tests.companion.marionette import running, until
from tests.companion.recording import Clerk, files_holding, recording
from tests.companion.test_mail_in_thunderbird import ACCOUNT, EXTENSION, INDEXED, Her
from tests.journeys import newcomer
from tests.journeys.newcomer import say
from tests.journeys.site import Site
from tests.journeys.test_a_report_is_sent import let_hours_pass, stage
from visavis.traces.packing import LOCAL_SERVICE, pack

pytestmark = pytest.mark.journey

# Numbers of the list: the first interest goes to her file, the others stay on the device.
HOSTS = {"outils-canaricorne.test": [0], "salons-canaricorne.test": [1]}
APPROVED, KEPT_BACK = "interest:diy", "interest:gardening"
WORD, UNKNOWN, SUBJECT, SENDER = "zinzolinette", "secretissimement", "sujetissimement", "zenobie.quarantotti"
ADDRESS = "/chemincanaricorne?q=questioncanaricorne"
SECRETS = (*HOSTS, WORD, UNKNOWN, SUBJECT, SENDER)
WITHIN_S = 60


HOURS_LATER = """
  const { ledger } = await browser.storage.local.get("ledger");
  ledger.sending.sendAfter = 0;
  await browser.storage.local.set({ ledger });
  await browser.alarms.create("report", { when: Date.now() });
"""


def companion(folder: Path, target: str, service: str) -> Path:
    """What is packed for a program and a service, with sites and words that exist nowhere else."""
    zipfile.ZipFile(io.BytesIO(pack(target, service))).extractall(folder)
    tables = folder / "src" / "tables"
    table = json.loads((tables / "interests.json").read_text())["table"]
    words = {"fr": {WORD: [0, 2]}, "en": {}, "skills": {"fr": {}, "en": {}}, "skill_names": {}}
    (tables / "hosts.json").write_text(json.dumps({"table": table, "hosts": HOSTS}))
    (tables / "lexicon.json").write_text(json.dumps({"table": table, **words}))
    return folder


def letter(number: int = 0) -> EmailMessage:
    made = EmailMessage()
    made["From"] = f"Zénobie <{SENDER}@example.org>"
    made["To"] = "claire@example.org"
    made["Subject"] = f"{SUBJECT} {WORD}"
    made["Date"] = "Mon, 02 Nov 2026 10:00:00 +0100"
    made["Message-ID"] = f"<{number}.{SENDER}@example.org>"
    made.set_content(f"La {WORD} est dans la maison pour vous, {UNKNOWN}.")
    return made


@pytest.fixture
def clerk() -> Iterator[Clerk]:
    with recording() as one:
        yield one


@pytest.fixture
def service(site: Site) -> Iterator[Site]:
    """The site, where the demonstration's jobseeker has no permit yet: each test is another person's quarter."""
    newcomer.forget_permits(site)
    yield site
    newcomer.forget_permits(site)


def nothing_leaked(clerk: Clerk, site: Site) -> None:
    """What was sent is there, so the search would find more; and there is no more."""
    visited = {one.host for one in clerk.came} & set(HOSTS)
    assert visited == set(HOSTS), "the visits themselves went through the proxy"
    (report,) = clerk.asked("POST /traces/reports/")
    assert not {"Cookie", "Referer"} & set(report.fields)
    sent = json.loads(report.body)
    assert set(sent) == {"report", "message", "signature"}
    permit = hashlib.sha256(base64.urlsafe_b64decode(sent["message"] + "==")).hexdigest()
    assert files_holding(site.var, [permit]), "the report stands in the database, where the search finds it"
    (told,) = clerk.asked("POST /companion/interests/")
    sent = json.loads(told.body)
    # Beside it, which words she said yes to: the same for everybody.
    assert sent.keys() == {"interests", "words_sha256"} and sent["interests"] == [APPROVED]

    assert clerk.telling((*SECRETS, KEPT_BACK)) == []
    assert files_holding(site.var, SECRETS) == []
    assert not [
        one.line for one in clerk.came if one.host not in {"localhost", *HOSTS} and is_of_companion(one.head)
    ]


def is_of_companion(head: bytes) -> bool:
    return b"-extension://" in head


def test_in_chromium(service: Site, clerk: Clerk, tmp_path: Path) -> None:
    folder = companion(tmp_path / "companion", "chromium", service.url)
    with sites() as port, device(folder, tmp_path / "profile", *clerk.chromium()) as context:
        hers = Device(context, port)
        hers.web.goto(f"{service.url}/demo/as/jobseeker/")
        for purpose in ("sites", "mail", "reports"):
            hers.choose(purpose)
        for host in HOSTS:
            hers.visit(host, ADDRESS)
        assert hers.waits_for({"diy": 1, "gardening": 1})
        page = hers.open("mail")
        page.locator("#files").set_input_files(mbox(tmp_path / "courrier.mbox", [letter()]))
        page.locator("#keep").click()
        page.locator("#told .notice").wait_for()
        page = hers.open("file")
        say(hers, page, f"[id='{APPROVED}'] button")
        page.locator("#list .tag.good").wait_for()
        page = hers.open("openings")
        say(hers, page, "#fetch")
        page.locator("#list h3 a").first.wait_for()
        page = hers.open("leaves")
        page.locator("#read-terms").click()
        say(hers, page, "#send")
        page.locator("#take-back").wait_for()
        let_hours_pass(hers)
        until(lambda: stage(hers) == "sent", WITHIN_S)
    nothing_leaked(clerk, service)


def answer(fox: Fox, button: str, *, tick: bool = False) -> None:
    """Press a button of the companion, say yes on the service's page in its new tab, and come back."""
    program = fox.program
    own = program.command("WebDriver:GetWindowHandle")["value"]
    before = set(program.windows())
    fox.click(button)
    (tab,) = until(lambda: set(program.windows()) - before)
    program.choose(tab)
    if tick:
        fox.click("input[type=checkbox]")
    fox.click("section:not([hidden]) button[data-act=allow]")
    fox.see("[data-part=done]")
    program.choose(own)


@pytest.mark.again
@pytest.mark.skipif(not FIREFOX, reason="Firefox is not on this machine")
def test_in_firefox(service: Site, clerk: Clerk, tmp_path: Path) -> None:
    folder = companion(tmp_path / "companion", "firefox", service.url)
    preferences = {**clerk.mozilla(), "extensions.webextOptionalPermissionPrompts": False}
    with sites() as port, firefox(tmp_path / "profile", preferences) as fox:
        fox.program.install(folder)
        fox.program.go(f"{service.url}/demo/as/jobseeker/")
        for purpose in ("sites", "mail", "reports"):
            fox.agree(purpose)
        for host in HOSTS:
            fox.program.go(f"http://{host}:{port}{ADDRESS}")
        fox.open("mail")
        until(lambda: set(fox.kept().get("traces", {})) == {APPROVED, KEPT_BACK})
        box = str(mbox(tmp_path / "courrier.mbox", [letter()]))
        fox.program.command("WebDriver:ElementSendKeys", id=fox.see("#files"), text=box)
        fox.click("#keep")
        until(lambda: "mail" in fox.kept()["traces"][APPROVED])
        fox.open("file")
        answer(fox, f"[id='{APPROVED}'] button", tick=True)
        fox.see("#list .tag.good")
        fox.open("openings")
        answer(fox, "#fetch")
        fox.see("#list h3")
        fox.open("leaves")
        fox.click("#read-terms")
        answer(fox, "#send")
        fox.see("#take-back")
        fox.run(HOURS_LATER)
        until(lambda: fox.kept()["ledger"]["sending"]["stage"] == "sent", WITHIN_S)
    nothing_leaked(clerk, service)


@pytest.mark.again
def test_in_thunderbird(clerk: Clerk, tmp_path: Path) -> None:
    """Reports leave from the browser only: Thunderbird asks nothing of anybody for the companion."""
    program = shutil.which("thunderbird")
    assert program, "thunderbird is absent: scripts/install test installs it (apt-get install thunderbird)."
    local = LOCAL_SERVICE
    folder = companion(tmp_path / "companion", "thunderbird", local)
    box = tmp_path / "profile" / "Mail" / "Local Folders" / "Inbox"
    box.parent.mkdir(parents=True)
    mbox(box, [letter(1)])
    with running(program, tmp_path / "profile", {**ACCOUNT, **clerk.mozilla()}) as driven:
        assert driven.install(folder) == EXTENSION
        until(lambda: driven.in_chrome(INDEXED, ["Inbox"], {"Inbox": 1}))
        her = Her(driven, tmp_path / "profile")
        her.choose("mail")
        her.receives(letter(2))
        until(lambda: her.counts().get(APPROVED) == 1)
        her.open("mail")
        her.press("mail", "past-read")
        until(lambda: her.on("mail", "return !content.document.getElementById('found').hidden"))
        her.press("mail", "keep")
        until(lambda: her.counts().get(APPROVED, 0) > 1)
        for page in ("traces", "leaves", "file", "openings"):
            her.open(page)
            her.on(page, "return true")
        assert clerk.telling(SECRETS) == []
        assert not [one.line for one in clerk.came if is_of_companion(one.head) or one.host == "127.0.0.1"]

        # The proxy would have seen it: the same page asks the one place it can reach.
        ask = "content.wrappedJSObject.fetch(given[0]).catch(() => undefined)"
        her.on("leaves", ask, f"{local}/traces/terms.json?{WORD}")
        until(lambda: clerk.telling([WORD]))
