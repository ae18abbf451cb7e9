"""What people typed, made fit for any file format."""

import re
import unicodedata

# What XML, and a font, cannot show: controls, surrogates, the two non-characters, invisible marks of direction.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
SPACES = re.compile(r"\s+")


def clean(text: str, *, keep_lines: bool = False) -> str:
    """Take out what no file can hold; several spaces become one, and lines too unless they are kept."""
    fit = UNFIT.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n")))
    if not keep_lines:
        return SPACES.sub(" ", fit).strip()
    return "\n".join(SPACES.sub(" ", line).strip() for line in fit.splitlines()).strip()
