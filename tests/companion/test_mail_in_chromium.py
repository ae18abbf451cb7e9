"""Mail dropped on the companion's page in a real Chromium: what is shown, what is kept, and that nothing leaves."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.companion.device import Device, device, sites, unpack
from tests.companion.mailing import CANARY, LEXICON, mbox, message, raw
from tests.journeys import looking

pytestmark = pytest.mark.journey

SPY = "http://espion.test/canari.png"


@pytest.fixture(scope="module")
def companion(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is packed, with the words of the tests: the real list is not ours to expect."""
    folder = unpack(tmp_path_factory.mktemp("companion"))
    table = json.loads((folder / "src/tables/interests.json").read_text())["table"]
    names = {"skill:plane": {"fr": "Raboter", "en": "Planing"}}
    words = {**LEXICON, "table": table, "skill_names": names}
    (folder / "src/tables/lexicon.json").write_text(json.dumps(words))
    return folder


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("profile")


@pytest.fixture(scope="module")
def shared(companion: Path, profile: Path) -> Iterator[Device]:
    """One browser for all of them: it takes as long to start as most of them take."""
    with sites() as port, device(companion, profile) as context:
        yield Device(context, port)


@pytest.fixture
def hers(shared: Device) -> Device:
    return shared.as_new()


@pytest.fixture
def page(hers: Device) -> Page:
    hers.choose("mail")
    return hers.open("mail")


def drop(page: Page, *paths: Path) -> None:
    page.locator("#files").set_input_files(list(paths))


@pytest.mark.again
def test_nothing_can_be_dropped_before_she_agrees(hers: Device) -> None:
    page = hers.open("mail")
    expect(page.locator("#closed")).to_be_visible()
    expect(page.locator("#files")).to_be_hidden()


def test_what_was_found_is_shown_and_kept_only_when_she_says_so(
    hers: Device, page: Page, tmp_path: Path
) -> None:
    asked: list[str] = []
    hers.context.on("request", lambda request: asked.append(request.url))
    page.reload()
    html = message(
        f'<p>La perceuse est pour vous et l’embrayage aussi</p><img src="{SPY}"><script>fetch("{SPY}")</script>'
        f'<link rel="stylesheet" href="{SPY}"><blockquote>le ciné-club</blockquote><style>rabot</style>',
        subtype="html",
    )
    texts = [
        "Je cherche une perceuse et un rabot pour les étagères.",
        "Le ciné-club à 12 € dans la salle.",
    ]
    made = [*(message(text, charset="windows-1252") for text in texts), html]
    drop(page, mbox(tmp_path / "courrier.mbox", made))
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


@pytest.mark.again
def test_the_euro_of_windows_is_read(page: Page) -> None:
    """Node does not know it: it takes windows-1252 for iso-8859-1."""
    made = list(raw(message("à 12 € – l’étagère", charset="windows-1252", cte="8bit")))
    script = "async (made) => (await import('../src/mail/eml.js')).letter(Uint8Array.from(made))"
    assert page.evaluate(script, made)["text"].strip() == "à 12 € – l’étagère"


@pytest.mark.again
def test_no_word_of_a_head_or_a_file_is_left_in_the_profile(
    hers: Device, page: Page, profile: Path, tmp_path: Path
) -> None:
    said = "quelqu’un dit perceuse et secretissime aux autres"
    drop(page, mbox(tmp_path / f"{CANARY}.mbox", [message(said), message("le rabot et secretissime")]))
    page.locator("#keep").click()
    expect(page.locator("#told")).to_contain_text("1 centre d’intérêt")
    assert "interest:" in json.dumps(hers.kept())
    secrets = (CANARY.encode(), b"secretissime", b"perceuse")
    own = [path for path in profile.rglob("*") if path.is_file() and "Extension Settings" in str(path)]
    assert any(b"interest:" in path.read_bytes() for path in own)
    for path in own:
        assert not [secret for secret in secrets if secret in path.read_bytes()], path


