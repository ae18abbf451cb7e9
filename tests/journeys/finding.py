"""How somebody of the service finds a person's file at the desk."""

from playwright.sync_api import Page, expect


def file_of(page: Page, name: str, *, said: str = "", scripts: bool = True) -> None:
    """Look for a name, or for what is said of it, and open the file: with scripts by the panel beside."""
    page.get_by_role("searchbox", name="Nom").fill(said or name)
    page.get_by_role("button", name="Chercher").click()
    if scripts:
        # The list says its keys once it opens files beside; before, its links lead to them.
        expect(page.locator("details.keys")).to_be_visible()
    page.get_by_role("link", name=name, exact=True).click()
    if scripts:
        page.locator(".beside").get_by_role("link", name="Ouvrir la fiche").click()
