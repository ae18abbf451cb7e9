"""A file in parts: begun, added to, taken as a whole or thrown away. What is acknowledged is sealed and on the disk.

Two that send the same part at once wait for nobody: both are written beside, one becomes a row, and the other is told
where the file stands. So a connection that hangs never holds up the one that took over.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from itertools import accumulate

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.documents import files, services
from visavis.documents.arriving.entrances import Entrance
from visavis.documents.models import Part, Partial
from visavis.documents.models.partial import until
from visavis.tries import uploads
from visavis.tries.uploads import Allowance, Allowances

# Of one person by one entrance.
MOST_OPEN = 2 * services.MOST_FILES
# A file of 15 MB over a network that drops every 8 kB.
MOST_PARTS = 2_000
# More than documents: an upload that broke is begun anew.
ALLOWED = Allowances(hers=Allowance(120, 400), for_others=Allowance(1_200, 6_000))
KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


class TooMany(Refused):
    """She began to send very many files."""

    words = _("Many files are on their way. Wait an hour, or bring the papers to the agency.")


class Elsewhere(Exception):
    """The file stands at another byte; `offset` says where."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


class Gone(Exception):
    """Nothing is on its way at this address any more."""


class Damaged(Refused):
    """What came together is not what was sent."""

    words = _("A file was damaged on its way. Choose it again.")


def begin(entrance: Entrance, *, length: int, said: str = "", digest: bytes = b"") -> Partial:
    """Begin to receive a file; the same file chosen again goes on where it stopped. Raises TooMany."""
    open_now = entrance.partials().filter(until__gt=clock.now())
    mark = services.digest(digest, entrance.person) if digest else ""
    if mark and (known := open_now.filter(digest=mark, length=length).first()) is not None:
        return known
    sender = (entrance.by or entrance.person).pk
    allowed = ALLOWED.of(by=sender, person=entrance.person.pk)
    if open_now.count() >= MOST_OPEN or not uploads.take("parts", sender, allowed):
        raise TooMany
    return Partial.objects.create(
        person=entrance.person, by=entrance.by, entrance=entrance.name, length=length, said=said, digest=mark
    )


def add(partial: Partial, offset: int, content: bytes) -> int:
    """Keep some bytes of it, and return where it stands. Raises Elsewhere, Gone, TooMany, OSError."""
    if offset != partial.offset:
        raise Elsewhere(partial.offset)
    if not content:
        return offset
    if partial.parts.count() >= MOST_PARTS:
        raise TooMany
    name = files.keep(content, person=partial.person_id)
    reached = offset + len(content)
    try:
        with transaction.atomic():
            mine = Partial.objects.filter(pk=partial.pk, offset=offset, until__gt=clock.now())
            if not mine.update(offset=reached, until=until()):
                raise Elsewhere(offset)
            Part.objects.create(partial_id=partial.pk, start=offset, size=len(content), file=name)
    except (Elsewhere, IntegrityError) as error:
        files.throw_away([name])
        row = Partial.objects.filter(pk=partial.pk).first()
        if row is None or row.is_over:
            raise Gone from error
        raise Elsewhere(row.offset) from error
    return reached


def begun(entrance: Entrance) -> list[Partial]:
    """Return what has begun to arrive by an entrance, and waits for its next part."""
    return list(entrance.partials().filter(until__gt=clock.now(), offset__gt=0).order_by("pk"))


def at(entrance: Entrance, key: str) -> Partial | None:
    """Return what is on its way by an entrance at an address; nothing where there is none."""
    return entrance.partials().filter(key=key).first() if KEY.fullmatch(key) else None


def whole(entrance: Entrance, keys: Iterable[str]) -> list[Partial]:
    """Return the files that came whole by an entrance, in the order of the keys; what is not whole is left out."""
    found = [at(entrance, key) for key in dict.fromkeys(keys)]
    return [one for one in found if one is not None and one.is_whole]


def content(partial: Partial) -> bytes:
    """Put a file together. Raises Damaged where it is not what the sender said."""
    try:
        parts = [
            (one.start, files.content(one.file, person=partial.person_id)) for one in partial.parts.all()
        ]
    except files.Lost as error:
        raise Damaged from error
    data = b"".join(part for _start, part in parts)
    *begins, end = accumulate((len(part) for _start, part in parts), initial=0)
    if end != partial.length or [start for start, _part in parts] != begins:
        raise Damaged
    came = hashlib.sha256(data).digest()
    if partial.digest and services.digest(came, partial.person) != partial.digest:
        drop([partial])
        raise Damaged
    return data


def drop(partials: Sequence[Partial]) -> None:
    """Throw files on their way away: the rows, then what they named."""
    numbers = [one.pk for one in partials]
    if not numbers:
        return
    names = list(Part.objects.filter(partial__in=numbers).values_list("file", flat=True))
    Partial.objects.filter(pk__in=numbers).delete()
    files.throw_away(names)


def sweep() -> int:
    """Throw away what waited a day for its next part, and return how many files that were."""
    over = list(Partial.objects.filter(until__lte=clock.now()).order_by("until")[:100])
    drop(over)
    return len(over)
