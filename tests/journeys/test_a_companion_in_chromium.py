"""A new user in Chromium: installed, a week of browsing, mail, two interests, one report; then away, no trace."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.companion.device import Device
from tests.companion.mailing import mbox, message
from tests.journeys import newcomer
from tests.journeys.site import Site
from tests.waiting import until

pytestmark = pytest.mark.journey

WEEK = (
    ("castorama.fr", "www.allocine.fr"),
    ("castorama.fr", "lemonde.fr"),
    ("marmiton.org", "inconnu-canari.test"),
    ("forum.castorama.fr", "cyclable.com"),
    ("www.allocine.fr",),
    ("marmiton.org", "castorama.fr"),
    ("rustica.fr",),
)
# A name, a subject, and a word that tells an interest.
WORDS = ("canaripaul", "canarisujet", "ponceuse")
EMAIL = "nouvelle@example.org"


def drop_mail(hers: Device, folder: Path) -> None:
    """Drop an export of her mail on the companion's page, and keep what was found."""
    page = hers.open("mail")
    texts = (
        "Bonjour canaripaul, je vous prête la perceuse et la ponceuse pour dimanche.",
        "Le semis du potager est prêt pour vous, avec les amitiés de canaripaul.",
    )
    page.locator("#files").set_input_files(
        mbox(folder / "courrier.mbox", [message(text, subject="canarisujet") for text in texts])
    )
    page.locator("#keep").click()
    expect(page.locator("#told .notice")).to_contain_text("centres d’intérêt")
    page.close()


def approve(hers: Device, codes: list[str]) -> None:
    """Put interests into her file, one by one, through the service's page."""
    page = hers.open("file")
    for code in codes:
        newcomer.say(hers, page, f"[id='{code}'] button.quiet")
        page.locator(f"[id='{code}'] .tag.good").wait_for()
    page.close()


def report(hers: Device) -> None:
    """Ask for a permit, have the report drawn, and move the clock to its hour."""
    page = hers.open("leaves")
    page.locator("#read-terms").click()
    page.locator("#group").select_option(index=1)
    newcomer.say(hers, page, "#send")
    page.locator("#take-back").wait_for()
    left = "chrome.storage.local.get('ledger').then(({ ledger }) => (ledger.sending.sendAfter - Date.now()) / 864e5)"
    days = page.evaluate(left)
    assert 1 / 24 - 0.01 < days <= 1
    hers.later(days=days + 1 / 1440)
    page.evaluate("chrome.alarms.create('report', { when: 0 })")
    until(lambda: hers.kept()["ledger"]["sending"]["stage"] == "sent", lambda: hers.kept()["ledger"])
    page.close()


def leave(hers: Device, profile: Path) -> None:
    """Pause, withdraw, erase everything: nothing is noted from the first, nothing is kept after the last."""
    assert newcomer.found_in(profile, ["interest:diy"])
    before = hers.days()
    hers.go(hers.own, "traces")
    hers.own.get_by_role("button", name="Pause sans fin").click()
    hers.own.locator("#state[data-state=paused]").wait_for()
    hers.visit("caradisiac.com")
    hers.visit("rustica.fr")
    assert hers.settled() == before
    for purpose in ("sites", "mail", "reports"):
        hers.choose(purpose)
    assert all(proof["withdrawn"] for proof in hers.kept()["consent"])
    hers.go(hers.own, "traces")
    hers.own.get_by_role("button", name="Tout effacer…").click()
    hers.own.get_by_role("button", name="Oui, tout effacer").click()
    expect(hers.own.locator("#told .notice")).to_contain_text("Tout est effacé")
    hers.visit("rustica.fr")
    assert hers.settled() == {} and hers.kept() == {}
    assert newcomer.found_in(profile, ["interest:"]) == []


def uninstall(hers: Device, profile: Path) -> None:
    """Remove the companion, and wait until its folders are gone."""
    name = hers.base.rsplit("/", 1)[1]
    hers.context.browser.new_browser_cdp_session().send("Extensions.uninstall", {"id": name})
    until(lambda: not list(profile.rglob(f"*{name}*")), "its folders are still there")


def lived(hers: Device, folder: Path) -> None:
    """A week with the companion: what she opened and wrote is recognised."""
    hers.later(days=1 - len(WEEK))
    for purpose in ("sites", "mail", "reports"):
        hers.choose(purpose)
    for number, hosts in enumerate(WEEK):
        hers.later(days=number + 1 - len(WEEK))
        for host in hosts:
            hers.visit(host)
            hers.settled()
    expected = {"diy": 4, "renovation": 4, "cinema": 2, "cooking": 2, "cycling": 1, "gardening": 1}
    assert hers.waits_for(expected), hers.days()
    drop_mail(hers, folder)
    kept = hers.kept()["traces"]
    assert {code: one["mail"]["n"] for code, one in kept.items() if "mail" in one} == {
        "interest:diy": 1,
        "interest:kitchen_garden": 1,
    }


def told(hers: Device, site: Site) -> None:
    """Two interests go to her file, and one report to the service."""
    approve(hers, ["interest:diy", "interest:cinema"])
    assert newcomer.approved(site, EMAIL) == {"interest:diy", "interest:cinema"}
    already = newcomer.reports(site)
    report(hers)
    assert newcomer.reports(site) == already + 1


def test_from_a_new_file_to_a_report_and_away_again(site: Site, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    with newcomer.browser(profile) as (context, port):
        page = context.new_page()
        newcomer.open_a_file(page, site, EMAIL, "Camille Neuve")
        hers = newcomer.install(page, context, port, tmp_path / "companion")
        lived(hers, tmp_path)
        told(hers, site)
        leave(hers, profile)
        uninstall(hers, profile)
    hosts = [host for day in WEEK for host in day]
    assert newcomer.found_in(profile, ["interest:", *WORDS]) == []
    assert newcomer.found_in(profile, hosts, beside=newcomer.BROWSERS_OWN) == []
    assert not [word for word in WORDS if word in site.log()]
