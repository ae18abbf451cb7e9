"""The companion in a real Thunderbird: messages are read there, and only interests are left of them."""

import json
import shutil
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from tests.companion.device import DRAWN, unpack
from tests.companion.mailing import CANARY, mbox, message, raw
from tests.companion.marionette import Program, Refused, running, until

pytestmark = pytest.mark.journey

EXTENSION = "companion-mail@vis-a-vis.invalid"
HOME = "11111111-2222-3333-4444-555555555555"
SECRET = "secretissime"
DIY, GARDENING = "interest:diy", "interest:gardening"

ACCOUNT: dict[str, Any] = {
    "extensions.webextensions.uuids": json.dumps({EXTENSION: HOME}),
    "mail.accountmanager.accounts": "account1",
    "mail.accountmanager.localfoldersserver": "server1",
    "mail.account.account1.server": "server1",
    "mail.account.lastKey": 1,
    "mail.server.server1.type": "none",
    "mail.server.server1.hostname": "Local Folders",
    "mail.server.server1.userName": "nobody",
    "mail.server.server1.name": "Local Folders",
    "mail.server.server1.directory-rel": "[ProfD]Mail/Local Folders",
    "mail.server.server1.storeContractID": "@mozilla.org/msgstore/berkeleystore;1",
}

# What the program is asked, in its own words.
FOLDER = """
  const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
  const root = MailServices.accounts.localFoldersServer.rootFolder;
"""
INDEXED = f"""{FOLDER}
  const names = arguments[0];
  return names.every((name) => {{
    const folder = root.getChildNamed(name);
    folder.updateFolder(null);
    return folder.getTotalMessages(false) === arguments[1][name];
  }});
"""
# A message that comes in, told to the program as a server's would be.
RECEIVED = f"""{FOLDER}
  const folder = root.getChildNamed("Inbox").QueryInterface(Ci.nsIMsgLocalMailFolder);
  const header = folder.addMessage(arguments[0]);
  folder.msgDatabase.addToNewList(header.messageKey);
  folder.setNumNewMessages(1);
  folder.hasNewMessages = false;
  folder.hasNewMessages = true;
  return folder.getTotalMessages(false);
"""
# The program gathers new messages for a while before it tells its add-ons: a page of the companion hears it too.
HEARD = """
  const heard = (_folder, list) => { content.heard = (content.heard ?? 0) + list.messages.length; };
  content.wrappedJSObject.browser.messages.onNewMailReceived.addListener(Cu.exportFunction(heard, content));
"""
KEPT = "return JSON.stringify(await content.wrappedJSObject.browser.storage.local.get(null))"


class Her:
    """A Thunderbird of hers, with the companion."""

    def __init__(self, program: Program, profile: Path) -> None:
        self.program, self.profile, self.received = program, profile, 0

    def on(self, page: str, script: str, *given: Any) -> Any:
        """Run a script beside a page of the companion, once that page is whole: before, a click goes nowhere."""
        end = f"/pages/{page}.html"
        until(lambda: self.tries(end, f"return content.document.querySelector('{DRAWN}') !== null"))
        return self.program.in_tab(end, script, *given)

    def tries(self, end: str, script: str) -> Any:
        try:
            return self.program.in_tab(end, script)
        except Refused:
            return None

    def choose(self, purpose: str) -> None:
        # The page is there before what it asks: that is read from what the companion keeps.
        asked = "return content.document.getElementById(`act-${given[0]}`) !== null"
        until(lambda: self.on("consent", asked, purpose))
        self.on("consent", "content.document.getElementById(`act-${given[0]}`).click()", purpose)
        until(lambda: self.on("consent", "return content.document.querySelector('#told .notice') !== null"))

    def open(self, page: str) -> None:
        self.on(
            "consent", "content.wrappedJSObject.browser.tabs.create({url: given[0]})", f"/pages/{page}.html"
        )

    def kept(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.on("consent", KEPT))
        return found

    def counts(self) -> dict[str, int]:
        return {code: one["mail"]["n"] for code, one in self.kept().get("traces", {}).items()}

    def receives(self, made: EmailMessage) -> None:
        # The program tells of a message once, known by its number.
        self.received += 1
        del made["Message-ID"]
        made["Message-ID"] = f"<{CANARY}-{self.received}@example.org>"
        self.program.in_chrome(RECEIVED, raw(made).decode())

    def hears(self, messages: int) -> None:
        """Wait until the add-ons were told of so many messages, and did what they do then."""
        until(lambda: self.on("consent", "return content.heard ?? 0") >= messages)
        self.kept()

    def text(self, page: str, place: str) -> str:
        script = "return content.document.getElementById(given[0]).textContent.replace(/\\s+/g, ' ').trim()"
        return str(self.on(page, script, place))

    def press(self, page: str, place: str) -> None:
        self.on(page, "content.document.getElementById(given[0]).click()", place)


