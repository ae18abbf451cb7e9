"""What the codes of a page mean: each is looked up, and none is believed.

Ours are those of cover sheets, of letters that come back written on, and of answer sheets. Any other code, such as the
one on a certificate of somebody else, means nothing and splits nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from visavis.common import clock
from visavis.documents.drawing.kinds import UNREAD
from visavis.documents.models import Expected
from visavis.documents.telling import EXPECTED
from visavis.jobseekers.cards import marked
from visavis.jobseekers.models import Jobseeker
from visavis.mailboxes.telling import THING as THREAD
from visavis.news.models import Envelope
from visavis.news.post import letters
from visavis.people.enums import Role
from visavis.scans.covers.making import digest
from visavis.scans.enums import Doubt, Purpose
from visavis.scans.models import Cover

# On a sheet: short, so that the code is coarse and read in a bad scan.
SHEET = "VAV1:"
CODE = re.compile(r"[A-Z2-9]{4}-[A-Z2-9]{4}")


@dataclass(frozen=True)
class Meaning:
    """Whose paper it is, what it is, for which request or thread; or why somebody has to look."""

    key: str
    person: int | None = None
    purpose: str = ""
    cover: int | None = None
    envelope: int | None = None
    expected: int | None = None
    thread: int | None = None
    doubt: str = ""

    @property
    def is_content(self) -> bool:
        """Say whether the sheet itself is to be kept with what it announces: it is written on."""
        return self.purpose != Purpose.DOCUMENT or self.envelope is not None


def meanings_of(texts: Sequence[str]) -> tuple[Meaning, ...]:
    """Return what the codes of one page mean, each once; nothing for a page without a code of ours."""
    found = {one.key: one for text in texts if (one := _meaning(text)) is not None}
    return tuple(found.values())


def _meaning(text: str) -> Meaning | None:
    if text == UNREAD:
        return Meaning("unread", doubt=Doubt.UNREAD)
    if text.startswith(SHEET):
        return _of_cover(text.removeprefix(SHEET))
    if marked.is_ours(text):
        return _of_cards(text)
    path, _slash, code = text.rstrip("/").rpartition("/")
    if path.endswith(reverse("news:by_code").rstrip("/")) and CODE.fullmatch(code):
        return _of_letter(code)
    return None


def _of_cover(code: str) -> Meaning:
    row = Cover.objects.select_related("person", "expected").filter(digest=digest(code[:20])).first()
    if row is None or not row.person.is_active:
        return Meaning(f"unknown {code[:20]}", doubt=Doubt.UNKNOWN)
    doubt = ""
    if row.until < clock.today():
        doubt = Doubt.EXPIRED
    elif row.expected is not None and row.expected.ended_at is not None:
        doubt = Doubt.CLOSED
    return Meaning(
        f"cover {row.pk}", row.person_id, row.purpose, cover=row.pk, expected=row.expected_id, doubt=doubt
    )


def _of_letter(code: str) -> Meaning:
    rows = Envelope.objects.select_related("news__user").filter(digest=letters.digest(code))
    row = rows.first()
    if row is None or not row.news.user.is_active:
        return Meaning(f"unknown {code}", doubt=Doubt.UNKNOWN)
    news = row.news
    is_living = Envelope.objects.opening().filter(pk=row.pk).exists()
    doubt, expected = "" if is_living else str(Doubt.EXPIRED), None
    if news.thing == EXPECTED:
        expected = Expected.objects.filter(pk=news.thing_id, person=news.user_id).first()
        if expected is None or expected.ended_at is not None:
            doubt = doubt or Doubt.CLOSED
    if news.role == Role.EMPLOYER:
        # No letterbox is an employer's: a counsellor enters what stands there, on the page it is about.
        return Meaning(f"letter {row.pk}", news.user_id, envelope=row.pk, doubt=doubt or Doubt.EMPLOYER)
    return Meaning(
        f"letter {row.pk}",
        news.user_id,
        Purpose.DOCUMENT if news.thing == EXPECTED else Purpose.MESSAGE,
        envelope=row.pk,
        expected=expected.pk if expected else None,
        thread=news.thing_id if news.thing == THREAD else None,
        doubt=doubt,
    )


def _of_cards(text: str) -> Meaning:
    read = marked.read(text)
    found = Jobseeker.objects.select_related("user").filter(pk=read.file).first() if read else None
    if read is None or found is None or not found.user.is_active:
        return Meaning(f"unknown {text[:40]}", doubt=Doubt.UNKNOWN)
    return Meaning(f"cards {read.file} {read.edition}", found.user_id, Purpose.CARDS)
