"""A new user in Firefox ESR, in English: the same way in short; then away without a trace."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.companion.device import sites
from tests.companion.firefox import FIREFOX, ID, Fox, firefox
from tests.companion.marionette import until
from tests.journeys import crowd, newcomer
from tests.journeys.site import Site

pytestmark = [pytest.mark.journey, pytest.mark.skipif(not FIREFOX, reason="Firefox is not on this machine")]

EMAIL = "newcomer@example.org"
DAYS = (("gardenersworld.com", "unknown-canary.test"), ("diy.com", "letterboxd.com"), ("diy.com",))
HOSTS = [host for day in DAYS for host in day]
YES = "[data-part={}] button[data-act=allow]"
# Sites are this machine, files are saved without a question, Firefox's own question about reports is answered with
# yes, and its background stays awake: a clock that was moved is forgotten in its sleep.
PREPARE = """
  const [hosts, folder] = arguments;
  Services.prefs.setCharPref("network.dns.localDomains", hosts);
  Services.prefs.setBoolPref("extensions.webextOptionalPermissionPrompts", false);
  Services.prefs.setIntPref("browser.download.folderList", 2);
  Services.prefs.setCharPref("browser.download.dir", folder);
  Services.prefs.setIntPref("extensions.background.idle.timeout", 600000);
"""
MOVE = """
  for (const one of [window, browser.extension.getBackgroundPage()]) {
    one.before ??= one.Date.now;
    one.Date.now = () => one.before.call(one.Date) + DAYS * 864e5;
  }
"""
DAYS_TO_WAIT = """
  const { ledger } = await browser.storage.local.get("ledger");
  return (ledger.sending.sendAfter - Date.now()) / 864e5;
"""
RING = "await browser.alarms.create('report', { when: 0 });"
# Where Firefox writes the sites that anybody opens; its preferences hold the test's own list of them.
BROWSERS_OWN = (
    "SiteSecurityServiceState",
    "bounce-tracking-protection.sqlite",
    "cache2",
    "favicons.sqlite",
    "permissions.sqlite",
    "places.sqlite",
    "prefs.js",
    "sessionstore",
    "storage",
)


@pytest.fixture
def port() -> Iterator[int]:
    """Where every site of the web answers."""
    with sites() as one:
        yield one


def open_a_file(fox: Fox, site: Site) -> None:
    """Open a file with an e-mail address, as whoever never came before."""
    fox.program.go(f"{site.url}/account/open-a-file/")
    fox.write("#id_address", EMAIL)
    fox.click("main form .button")
    fox.write("#id_code", site.mailbox.code_sent_to(EMAIL))
    fox.write("#id_name", "Robin New")
    fox.click("main form .button")
    until(lambda: "Robin New" in str(fox.run("return document.querySelector('h1')?.textContent")))


def install(fox: Fox, site: Site, folder: Path) -> None:
    """Download the companion on its page, and install the file for good."""
    fox.program.go(f"{site.url}/companion/")
    assert fox.run("return document.documentElement.lang") == "en"
    fox.click("a[href$='/companion/download/firefox/']")
    (file,) = until(
        lambda: [one for one in folder.glob("*.xpi") if one.stat().st_size and not partial(folder)]
    )
    assert file.name == "visavis-companion-firefox.xpi"
    fox.program.install(file, temporary=False)


def partial(folder: Path) -> list[Path]:
    """Return what is still being written."""
    return list(folder.glob("*.part"))


def agree(fox: Fox, purpose: str, days: float = 0) -> None:
    """Press the button of a purpose, so many days from now."""
    move(fox, "consent", days)
    fox.click(f"#act-{purpose}")
    fox.see("#told .notice")


def move(fox: Fox, page: str, days: float) -> None:
    """Open a page of the companion and move its clock and the background's."""
    fox.open(page)
    fox.run(MOVE.replace("DAYS", str(days)))


