"""A new user's own browser: nothing in it, an account opened like anybody's, the web on this machine."""

import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from tests.browsing import CHROMIUM, FLAGS
from tests.companion.device import Device, sites
from tests.journeys.coming_in import by_code
from tests.journeys.conftest import PATIENCE_MS
from tests.journeys.site import Site

# Every site of the web is this machine; nothing else is found.
ONLY_HERE = (
    "--host-resolver-rules=MAP *.com 127.0.0.1, MAP *.fr 127.0.0.1, MAP *.org 127.0.0.1, MAP *.test 127.0.0.1, "
    "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
)
# Where Chromium writes the sites that anybody opens, with or without a companion.
BROWSERS_OWN = (
    "Cache", "Favicons", "History", "Network", "Preferences", "Sessions",
    "Top Sites", "Visited Links", "Web Data", "segmentation_platform",
)  # fmt: skip
# What the button "Load unpacked" does is done by the browser's own protocol.
LOADS = "--enable-unsafe-extension-debugging"


@contextmanager
def browser(profile: Path) -> Iterator[tuple[BrowserContext, int]]:
    """A Chromium without the companion, and the port where every made-up site answers."""
    with sites() as port, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=str(CHROMIUM),
            args=[*FLAGS, ONLY_HERE, LOADS],
            ignore_default_args=["--disable-extensions"],
            locale="fr-FR",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE_MS)
        yield context, port
        context.close()


def open_a_file(page: Page, site: Site, email: str, name: str) -> None:
    """Open a file with an e-mail address, as whoever never came before."""
    page.goto(f"{site.url}/account/open-a-file/")
    by_code(page, site, email, name)
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def install(page: Page, context: BrowserContext, port: int, folder: Path) -> Device:
    """Find the companion from the question on interests, download, unpack and load it."""
    page.goto(f"{page.url.split('/home')[0]}/profile/interests/")
    page.get_by_role("link", name="Ce qu’est le compagnon").click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Télécharger le fichier pour Chromium").click()
    assert saved.value.suggested_filename == "visavis-companion-chromium.zip"
    with zipfile.ZipFile(saved.value.path()) as archive:
        archive.extractall(folder)
    wire = context.browser.new_browser_cdp_session()
    with context.expect_page(lambda one: one.url.endswith("/pages/consent.html")):
        wire.send("Extensions.loadUnpacked", {"path": str(folder)})
    return Device(context, port)


def say(hers: Device, page: Page, button: str, act: str = "allow") -> None:
    """Press a button of the companion, tick what the service's page lists, answer there and close that page."""
    with hers.context.expect_page() as opened:
        page.locator(button).first.click()
    window = opened.value
    window.locator(f"button[data-act={act}]:visible").wait_for()
    for tick in window.locator("input[type=checkbox]").all():
        assert not tick.is_checked()
        tick.check()
    window.locator(f"button[data-act={act}]:visible").click()
    window.locator("[data-part=done]:visible, [data-part=refused]:visible").wait_for()
    window.close()


def reports(site: Site) -> int:
    """Return how many reports stand in the table; the town's invented people have sent some already."""
    return int(site.rows("SELECT count(*) FROM traces_report WHERE items IS NOT NULL")[0][0])


def forget_permits(site: Site) -> None:
    """Let the demonstration's jobseeker have asked for no permit yet: each test is another person's quarter."""
    with closing(sqlite3.connect(site.var / "visavis.sqlite3", timeout=30)) as database:
        database.execute("DELETE FROM traces_permit")
        database.commit()


def approved(site: Site, email: str) -> set[str]:
    """Return the interests that stand in a person's file."""
    rows = site.rows(
        """SELECT interest_id FROM jobseekers_approvedinterest AS one
        JOIN jobseekers_jobseeker AS j ON j.id = one.jobseeker_id JOIN people_user AS u ON u.id = j.user_id
        WHERE u.email = ?""",
        email,
    )
    return {str(code) for (code,) in rows}


def found_in(profile: Path, words: Iterable[str], beside: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return each word that a file of a profile holds, and that file; files and folders so named are left out."""
    found = []
    for path in profile.rglob("*"):
        inside = path.relative_to(profile)
        if not path.is_file() or any(part.startswith(name) for part in inside.parts for name in beside):
            continue
        content = path.read_bytes()
        found += [(str(inside), word) for word in words if word.encode() in content]
        found += [(str(inside), word) for word in words if word.encode("utf-16le") in content]
    return found
