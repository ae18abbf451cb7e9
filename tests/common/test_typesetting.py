"""A sign without a font is left out, never drawn as a box; names of every script come through where a font has them."""

from pathlib import Path

import pytest
import typst

from visavis.common import typesetting

PAGE = f'#set document(title: "x")\n#set text(font: {typesetting.FONTS})\n#json(bytes(sys.inputs.page)).words'


@pytest.fixture
def only_typst(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let only the fonts that typst brings be there: as on a server without any."""
    alone = typst.Fonts(include_system_fonts=False)
    monkeypatch.setattr(typesetting, "compiler_fonts", lambda: alone)
    typesetting._has_fonts_for.cache_clear()


WORDS = [
    ("Amélie 🚀 Dupont", "Amélie Dupont"),
    ("👩\u200d🌾 fermière", "fermière"),
    ("José 🇫🇷", "José"),
    ("አዲስ አበበ", "Adise Ababa"),
    ("张伟 Zhang Wei", "Zhang Wei"),
    ("Nguyễn Thị Hồng Nhung", "Nguyễn Thị Hồng Nhung"),
    ("m\u0303 e\u0301\u0323", "m\u0303 e\u0301\u0323"),
    ("Ołena Ґалаган", "Ołena Ґалаган"),
]


@pytest.mark.parametrize(("typed", "printed"), WORDS)
def test_what_no_font_has_is_left_out_or_written_in_latin_letters(
    only_typst: None, typed: str, printed: str
) -> None:
    assert typesetting.shown(typed) == printed
    assert typesetting.unshown(typesetting.shown(typed)) == []
    typesetting._has_fonts_for.cache_clear()


@pytest.mark.parametrize(
    "typed", [typed for typed, _printed in WORDS] + ["محمد العربي", "日本語 😀", "🚀", "\u200d"]
)
def test_every_file_claims_to_be_read_by_every_reader(tmp_path: Path, typed: str) -> None:
    template = tmp_path / "page.typ"
    template.write_text(PAGE, encoding="utf-8")
    typesetting._has_fonts_for.cache_clear()
    made = typesetting.typeset(template, "page", {"words": typed})
    assert b"pdfuaid" in made


def test_a_sign_that_a_font_has_stays() -> None:
    assert typesetting.shown("Café ★ – 12 €") == "Café ★ – 12 €"
