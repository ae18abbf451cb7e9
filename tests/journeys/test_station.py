"""A station in a real browser, from its enrolment to its wipe, and the next person who presses Back."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, Route, expect

from tests.browsing import FLAGS, Browsers
from tests.journeys.conftest import PATIENCE_MS
from tests.journeys.site import ROOT, Site
from tests.ports import free_port
from tests.programs import run, start
from tests.waiting import until
from visavis.commands.station_browser import prefix_of, processes_of

pytestmark = pytest.mark.journey

SECRET = "Mme Secrète de la Frappe"
# A camera that shows the same moving picture always, and is granted without a question.
CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
# Everything a page can keep in a browser.
FILL = """async () => {
  localStorage.a = sessionStorage.b = "x";
  await (await caches.open("c")).put("/kept", new Response("x"));
  await new Promise((done) => {
    const asked = indexedDB.open("d", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("s");
    asked.onsuccess = () => (asked.result.close(), done());
  });
}"""
LEFT = """async () => ({
  local: localStorage.length, session: sessionStorage.length,
  databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
})"""
SHOWN = """() => document.documentElement.hidden ? "" :
  document.body.innerText + [...document.querySelectorAll("input, textarea")].map((one) => one.value).join(" ")"""
A_LITTLE_LATER = "new Promise((done) => setTimeout(done, 150))"


@pytest.fixture(scope="module")
def browser(browsers: Browsers) -> Browser:
    """Chromium as people have it: with its memory of pages for Back, which Playwright switches off."""
    return browsers.chromium(*CAMERA, without=("--disable-back-forward-cache",), is_whole=True)


def page_in(context: BrowserContext) -> Page:
    context.set_default_timeout(PATIENCE_MS)
    return context.new_page()


def window(browser: Browser, site: Site) -> BrowserContext:
    return browser.new_context(base_url=site.url, locale="fr-FR")


@dataclass
class Enrolled:
    """A browser that is a station, and a card for it."""

    context: BrowserContext
    name: str
    code: str
    pin: str


@pytest.fixture(scope="module")
def open_agency(site: Site) -> Iterator[int]:
    """The head's agency is open day and night while the stations are tried."""
    found = site.rows(
        """select a.id, a.opening_hours from agencies_agency a join people_membership m
        on m.organisation_id = a.organisation_id where m.role = 'reception' order by m.user_id"""
    )
    number, usual = found[0]
    write(site, "update agencies_agency set opening_hours = ? where id = ?", "Mo-Su 00:00-24:00", number)
    yield number
    write(site, "update agencies_agency set opening_hours = ? where id = ?", usual, number)


def write(site: Site, sql: str, *values: object) -> None:
    with closing(sqlite3.connect(site.var / "visavis.sqlite3", timeout=60)) as database, database:
        database.execute(sql, values)


def code_of(browser: Browser, site: Site, agency: int, name: str) -> str:
    """Have the head name a station; return its code."""
    context = window(browser, site)
    page = page_in(context)
    page.goto("/demo/as/head/")
    page.goto(f"/agencies/{agency}/stations/add/")
    page.get_by_label("Comment s’appelle le poste").fill(name)
    page.get_by_role("button", name="Créer le code").click()
    code = page.locator(".card.next b").inner_text()
    context.close()
    return code


@pytest.fixture(scope="module")
def enrolled(browser: Browser, site: Site, open_agency: int) -> Iterator[Enrolled]:
    context = window(browser, site)
    page = page_in(context)
    page.goto("/demo/as/reception/")
    [(number, name)] = site.rows(
        """select j.id, u.name from jobseekers_jobseeker j join people_user u on u.id = j.user_id
        where j.agency_id = ? order by j.id desc limit 1""",
        open_agency,
    )
    page.goto(f"/people/{number}/card/")
    page.get_by_role("button", name="Donner une carte").click()
    card = page.locator("main section.card").inner_text()
    context.close()
    code, pin = re.search(r"[A-Z2-9]{5}-[A-Z2-9]{5}", card), re.search(r"\b\d{4}\b", card)
    assert code and pin
    station = window(browser, site)
    page = page_in(station)
    page.goto("/station/enrol/")
    page.get_by_label("Code du poste").fill(code_of(browser, site, open_agency, "Poste 1"))
    page.get_by_role("button", name="En faire un poste").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bonjour · Hello")
    page.close()
    yield Enrolled(station, name, code[0], pin[0])
    station.close()


def sit_down(one: Enrolled) -> Page:
    """Come as herself, with her card, and leave traces wherever a browser takes them."""
    page = page_in(one.context)
    page.goto("/station/")
    page.get_by_role("button", name="Français").click()
    page.get_by_role("link", name="Avec ma carte").click()
    page.get_by_label("Ce qui est écrit sous le dessin").fill(one.code)
    page.get_by_label("Votre code secret").fill(one.pin)
    page.get_by_role("button", name="Ouvrir mon dossier").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Que voulez-vous faire ?")
    page.goto("/account/")
    expect(page.get_by_role("main")).to_contain_text(one.name)
    page.goto("/account/name/")
    page.evaluate(FILL)
    page.locator("main input[name=name]").fill(SECRET)
    return page


def is_seen(page: Page, one: Enrolled) -> bool:
    """Look again and again until the page has come to rest: what flashes by is seen as well."""
    for _time in range(4):
        with suppress(Error):
            shown = str(page.evaluate(SHOWN))
            if one.name in shown or SECRET in shown:
                return True
            page.evaluate(A_LITTLE_LATER)
    return False


def goes_back(page: Page) -> bool:
    """Press Back; a page that goes on to another in this moment is asked again."""
    with suppress(Error):
        page.evaluate("setTimeout(() => history.back(), 0)")
        return True
    return False


def test_the_next_person_finds_nothing_of_the_one_before(enrolled: Enrolled) -> None:
    """She finishes; the next one presses Back as far as it goes, and looks at the other tab and at what is kept."""
    page = sit_down(enrolled)
    other = page_in(enrolled.context)
    other.goto("/account/")
    page.get_by_role("button", name="Terminer et tout effacer").click()
    page.wait_for_url("**/station/?over=finished")
    assert not is_seen(other, enrolled)
    assert not any(dict(page.evaluate(LEFT)).values())
    kept = {cookie["name"] for cookie in enrolled.context.cookies()}
    assert kept <= {"visavis_station", "csrftoken", "visavis_language"}
    for _time in range(4):
        until(lambda: goes_back(page), "no page stood still", rest=page.wait_for_timeout)
        assert not is_seen(page, enrolled)
    for each in (page, other):
        each.close()


TAKE = """async () => {
  window.tracks = (await navigator.mediaDevices.getUserMedia({ audio: true, video: true })).getTracks();
}"""
STATES = "window.tracks.map((one) => one.readyState)"
TELL = """() => {
  const stop = MediaStreamTrack.prototype.stop;
  MediaStreamTrack.prototype.stop = function () { stop.call(this); console.log(this.readyState); };
}"""


def test_the_wipe_ends_camera_and_microphone(enrolled: Enrolled) -> None:
    page = sit_down(enrolled)
    page.goto("/interviews/try/")
    page.evaluate(TAKE)
    assert page.evaluate(STATES) == ["live", "live"]
    held: list[Route] = []
    page.route("**/station/finish/", lambda route: held.append(route))
    # Told by the page: whoever asks it while the answer to its form is held is kept waiting until nobody is there.
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text))
    page.evaluate(TELL)
    with page.expect_console_message(), page.expect_request("**/station/finish/"):
        page.get_by_role("button", name="Terminer et tout effacer").click(no_wait_after=True)
    until(lambda: held and len(said) == 2, "camera and microphone are on", rest=page.wait_for_timeout)
    assert said == ["ended", "ended"]
    assert "/interviews/try/" in page.url, "before the page has gone"
    held.pop().continue_()
    page.wait_for_url("**/station/?over=finished")
    page.close()