def seen(fox: Fox) -> dict[str, int]:
    """On how many days each interest was seen; asked on a page of the companion."""
    fox.open("traces")
    return {code.split(":")[1]: one["sites"]["n"] for code, one in fox.kept().get("traces", {}).items()}


def lived(fox: Fox, port: int) -> None:
    for purpose in ("sites", "reports"):
        agree(fox, purpose, days=1 - len(DAYS))
    expected: dict[str, int] = {}
    for number, hosts in enumerate(DAYS):
        move(fox, "traces", number + 1 - len(DAYS))
        for host in hosts:
            fox.program.go(f"http://{host}:{port}/canary?q=canary")
        news = {
            "gardenersworld.com": {"gardening"},
            "letterboxd.com": {"cinema"},
            "diy.com": {"diy", "renovation"},
        }
        for code in {code for host in hosts for code in news.get(host, ())}:
            expected[code] = expected.get(code, 0) + 1
        until(lambda: seen(fox) == expected)


def say_yes(fox: Fox, button: str, tick: str = "") -> None:
    """Press a button of the companion; on the service's page that it opens, tick, allow, and close it."""
    own = fox.program.command("WebDriver:GetWindowHandle")["value"]
    before = set(fox.program.windows())
    fox.click(button)
    (tab,) = until(lambda: set(fox.program.windows()) - before)
    fox.program.choose(tab)
    if tick:
        fox.click(tick)
    fox.click(YES.format("file" if tick else "permit"))
    fox.see("[data-part=done]")
    fox.program.command("WebDriver:CloseWindow")
    fox.program.choose(own)


def told(fox: Fox, site: Site) -> None:
    """One interest goes to her file, and a report to the service at its hour."""
    fox.open("file")
    say_yes(fox, "[id='interest:diy'] button.quiet", tick="[data-part=file] label")
    fox.see("[id='interest:diy'] .tag.good")
    assert newcomer.approved(site, EMAIL) == {"interest:diy"}

    already = crowd.number(site)
    fox.open("leaves")
    fox.click("#read-terms")
    say_yes(fox, "#send")
    fox.see("#take-back")
    days = float(fox.run(DAYS_TO_WAIT))
    assert 1 / 24 - 0.01 < days <= 1 and crowd.number(site) == already
    fox.run(MOVE.replace("DAYS", str(days + 0.001)) + RING)
    until(lambda: crowd.number(site) == already + 1)


def leave(fox: Fox, port: int, profile: Path) -> None:
    """Erase everything, remove the companion: nothing is noted after the first, no file is there after the second."""
    assert own_files(profile)
    fox.open("traces")
    fox.click("#erase")
    fox.click("#erase-yes")
    fox.see("#told .notice")
    fox.program.go(f"http://diy.com:{port}/")
    fox.open("traces")
    assert fox.kept() == {}
    fox.program.uninstall(ID)
    # Firefox takes files away when it has nothing else to do: beside much other work that is late.
    until(lambda: not own_files(profile), 240)


def own_files(profile: Path) -> list[Path]:
    """Return the companion's own file and those of its storage. Firefox leaves an empty folder of that name.

    What it takes away it first puts under another name.
    """
    storage = profile / "storage"
    own = [
        *storage.rglob("moz-extension*/**/*"),
        *storage.glob("to-be-removed/**/*"),
        *profile.rglob(f"*{ID}*"),
    ]
    return [path for path in own if path.is_file()]


@pytest.mark.again
def test_installed_used_and_removed_nothing_is_left(site: Site, port: int, tmp_path: Path) -> None:
    profile, folder = tmp_path / "profile", tmp_path / "downloads"
    folder.mkdir()
    with firefox(profile) as fox:
        fox.program.in_chrome(PREPARE, ",".join(HOSTS), str(folder))
        open_a_file(fox, site)
        install(fox, site, folder)
        lived(fox, port)
        told(fox, site)
        leave(fox, port, profile)
    assert newcomer.found_in(profile, ["interest:"]) == []
    assert newcomer.found_in(profile, HOSTS, beside=BROWSERS_OWN) == []
