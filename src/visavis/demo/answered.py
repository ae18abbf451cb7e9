"""A letter of the demonstration that came back: an employer without e-mail wrote his answer on it.

The letter is made, typeset and posted as any other; what is written on it is set in type, scanned beside it.
"""

import uuid

from PIL import Image, ImageDraw, ImageFont

from visavis.agencies.models import Agency
from visavis.common import clock
from visavis.demo import roles
from visavis.introductions import telling
from visavis.introductions.enums import NewsKind, Side, State
from visavis.introductions.models import Introduction
from visavis.news.models import Batch, Envelope, News
from visavis.news.post import letters, printing
from visavis.people.enums import Channel
from visavis.people.models import User

# The letters that Pillow brings have no accents.
WORDS = "Oui, qu’elle vienne jeudi matin."
# Where there is room on the sheet, of its width and height; how large the words are, of its height.
AT, SIZE = (0.12, 0.86), 0.022
FORM = uuid.UUID(int=1)


def letter(agency: Agency) -> bytes | None:
    """Send an employer a letter about somebody who would like to work there; nothing where nobody waits for one."""
    known = roles.person("employer")
    rows = Introduction.objects.filter(
        state=State.PUT, jobseeker__agency=agency, jobseeker__counsellor__isnull=False
    )
    for row in rows.select_related("jobseeker__counsellor", "vacancy__employer").order_by("-pk"):
        people, by = telling.people_of(row, Side.EMPLOYER), row.jobseeker.counsellor
        if by is not None and len(people) == 1 and people[0] != known:
            return _sent(row, people[0], by)
    return None


def _sent(row: Introduction, to: User, by: User) -> bytes | None:
    to.channel, to.postal_address = Channel.POST, "12 rue des Halles\n26000 VALENCE"
    to.save(update_fields=["channel", "postal_address"])
    telling.tell(row, NewsKind.TO_ANSWER, [Side.EMPLOYER])
    news = News.objects.untold().filter(user=to, thing=row.THING, thing_id=row.pk).order_by("-pk").first()
    if news is None:
        return None
    # This letter alone: others of the town that wait for the post room go on waiting.
    batch, code = Batch.objects.create(form=FORM, by=by), letters.drawn()
    Envelope.objects.create(
        news=news,
        batch=batch,
        address=f"{to.name}\n{to.postal_address}",
        code=code,
        digest=letters.digest(code),
        until=clock.today() + Envelope.LIFE,
    )
    letters.note_posted(batch=batch, by=by)
    return printing.pdf(batch)


def written_on(page: Image.Image) -> Image.Image:
    """Return a page with the answer on it, under what is printed."""
    out = page.copy()
    font = ImageFont.load_default(round(page.height * SIZE))
    ImageDraw.Draw(out).text((page.width * AT[0], page.height * AT[1]), WORDS, fill=70, font=font)
    return out
