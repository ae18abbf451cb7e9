"""What somebody wrote, and the earlier messages that her program put under it: folded, never cut.

A tail is folded only if nothing of hers can stand in it: after a line that introduces a quotation everything is quoted,
or the line is one that programs write above the whole earlier message. When in doubt, nothing is folded.
"""

import re

ON = (
    r"(on\b.{3,300}\bwrote|le\b.{3,300}\ba écrit|le\b.{3,300}\ba ecrit|am\b.{3,300}\bschrieb.{0,80}|"
    r"el\b.{3,300}\bescribió|il\b.{3,300}\bha scritto|op\b.{3,300}\bschreef.{0,80}|den\b.{3,300}\bskrev.{0,80}|"
    r"in data\b.{3,300}\bha scritto|em\b.{3,300}\bescreveu|w dniu\b.{3,300}\bnapisał.{0,20}|.{3,200}\bkirjoitti)"
)
# A line such as "Wed, 30 Apr 2025 at 15:19, John Doe <doe@example.com>:" says the same in any language.
ADDRESSED = r"[^\n]{0,60}\d[^\n]{3,200}<[^<>\s]+@[^<>\s]+>"
INTRODUCES = re.compile(rf"^\s*>?\s*({ON}|{ADDRESSED})\s*:?\s*$", re.I | re.S)
ORIGINAL = re.compile(
    r"^\s*-{2,}\s*(on .{3,200} wrote|original message|message d.origine|message original|message transféré|"
    r"forwarded message|reply message|ursprüngliche nachricht|mensaje original|messaggio originale)\s*-{2,}\s*$",
    re.I,
)
FIELD = re.compile(
    r"^\s*\*?(from|de|von|sent|envoyé|date|gesendet|to|à|an|cc|subject|objet|betreff)\s*:\*?\s*\S", re.I
)
FIRST_FIELD = re.compile(r"^\s*\*?(from|de|von)\s*:\*?\s*\S", re.I)
RULE = re.compile(r"^\s*[_-]{20,}\s*$")
FIELDS, INTRODUCTION = 3, 4


def folded(text: str) -> tuple[str, str]:
    """Split a text into what was written and what may be folded: put together they are the text, to the letter."""
    lines = text.splitlines(keepends=True)
    for number in range(len(lines)):
        length = _introduction(lines, number)
        if length and (_all_quoted(lines[number + length :]) or not _any_quoted(lines[number + length :])):
            return _split(lines, number)
        if _is_whole(lines, number):
            return _split(lines, number)
    start = _tail(lines)
    return _split(lines, start) if start < len(lines) else (text, "")


def _split(lines: list[str], number: int) -> tuple[str, str]:
    """Fold from a line on, unless nothing would be left to read."""
    written = "".join(lines[:number])
    return (written, "".join(lines[number:])) if written.strip() else ("".join(lines), "")


def _introduction(lines: list[str], number: int) -> int:
    """Return over how many lines a sentence such as "On Tuesday she wrote:" goes; 0 where none begins."""
    if not lines[number].strip():
        return 0
    for length in range(1, INTRODUCTION + 1):
        said = "".join(lines[number : number + length])
        if "\n\n" in said.replace("\r\n", "\n").strip("\n"):
            return 0
        if said.rstrip().endswith(":") and INTRODUCES.match(said):
            return length
    return 0


def _is_whole(lines: list[str], number: int) -> bool:
    """Say whether a line stands above a whole earlier message: a rule with words, or its headers in lines."""
    if ORIGINAL.match(lines[number]):
        return True
    at = number + 1 if RULE.match(lines[number]) else number
    heads = [line for line in lines[at : at + FIELDS + 2] if line.strip()][:FIELDS]
    return len(heads) == FIELDS and bool(FIRST_FIELD.match(heads[0])) and all(map(FIELD.match, heads))


def _all_quoted(lines: list[str]) -> bool:
    said = [line for line in lines if line.strip()]
    return bool(said) and all(line.lstrip().startswith(">") for line in said)


def _any_quoted(lines: list[str]) -> bool:
    return any(line.lstrip().startswith(">") for line in lines)


def _tail(lines: list[str]) -> int:
    """Return where the quoted lines at the end begin; behind the last line when none do."""
    start = len(lines)
    for number in range(len(lines) - 1, -1, -1):
        if lines[number].lstrip().startswith(">"):
            start = number
        elif lines[number].strip():
            break
    return start