@pytest.mark.again
def test_in_her_time_nobody_is_idle_while_she_is_seen_or_heard(enrolled: Enrolled) -> None:
    """In a booth at the hour of the interview; everywhere else one who touches nothing is gone."""
    page = sit_down(enrolled)

    def in_a_booth(route: Route) -> None:
        answer = route.fetch()
        bar = 'data-idle="2" data-warning="2" data-meets="600"'
        route.fulfill(response=answer, body=answer.text().replace('data-idle="120" data-warning="20"', bar))

    page.route("**/interviews/try/", in_a_booth)
    page.clock.install()
    page.goto("/interviews/try/")
    page.evaluate(TAKE)
    page.clock.run_for(7_000)
    assert "/interviews/try/" in page.url and page.evaluate(STATES) == ["live", "live"]
    page.evaluate("window.tracks.forEach((one) => one.stop())")
    page.clock.run_for(7_000)
    page.wait_for_url("**/station/?over=idle")
    page.close()


@pytest.mark.again
def test_a_paper_is_given_by_the_camera_of_the_station(enrolled: Enrolled, site: Site) -> None:
    """A picture is taken and sent: it reaches her documents, and the camera is let go."""
    page = sit_down(enrolled)
    page.goto("/documents/")
    camera = page.locator(".camera")
    camera.get_by_role("button", name="Photographier avec la caméra").click()
    camera.get_by_role("button", name="Prendre la photo").click()
    expect(camera.locator("video")).to_have_count(0)
    assert page.locator("main input[type=file]").evaluate("(one) => one.files.length") == 1
    page.get_by_label("Qu’est-ce que c’est").select_option(index=1)
    page.get_by_role("main").get_by_role("button", name="Envoyer").click()
    page.wait_for_url(re.compile(r"/documents/\d+/$"))
    newest = "select max(id) from documents_document"
    assert site.rows(f"select count(*) from documents_original where document_id = ({newest})") == [(1,)]
    page.get_by_role("button", name="Terminer et tout effacer").click()
    page.wait_for_url("**/station/?over=finished")
    page.close()


