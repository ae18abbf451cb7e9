"""Mail dropped on the companion's page in a real Chromium: what is shown, what is kept, and that nothing leaves."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.companion.device import Device, device, sites, unpack
from tests.companion.mailing import CANARY, mbox, message, raw
from tests.journeys import looking

pytestmark = pytest.mark.journey

SPY = "http://espion.test/canari.png"
HTML = (
    f'<p>La perceuse est pour vous et l’embrayage aussi</p><img src="{SPY}"><script>fetch("{SPY}")</script>'
    f'<link rel="stylesheet" href="{SPY}"><blockquote>le ciné-club</blockquote><style>rabot</style>'
)
TEXTS = (
    "Je cherche secretissime, une perceuse et un rabot pour les étagères.",
    "Le ciné-club à 12 € dans la salle.",
)
UNREADABLE = {
    "photo.jpg": (b"\xff\xd8\xff", "ce n’est pas du courrier"),
    "boite.pst": (b"!BDN" + bytes(99), "n’est lu que par Outlook"),
    "a.zip": (b"PK\x03\x04" + bytes(99), "il manque la fin"),
}


@pytest.fixture
def hers(tmp_path: Path) -> Iterator[Device]:
    companion = unpack(tmp_path / "companion")
    with sites() as port, device(companion, tmp_path / "profile") as context:
        yield Device(context, port)


def opened(hers: Device) -> Page:
    hers.choose("mail")
    return hers.open("mail")


def drop(page: Page, *paths: Path) -> None:
    page.locator("#files").set_input_files(list(paths))


def test_what_was_found_is_shown_and_kept_only_when_she_says_so(hers: Device, tmp_path: Path) -> None:
    page = hers.open("mail")
    expect(page.locator("#closed")).to_be_visible()
    expect(page.locator("#files")).to_be_hidden()
    page = opened(hers)
    asked: list[str] = []
    hers.context.on("request", lambda request: asked.append(request.url))
    page.reload()
    made = [*(message(text, charset="windows-1252") for text in TEXTS), message(HTML, subtype="html")]
    drop(page, mbox(tmp_path / f"{CANARY}.mbox", made))
    expect(page.locator("#found")).to_be_visible()
    expect(page.locator("#found-list input")).to_have_count(3)
    expect(page.locator("#found-skill-list")).to_have_text("Raboter")
    assert "traces" not in hers.kept()
    page.locator("#found-list input[value='2']").uncheck()
    page.locator("#keep").click()
    expect(page.locator("#told")).to_contain_text("2 centres d’intérêt")
    kept = hers.kept()
    assert sorted(one["mail"]["n"] for one in kept["traces"].values()) == [1, 2]
    assert set(kept) == {"consent", "traces"}
    assert {key for one in kept["traces"].values() for key in one["mail"]} == {"n", "last", "weight"}
    assert asked and not [url for url in asked if not url.startswith(hers.base)]
    own = [
        path
        for path in tmp_path.rglob("profile/**/*")
        if path.is_file() and "Extension Settings" in str(path)
    ]
    assert any(b"interest:" in path.read_bytes() for path in own)
    for path in own:
        secrets = (CANARY.encode(), b"secretissime", b"perceuse")
        assert not [secret for secret in secrets if secret in path.read_bytes()], path


@pytest.mark.again
def test_files_are_put_together_told_stopped_and_read_by_keyboard_alone(hers: Device, tmp_path: Path) -> None:
    page = opened(hers)
    for name, (content, _words) in UNREADABLE.items():
        (tmp_path / name).write_bytes(content)
    drop(page, *(tmp_path / name for name in UNREADABLE))
    for _content, words in UNREADABLE.values():
        expect(page.locator("#troubles")).to_contain_text(words)
    expect(page.locator("#told")).to_contain_text("Aucun message n’a pu être lu")

    # Node does not know the euro of Windows: it takes windows-1252 for iso-8859-1.
    made = list(raw(message("à 12 € – l’étagère", charset="windows-1252", cte="8bit")))
    script = "async (made) => (await import('../src/mail/eml.js')).letter(Uint8Array.from(made))"
    assert page.evaluate(script, made)["text"].strip() == "à 12 € – l’étagère"

    block = mbox(tmp_path / "block", [message("La perceuse et les étagères. " * 100)] * 200).read_bytes()
    (tmp_path / "long.mbox").write_bytes(block * 40)
    page.reload()
    drop(page, tmp_path / "long.mbox")
    expect(page.locator("#reading-count")).to_contain_text("messages sur environ")
    page.locator("#stop").click()
    expect(page.locator("#told")).to_contain_text("Rien n’a été gardé")
    expect(page.locator("#found")).to_be_hidden()
    assert "traces" not in hers.kept()

    page.reload()
    box = mbox(tmp_path / "a.mbox", [message("une perceuse dans les mains, un ciné-club")])
    # From here on the browser asks Playwright; begun with the key itself, it may come too late.
    page.on("filechooser", lambda _: None)
    expect(page.locator("#files")).to_be_visible()
    page.locator("#files").focus()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(box)
    expect(page.locator("#found-title")).to_be_focused()
    for key in ("Tab", "Space", "Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#told")).to_contain_text("1 centre d’intérêt")
    assert len(hers.kept()["traces"]) == 1

    single = tmp_path / "b.eml"
    single.write_bytes(raw(message("la perceuse et les autres")))
    with zipfile.ZipFile(tmp_path / "takeout.zip", "w", zipfile.ZIP_DEFLATED) as to:
        to.write(box, "Takeout/Mail/Tous les messages.mbox")
    page.reload()
    drop(page, box, single, tmp_path / "takeout.zip")
    expect(page.locator("#found-list")).to_contain_text("dans 3 messages")
    drop(page, box)
    expect(page.locator("#troubles")).to_contain_text("déjà compté")
    expect(page.locator("#found-list")).to_contain_text("dans 3 messages")


@pytest.mark.again
def test_what_was_found_can_be_read_by_all_and_is_not_kept_without_her_yes(
    hers: Device, tmp_path: Path
) -> None:
    page = opened(hers)
    (tmp_path / "photo.jpg").write_bytes(b"jpg")
    box = mbox(tmp_path / "courrier.mbox", [message("une perceuse dans les mains, un ciné-club et un rabot")])
    for language in ("fr", "en"):
        page.evaluate("language => chrome.storage.local.set({language})", language)
        page.set_viewport_size({"width": 1280, "height": 900})
        page.reload()
        drop(page, box, tmp_path / "photo.jpg")
        expect(page.locator("#found-list input")).to_have_count(2)
        assert [*looking.axe(page), *looking.keyboard(page)] == []
        page.set_viewport_size({"width": 320, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.evaluate("chrome.storage.local.set({corrections: {'interest:diy': 'never'}})")
    page.reload()
    drop(page, box)
    expect(page.locator("#found-list input")).to_have_count(1)
    hers.choose("mail")
    page.locator("#keep").click()
    expect(page.locator("#closed")).to_be_visible()
    assert not hers.kept().get("traces")
