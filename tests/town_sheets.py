"""A scanned answer sheet of the town, made when a test asks: a part of `personas.Town`."""

from visavis.common import clock
from visavis.people.models import User
from visavis.scans.models import Part, Scan, SheetReading


class Sheets:
    """The part of the town that filled in cards on paper."""

    people: dict[str, User]

    @property
    def scan(self) -> Scan:
        """Return a scan of the agency: `personas.Town` has it."""
        raise NotImplementedError

    @property
    def sheet_part(self) -> Part:
        """Amélie's answer sheet, to be entered by Bruno; none until a test asks."""
        person = self.people["amelie"]
        kept = {"state": "filed", "purpose": "cards", "person": person, "filed_at": clock.now(), "turn": 1}
        part = Part.objects.get_or_create(scan=self.scan, number=2, defaults=kept)[0]
        pages = [{"page": 1, "picture": 1, "lies": None, "marks": None}]
        read = {"person": person, "edition": "2026-1", "pages": pages}
        SheetReading.objects.get_or_create(part=part, defaults=read)
        return part
