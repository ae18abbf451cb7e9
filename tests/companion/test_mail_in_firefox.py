"""Mail dropped on the companion's page in a real Firefox."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.companion.firefox import FIREFOX, firefox
from tests.companion.mailing import CANARY, LEXICON, mbox, message
from tests.companion.marionette import until
from visavis.traces.packing import pack

pytestmark = [pytest.mark.journey, pytest.mark.skipif(not FIREFOX, reason="Firefox is not on this machine")]


@pytest.mark.again
def test_a_zip_is_read_and_only_interests_are_kept(tmp_path: Path) -> None:
    folder = tmp_path / "companion"
    zipfile.ZipFile(BytesIO(pack("firefox"))).extractall(folder)
    table = json.loads((folder / "src/tables/interests.json").read_text())["table"]
    (folder / "src/tables/lexicon.json").write_text(json.dumps({**LEXICON, "table": table}))
    page = message("<p>Une perceuse dans les mains</p><blockquote>le ciné-club</blockquote>", subtype="html")
    texts = ["La perceuse et l’embrayage à 12 €, avec vous.", "Rien dans les mots."]
    box = mbox(tmp_path / "box", [*(message(text, charset="windows-1252") for text in texts), page])
    with zipfile.ZipFile(tmp_path / "takeout.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(box, "Takeout/Mail/Tous les messages.mbox")
    with firefox(tmp_path / "profile") as fox:
        fox.program.install(folder)
        fox.open("consent")
        fox.click("#act-mail")
        fox.see("#told .notice")
        fox.open("mail")
        fox.program.command(
            "WebDriver:ElementSendKeys", id=fox.see("#files"), text=str(tmp_path / "takeout.zip")
        )
        fox.see("#found")
        ticks = "return [...document.querySelectorAll('#found-list input')].map((one) => one.value)"
        assert fox.run(ticks) == ["0", "1"]
        fox.click("#keep")
        until(lambda: "traces" in fox.kept())
        kept = fox.kept()
    assert sorted(one["mail"]["n"] for one in kept["traces"].values()) == [1, 2]
    assert set(kept) == {"consent", "traces"}
    assert CANARY not in json.dumps(kept)
