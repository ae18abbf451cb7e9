"""Bytes as text: as they say, else as UTF-8, else as Windows writes in the west. Never raises."""

from email.header import decode_header

# No alphabets: what a sender names so is read by rules that take for ever, or mean something else.
NO_ALPHABETS = {"punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}


def decoded(content: bytes, charset: str | None) -> str:
    """Return bytes as text."""
    named = (charset or "").lower().replace("-", "_")
    for name in ("utf-8" if named in NO_ALPHABETS else charset, "utf-8", "cp1252"):
        try:
            return content.decode(name or "utf-8").replace("\r\n", "\n")
        except (LookupError, UnicodeError, ValueError):
            continue
    return content.decode("latin-1").replace("\r\n", "\n")


def repaired(text: str) -> str:
    """Return a text in which bytes stand that were no ASCII (`surrogateescape`), as they were most likely meant."""
    if text.isascii():
        return text
    return decoded(text.encode("utf-8", "surrogateescape"), None)


def unfolded(value: str) -> str:
    """Return a header with its encoded parts opened, on one line: a hidden line break ends nothing."""
    said = [
        decoded(part, charset) if isinstance(part, bytes) else part for part, charset in decode_header(value)
    ]
    return "".join(said).replace("\r", " ").replace("\n", " ").replace("\0", "")
