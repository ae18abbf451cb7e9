"""Read the words of pages in the worker, behind everything else: no document waits for its words.

Identity documents are not read: they are looked at once, and gone after thirty days.
"""

from itertools import batched

from django.db import transaction

from visavis.documents import files, finding
from visavis.documents.enums import Kind
from visavis.documents.models import Page
from visavis.documents.reading import alone

# A sweep reads so many pages; the next one goes on.
AT_A_TIME = 40


def read_what_waits() -> int:
    """Read pages whose words are not known, the latest documents first; return how many."""
    if not alone.is_possible():
        return 0
    waiting = Page.objects.filter(is_read=False, document__state__in=finding.OPEN).exclude(
        document__kind=Kind.IDENTITY
    )
    rows = list(waiting.select_related("document").order_by("-document", "number")[:AT_A_TIME])
    for some in batched(rows, alone.AT_A_TIME, strict=False):
        read(some)
    return len(rows)


def read(rows: tuple[Page, ...]) -> None:
    """Read some pages and keep their words, sealed by whose they are. A page whose file is gone has none."""
    contents = []
    for row in rows:
        try:
            contents.append(files.content(row.file, person=row.document.person_id))
        except files.Lost:
            contents.append(b"")
    for row, found in zip(rows, alone.words_of(contents), strict=True):
        with transaction.atomic():
            row.words, row.is_read = found.text, True
            # It may have been corrected to an identity document meanwhile.
            still = Page.objects.filter(pk=row.pk).exclude(document__kind=Kind.IDENTITY)
            if still.select_for_update(of=("self",)).exists():
                row.save(update_fields=["words", "is_read"])
                finding.keep(row.document, f"{row.document.title} {row.words}")
