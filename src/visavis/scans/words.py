"""Read the words of pages that wait to be sorted, in the worker, behind everything else: nothing waits for them."""

from visavis.documents import files
from visavis.documents.reading import alone
from visavis.scans.enums import PartState
from visavis.scans.models import ScanPage

# A sweep reads so many; the next one goes on.
AT_A_TIME = 60


def read_what_waits() -> int:
    """Read pages to be sorted whose words are not known, a few at a time; return how many."""
    if not alone.is_possible():
        return 0
    waiting = ScanPage.objects.filter(
        part__state=PartState.TO_SORT, is_read=False, is_blank=False, file__isnull=False
    )
    rows = list(waiting.select_related("scan").order_by("scan", "number")[:AT_A_TIME])
    for start in range(0, len(rows), alone.AT_A_TIME):
        read(rows[start : start + alone.AT_A_TIME])
    return len(rows)


def read(rows: list[ScanPage]) -> None:
    """Read some pages and keep their words, sealed as the scan is. A page whose file is gone has none."""
    contents = []
    for row in rows:
        try:
            contents.append(files.content(row.file, person=row.scan.own_key) if row.file else b"")
        except files.Lost:
            contents.append(b"")
    for row, found in zip(rows, alone.words_of(contents), strict=True):
        row.words, row.turn, row.is_read = found.text, found.turn, True
        row.save(update_fields=["words", "turn", "is_read"])