@pytest.mark.again
def test_several_files_and_a_zip_are_put_together(hers: Device, page: Page, tmp_path: Path) -> None:
    box = mbox(tmp_path / "a.mbox", [message("une perceuse dans les mains")])
    single = tmp_path / "b.eml"
    single.write_bytes(raw(message("la perceuse et les autres")))
    archive = tmp_path / "takeout.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as to:
        to.write(box, "Takeout/Mail/Tous les messages.mbox")
    drop(page, box, single, archive)
    expect(page.locator("#found-list")).to_contain_text("dans 3 messages")
    drop(page, box)
    expect(page.locator("#troubles")).to_contain_text("déjà compté")
    expect(page.locator("#found-list")).to_contain_text("dans 3 messages")


@pytest.mark.again
def test_what_cannot_be_read_is_told_in_words(page: Page, tmp_path: Path) -> None:
    files = {
        "photo.jpg": b"\xff\xd8\xff",
        "boite.pst": b"!BDN" + bytes(99),
        "a.zip": b"PK\x03\x04" + bytes(99),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    drop(page, *(tmp_path / name for name in files))
    for words in ("ce n’est pas du courrier", "n’est lu que par Outlook", "il manque la fin"):
        expect(page.locator("#troubles")).to_contain_text(words)
    expect(page.locator("#told")).to_contain_text("Aucun message n’a pu être lu")


@pytest.mark.again
def test_a_long_reading_can_be_stopped_and_leaves_nothing(hers: Device, page: Page, tmp_path: Path) -> None:
    block = mbox(tmp_path / "block", [message("La perceuse et les étagères. " * 100)] * 200).read_bytes()
    path = tmp_path / "long.mbox"
    path.write_bytes(block * 40)
    drop(page, path)
    expect(page.locator("#reading-count")).to_contain_text("messages sur environ")
    page.locator("#stop").click()
    expect(page.locator("#told")).to_contain_text("Rien n’a été gardé")
    expect(page.locator("#found")).to_be_hidden()
    assert "traces" not in hers.kept()


@pytest.mark.again
def test_a_consent_withdrawn_meanwhile_keeps_nothing(hers: Device, page: Page, tmp_path: Path) -> None:
    drop(page, mbox(tmp_path / "a.mbox", [message("une perceuse dans les mains")]))
    expect(page.locator("#found")).to_be_visible()
    hers.choose("mail")
    page.locator("#keep").click()
    expect(page.locator("#closed")).to_be_visible()
    assert not hers.kept().get("traces")


@pytest.mark.again
def test_the_page_works_by_keyboard_alone(hers: Device, page: Page, tmp_path: Path) -> None:
    # From here on the browser asks Playwright; begun with the key itself, it may come too late.
    page.on("filechooser", lambda _: None)
    expect(page.locator("#files")).to_be_visible()
    page.locator("#files").focus()
    expect(page.locator("#files")).to_be_focused()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(mbox(tmp_path / "a.mbox", [message("une perceuse dans les mains, un ciné-club")]))
    expect(page.locator("#found-title")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_contain_text("1 centre d’intérêt")
    assert len(hers.kept()["traces"]) == 1


@pytest.mark.again
def test_the_interest_she_never_wants_again_is_not_shown(hers: Device, page: Page, tmp_path: Path) -> None:
    page.evaluate("chrome.storage.local.set({corrections: {'interest:diy': 'never'}})")
    drop(page, mbox(tmp_path / "a.mbox", [message("une perceuse dans les mains, un ciné-club")]))
    expect(page.locator("#found-list input")).to_have_count(1)


@pytest.mark.again
@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_was_found_can_be_read_by_all(page: Page, tmp_path: Path, language: str) -> None:
    page.evaluate("language => chrome.storage.local.set({language})", language)
    page.reload()
    (tmp_path / "photo.jpg").write_bytes(b"jpg")
    box = mbox(tmp_path / "courrier.mbox", [message("une perceuse dans les mains, un ciné-club et un rabot")])
    drop(page, box, tmp_path / "photo.jpg")
    expect(page.locator("#found")).to_be_visible()
    assert [*looking.axe(page), *looking.keyboard(page)] == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
