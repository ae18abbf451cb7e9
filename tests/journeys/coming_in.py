"""How a person comes in for real: a code by e-mail, and for staff a second factor."""

import base64
import hashlib
import hmac
import re
import struct
import time

from playwright.sync_api import Page, expect

from tests.journeys.site import MAIL_WITHIN_S, Site, waited


def application_code(secret: str) -> str:
    """Return what an application for one-time codes shows now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1)
    start = digest[-1] & 0xF
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def by_code(page: Page, site: Site, email: str, name: str = "") -> None:
    """Ask for a code from the page of the way in, type the one that came, and wait to be let in.

    Who opens a file says her name with it.
    """
    before = len(site.mailbox.received)
    page.get_by_label(re.compile("Votre e-mail ou|Your e-mail or")).fill(email)
    page.get_by_role("button", name=re.compile("M’envoyer un code|Send me a code")).click()
    title = page.get_by_role("heading", level=1, name=re.compile("Tapez votre code|Type your code"))
    expect(title).to_be_visible()
    waited(lambda: len(site.mailbox.received) > before, MAIL_WITHIN_S, f"no e-mail left for {email}")
    page.get_by_label(re.compile("Le code que vous avez|The code you")).fill(site.mailbox.code_sent_to(email))
    if name:
        page.get_by_label(re.compile("Votre nom, si|Your name, if")).fill(name)
    page.get_by_role("button", name=re.compile("Continuer|Continue")).click()
    expect(title).to_have_count(0)


def set_up_application(page: Page) -> None:
    """Set up an application for one-time codes, as staff are asked to."""
    page.get_by_role("main").locator('a[href$="/application/"]').click()
    secret = page.get_by_role("main").locator("code").inner_text()
    title = page.get_by_role("heading", level=1)
    asked = title.inner_text()
    for _again in range(3):  # On a busy machine half a minute is over before the code is read.
        page.get_by_label("Le code que votre application montre maintenant").fill(application_code(secret))
        with page.expect_navigation():
            page.get_by_role("button", name="Terminer").click()
        if title.inner_text() != asked:
            break
    expect(title).to_have_text("Codes de secours")