def attached() -> EmailMessage:
    made = message("Voici la perceuse pour vous, avec les autres.")
    made.add_attachment("le ciné-club dans la ville", filename="cine-club.txt")
    made.add_attachment(message("une chambre d’hôtes dans la ville", subject="ciné-club"))
    return made


@pytest.fixture
def her(tmp_path: Path) -> Iterator[Her]:
    program, profile = shutil.which("thunderbird"), tmp_path / "profile"
    assert program, "thunderbird is absent: scripts/install test installs it (apt-get install thunderbird)."
    folders = profile / "Mail" / "Local Folders"
    folders.mkdir(parents=True)
    page = '<p>Une <b>perceuse</b> dans les mains</p><img src="http://espion.test/x"><blockquote>ciné-club</blockquote>'
    inbox = [
        message(f"La perceuse et le rabot pour vous, {SECRET}."),
        message(page, subtype="html"),
        attached(),
    ]
    mbox(folders / "Inbox", [*inbox, message("Le texte.\n\n> le ciné-club dans la ville\n")])
    mbox(folders / "Sent", [message("L’embrayage est dans la voiture avec les outils.")])
    mbox(folders / "Trash", [message("Le ciné-club est dans la ville avec les autres.")])
    with running(program, profile, ACCOUNT) as driven:
        assert driven.install(unpack(tmp_path / "companion", "thunderbird")) == EXTENSION
        totals = {"Inbox": 4, "Sent": 1, "Trash": 1}
        until(lambda: driven.in_chrome(INDEXED, [*totals], totals))
        yield Her(driven, profile)


@pytest.mark.again
def test_what_is_read_is_what_she_agreed_to_and_nothing_else_is_left(her: Her) -> None:
    her.on("consent", HEARD)
    her.receives(message("La perceuse est pour vous."))
    her.hears(1)
    her.choose("mail")
    pause = "return content.wrappedJSObject.browser.storage.local.set(given[0])"
    her.on("consent", pause, {"pause": {"until": None}})
    her.receives(message("Le rabot est pour vous."))
    her.hears(2)
    her.on("consent", "return content.wrappedJSObject.browser.storage.local.remove('pause')")
    her.receives(message("L’embrayage est pour vous."))
    until(lambda: GARDENING in her.counts())
    assert her.counts() == {GARDENING: 1}, "neither before she agreed nor in the pause"

    for _ in range(2):
        her.receives(message(f"La perceuse et les perceuses, {SECRET}."))
    until(lambda: her.counts().get(DIY) == 2)
    kept = her.kept()
    assert set(kept) == {"consent", "traces"}
    assert kept["traces"][DIY]["mail"].keys() == {"n", "last", "weight"}
    own = [
        path for path in her.profile.rglob("*") if path.is_file() and f"moz-extension+++{HOME}" in str(path)
    ]
    written = b"".join(path.read_bytes() for path in own)
    assert DIY.removeprefix("interest:").encode() in written
    for secret in (CANARY, SECRET, "perceuse", "claire@"):
        assert secret not in json.dumps(kept) and secret.encode() not in written, secret

    her.open("mail")
    her.press("mail", "past-read")
    until(lambda: her.on("mail", "return !content.document.getElementById('found').hidden"))
    assert "10 messages" in her.text("mail", "found-count")
    assert her.counts() == {GARDENING: 1, DIY: 2}
    ticks = "return [...content.document.querySelectorAll('#found-list input')].map((one) => one.value)"
    assert her.on("mail", ticks) == ["0", "1"], "trash, quotations and attachments are not read"
    her.press("mail", "keep")
    until(lambda: her.counts() == {DIY: 7, GARDENING: 2})

    her.program.uninstall(EXTENSION)
    places = [her.profile / "storage/default", her.profile / "browser-extension-data"]
    until(lambda: not [path for place in places for path in place.glob(f"*{HOME}*")])
