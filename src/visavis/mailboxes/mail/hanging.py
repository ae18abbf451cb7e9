"""What hangs on an e-mail becomes documents of whose it is: kept with its message or not at all, and opened by nobody
before it was looked at. Photos of one message are one document, page by page; each other file is one of its own.
"""

import uuid
from collections.abc import Sequence

from visavis.documents import services as documents
from visavis.documents import telling
from visavis.documents.drawing.kinds import MOST_BYTES, kind_of
from visavis.documents.drawing.kinds import Kind as Drawing
from visavis.documents.enums import Kind, Way
from visavis.documents.models import Document
from visavis.mailboxes.enums import Mark
from visavis.mailboxes.mail.body import Part
from visavis.mailboxes.mail.parsing import Mail
from visavis.people.models import User

SPACE = uuid.UUID("5b0e6c1c-0d4a-4a63-9a0b-3c2f6c8a7d21")
# Cards of contacts, and what Outlook adds: named on the message, and no document.
NONE = frozenset({"application/ms-tnef", "text/vcard", "text/x-vcard", "text/directory"})
# The picture of a signature is smaller, a photo larger.
DECORATION = 30_000
# Who may have sent it has to be said on the document too.
DOUBTS = (Mark.FORGED, Mark.OTHER_ADDRESS)

type Piece = tuple[str | int, ...]


def is_taken(part: Part) -> bool:
    """Say whether something that hangs on a message can be opened here, as drawn pages."""
    return kind_of(part.content) is not None and 0 < len(part.content) <= MOST_BYTES


def keep(person: User, mail: Mail, key: str, marks: Sequence[str]) -> tuple[Piece, ...]:
    """Make documents of what hangs on a message, and tell her once that they came; return each piece as it is named.

    `key` is of the message: filed again, its documents are there once.
    """
    doubts = [str(one.label) for one in DOUBTS if str(one) in marks]
    made: dict[int, Document] = {}
    for places in bundles(mail.parts):
        some = [mail.parts[place] for place in places]
        sent = documents.Sent(
            contents=[one.content for one in some],
            kind=Kind.OTHER,
            form=uuid.uuid5(SPACE, f"{key}|{places[0]}"),
            title=_title(some, mail.subject),
            way=Way.MAIL,
            words=" ".join(doubts),
        )
        made |= dict.fromkeys(places, documents.take_in(person=person, sent=sent))
    if made:
        telling.tell_arrived(made[min(made)])
    return tuple(
        (part.name, part.type, len(part.content), *([made[place].form.hex] if place in made else []))
        for place, part in enumerate(mail.parts)
    )


def bundles(parts: Sequence[Part]) -> list[list[int]]:
    """Return the places of what makes one document each: the photos in order, at most twenty, then each other file."""
    photos: list[int] = []
    others: list[list[int]] = []
    for place, part in enumerate(parts):
        is_photo = kind_of(part.content) is Drawing.PICTURE
        if part.type in NONE or (is_photo and part.is_within and len(part.content) < DECORATION):
            continue
        if is_photo and is_taken(part):
            photos.append(place)
        else:
            others.append([place])
    most = documents.MOST_FILES
    return [*(photos[start : start + most] for start in range(0, len(photos), most)), *others]


def _title(some: Sequence[Part], subject: str) -> str:
    """Return how a document is named: as its file, several photos as what the message is about."""
    return (some[0].name if len(some) == 1 else subject)[:120]
