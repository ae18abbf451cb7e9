"""A sign without a font is left out, never drawn as a box; names of every script come through where a font has them."""

from pathlib import Path

import pytest
import typst

from visavis.common import typesetting

PAGE = f'#set document(title: "x")\n#set text(font: {typesetting.FONTS})\n#json(bytes(sys.inputs.page)).words'


WORDS = {
    "Amélie 🚀 Dupont": "Amélie Dupont",
    "👩\u200d🌾 fermière": "fermière",
    "José 🇫🇷": "José",
    "አዲስ አበበ": "Adise Ababa",
    "张伟 Zhang Wei": "Zhang Wei",
    "Nguyễn Thị Hồng Nhung": "Nguyễn Thị Hồng Nhung",
    "m\u0303 e\u0301\u0323": "m\u0303 e\u0301\u0323",
    "Ołena Ґалаган": "Ołena Ґалаган",
}


def test_what_no_font_has_is_left_out_or_written_in_latin_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the fonts that typst brings are there, as on a server without any."""
    alone = typst.Fonts(include_system_fonts=False)
    typesetting._has_fonts_for.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(typesetting, "compiler_fonts", lambda: alone)
        assert {typed: typesetting.shown(typed) for typed in WORDS} == WORDS
        assert not [printed for printed in WORDS.values() if typesetting.unshown(printed)]
    typesetting._has_fonts_for.cache_clear()


def test_every_file_claims_to_be_read_by_every_reader(tmp_path: Path) -> None:
    template = tmp_path / "page.typ"
    template.write_text(PAGE, encoding="utf-8")
    for typed in (
        "👩\u200d🌾 fermière",
        "አዲስ አበበ",
        "张伟 Zhang Wei",
        "محمد العربي",
        "日本語 😀",
        "🚀",
        "\u200d",
    ):
        made = typesetting.typeset(template, "page", {"words": typed})
        assert b"pdfuaid" in made, typed
    assert typesetting.shown("Café ★ – 12 €") == "Café ★ – 12 €"
