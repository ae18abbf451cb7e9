"""Pages for paper, by typst: every word is data, never markup; a sign that no font has is never a box.

What sets and counts pages takes 16 MB of a process: it is loaded by the first who asks.
"""

import json
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import typst

# Joiners and choosers of a picture: they mean nothing once the picture is gone.
INVISIBLE = "\u200d\ufe0e\ufe0f"
# What the fonts that typst brings are known to have; anything else is looked up.
USUAL = re.compile("[\x00-\u024f\u1e00-\u1eff\u2010-\u2027\u2030-\u203a\u20ac]*")
ETHIOPIC = re.compile("[\u1200-\u135a]+")
FONTS = '("Libertinus Serif", "DejaVu Sans", "Noto Sans")'
PROBE = f'#set document(title: "x")\n#set text(font: {FONTS})\n#sys.inputs.text'.encode()


@cache
def compiler_fonts() -> "typst.Fonts":
    """Look for the fonts once: the ones typst brings, and the system's for other scripts."""
    import typst  # noqa: PLC0415  (7 MB, for who sets pages)

    return typst.Fonts()


def typeset(template: Path, name: str, data: dict[str, Any]) -> bytes:
    """Run typst on a template that reads `sys.inputs.NAME` as JSON; return a PDF that every reader can follow.

    Signs that no font has are left out first (`shown`). If typst finds another reason not to claim PDF/UA, the
    file is made without that claim.
    """
    import typst  # noqa: PLC0415  (7 MB, for who sets pages)

    compiler = typst.Compiler(template, root=template.parent, font_paths=compiler_fonts())
    inputs = {name: json.dumps(_shown_in(data), ensure_ascii=False)}
    try:
        made = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"])
    except typst.TypstError:
        made = compiler.compile(format="pdf", sys_inputs=inputs)
    if not isinstance(made, bytes):
        raise TypeError("typst gave no file")
    return made


def pages_in(pdf: bytes) -> int:
    """Count the pages of a PDF that the site wrote."""
    import pypdfium2  # noqa: PLC0415  (8 MB, for who counts pages)

    made = pypdfium2.PdfDocument(pdf)
    try:
        return len(made)
    finally:
        made.close()


def shown(text: str) -> str:
    """Leave out the signs that no font has; syllables of Ethiopia are then written in Latin letters."""
    lost = unshown(text)
    if not lost:
        return text
    kept = ETHIOPIC.sub(_sounds, text) if any(ETHIOPIC.match(sign) for sign in lost) else text
    kept = "".join(sign for sign in kept if sign not in lost)
    kept = re.sub(f"(?<![\\w{INVISIBLE}])[{INVISIBLE}]+|[{INVISIBLE}]+(?!\\w)", "", kept)
    return re.sub(r" {2,}", " ", kept).strip(" ")


def unshown(text: str) -> list[str]:
    """Return the signs of a text that no font has, each once, in order."""
    rare = "".join(dict.fromkeys(sign for sign in text if not USUAL.fullmatch(sign) and not sign.isspace()))
    if not rare or _has_fonts_for(rare):
        return []
    return [sign for sign in rare if sign not in INVISIBLE and not _has_fonts_for(sign)]


@lru_cache(maxsize=4096)
def _has_fonts_for(signs: str) -> bool:
    """Ask the compiler, which refuses PDF/UA for a sign without a font."""
    import typst  # noqa: PLC0415  (7 MB, for who sets pages)

    try:
        compiler = typst.Compiler(PROBE, font_paths=compiler_fonts())
        compiler.compile(format="pdf", sys_inputs={"text": signs}, pdf_standards=["ua-1"])
    except typst.TypstError:
        return False
    return True


def _sounds(word: re.Match[str]) -> str:
    """Write the sounds of the syllables of a word, whose names tell them."""
    names = (unicodedata.name(sign, "").split() for sign in word[0])
    return "".join(name[-1] for name in names if name).capitalize()


def _shown_in(data: Any) -> Any:
    if isinstance(data, str):
        return shown(data)
    if isinstance(data, dict):
        return {key: _shown_in(value) for key, value in data.items()}
    return [_shown_in(value) for value in data] if isinstance(data, list | tuple) else data