@dataclass
class Machine:
    """`visavis station` on this machine, with the real Chromium, which is told to listen to the test."""

    process: subprocess.Popen[bytes]
    port: int
    key: Path

    def folders(self) -> list[Path]:
        """Return the profiles that there are in memory."""
        return sorted(Path("/dev/shm").glob(f"{prefix_of(self.key.read_text())}*"))

    def folder(self, *, other_than: Path | None = None) -> Path:
        """Wait for the profile of who sits there next."""
        return until(lambda: next((one for one in self.folders() if one != other_than), None), "no profile")

    def connected(self, playwright: Playwright) -> Browser | None:
        with suppress(Error):
            return playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{self.port}")
        return None

    def opened(self, playwright: Playwright) -> Page:
        """Return the page that the station shows."""
        [context] = until(lambda: self.connected(playwright), "no browser").contexts
        context.set_default_timeout(PATIENCE_MS)
        page = until(lambda: next(iter(context.pages), None), "no page")
        expect(page.get_by_role("heading", level=1)).to_have_text("Bonjour · Hello")
        return page


@pytest.fixture
def machine(browser: Browser, site: Site, open_agency: int, tmp_path: Path) -> Iterator[Machine]:
    code = code_of(browser, site, open_agency, "Poste 2")
    key, policies = tmp_path / "key", tmp_path / "managed"
    words = [sys.executable, "-m", "visavis.commands", "station"]
    to = ["--site", site.url, "--key", str(key)]
    surroundings = os.environ | {"PYTHONPATH": str(ROOT / "src"), "LANG": "fr_FR.UTF-8"}
    run([*words, "enrol", *to, code], check=True, env=surroundings)
    run([*words, "policies", *to, "--policies", str(policies)], check=True, env=surroundings)
    port = free_port()
    flags = ["--headless", *FLAGS, "--lang=fr", f"--remote-debugging-port={port}"]
    listening = [*words, "run", *to, "--policies", str(policies), *(f"--flag={one}" for one in flags)]
    process = start(listening, env=surroundings)
    try:
        yield Machine(process, port, key)
    finally:
        process.terminate()
        process.wait(60)


def test_a_machine_throws_the_whole_browser_away_after_each_person(
    machine: Machine, browsers: Browsers, site: Site
) -> None:
    page = machine.opened(browsers.driver())
    first = machine.folder()
    page.get_by_role("button", name="Français").click()
    page.get_by_role("button", name="Sans rien").click()
    page.get_by_role("link", name="Chercher des offres").click()
    page.evaluate(FILL)
    assert (first / "profile").is_dir()
    page.get_by_role("button", name="Terminer et tout effacer").click()
    second = machine.folder(other_than=first)
    assert not first.exists()

    page = machine.opened(browsers.driver())
    assert not any(dict(page.evaluate(LEFT)).values())
    assert page.evaluate("history.length") <= 3
    page.get_by_role("button", name="Français").click()
    page.get_by_role("button", name="Sans rien").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Que voulez-vous faire ?")
    # The browser is killed with somebody in it: what it held is gone, and nobody sits there.
    os.kill(next(processes_of(second)), signal.SIGKILL)
    third = machine.folder(other_than=second)
    assert not second.exists()
    machine.opened(browsers.driver())
    ends = site.rows('select "end" from stations_sitting order by id desc limit 2')
    assert ends == [("lost",), ("finished",)]

    machine.process.terminate()
    machine.process.wait(60)
    assert not third.exists() and not machine.folders()
