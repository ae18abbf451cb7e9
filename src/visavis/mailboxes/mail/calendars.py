"""What a calendar says in a mail: that she comes, comes perhaps, or does not (RFC 5545, 5546). No library is asked:
four fields are read, and nothing is expanded."""

import datetime as dt
import re
from dataclasses import dataclass

FOLD = re.compile(r"\r?\n[ \t]")
FIELD = re.compile(r"^([A-Z-]+)((?:;[^:\r\n]*)?):(.*)$", re.M | re.I)
ANSWER = re.compile(r"PARTSTAT=\"?([A-Z-]+)", re.I)
TIME = re.compile(r"^(\d{8})(?:T(\d{4}))?")
LONGEST = 50_000
ANSWERS = {
    "ACCEPTED": "accepté",
    "TENTATIVE": "accepté sous réserve",
    "DECLINED": "refusé",
    "DELEGATED": "confié à quelqu’un d’autre",
}
METHODS = {"REQUEST": "invitation", "CANCEL": "annulation", "COUNTER": "autre horaire proposé"}


@dataclass(frozen=True)
class Entry:
    """What one calendar part says."""

    method: str
    answer: str
    summary: str
    start: str

    @property
    def is_answer(self) -> bool:
        """Say whether somebody answers an invitation: a person pressed a key."""
        return self.method in ("REPLY", "COUNTER")

    @property
    def words(self) -> str:
        """Return what it says, in the language of the service."""
        said = ANSWERS.get(self.answer, "") if self.method == "REPLY" else METHODS.get(self.method, "")
        return f"Agenda : {' – '.join(one for one in (said, self.summary, self.start) if one)}".rstrip(" :")


def read(text: str) -> Entry:
    """Read a calendar; what it does not say is empty."""
    fields: dict[str, str] = {}
    answer = ""
    for name, more, value in FIELD.findall(FOLD.sub("", text[:LONGEST])):
        fields.setdefault(name.upper(), value.strip())
        if name.upper() == "ATTENDEE" and not answer and (found := ANSWER.search(more)):
            answer = found[1].upper()
    summary = re.sub(r"\\([,;\\])", r"\1", fields.get("SUMMARY", "")).replace("\\n", " ").replace("\\N", " ")
    return Entry(fields.get("METHOD", "").upper(), answer, summary[:200], _time(text))


def _time(text: str) -> str:
    """Return when it begins, as it is written: a calendar's zones are not worked out."""
    event = text[:LONGEST].upper().partition("BEGIN:VEVENT")[2]
    found = re.search(r"^DTSTART([^:\r\n]*):(\S+)", event, re.M)
    when = TIME.match(found[2]) if found else None
    if found is None or when is None:
        return ""
    try:
        day = dt.datetime.strptime(when[1], "%Y%m%d").replace(tzinfo=dt.UTC)
    except ValueError:
        return ""
    hour = f" {when[2][:2]}:{when[2][2:]}{' UTC' if found[2].endswith('Z') else ''}" if when[2] else ""
    return f"{day:%d/%m/%Y}{hour}"
