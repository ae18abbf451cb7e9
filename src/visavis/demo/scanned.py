"""Paper of the demonstration: what came by post this morning and went through the scanner, one part still to be sorted.

Our own sheet and a letter are printed, laid askew, grained and scanned; then each page goes the way of any scan, but
here, and not in the process for strangers' files: it is our own.
"""

import io
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image

from visavis.agencies.models import Agency
from visavis.common import clock
from visavis.common.typesetting import typeset
from visavis.demo import answered, roles
from visavis.documents.drawing import pages
from visavis.jobseekers.models import Jobseeker
from visavis.news.models import News
from visavis.people.enums import Channel, Role
from visavis.scans import taking, telling, working
from visavis.scans.covers import making, printing
from visavis.scans.enums import Purpose, Way
from visavis.scans.models import Scan, ScanPage

BOTH = 2
HERE = Path(__file__).parent
LETTER = (
    "Madame, Monsieur,",
    "J’ai changé de ville le premier du mois. À quelle agence dois-je m’adresser, et puis-je garder mon conseiller ?",
    "Je n’ai pas d’ordinateur : merci de me répondre par lettre.",
)
# As many offices scan: enough to read, and light.
DOTS, GRAIN, ASKEW = 110, 9.0, (0.8, -1.1, 0.5, 1.4)


def fill(dice: np.random.Generator) -> None:
    """Scan a letter under no sheet, whose writer is to be found, a paper behind its sheet, and an employer's answer."""
    reception = roles.person("reception")
    if reception is None:
        return
    desks = reception.organisation_ids(Role.RECEPTION)
    agency = Agency.objects.filter(organisation__in=desks).order_by("pk").first()
    known = roles.person("jobseeker")
    looking = Jobseeker.objects.looking().filter(agency=agency, counsellor__isnull=False).exclude(user=known)
    people = list(looking.select_related("user", "counsellor").order_by("-pk")[:2])
    if agency is None or len(people) < BOTH:
        return
    writes, brings = people
    sheet = making.make(
        person=brings.user, purpose=Purpose.DOCUMENT, expected=None, by=brings.counsellor or reception
    )
    said = [letter_of(writes), printing.pdf(sheet), paper_of(brings)]
    words = [words_of(writes), [], []]
    sheets = [printed(one) for one in said]
    back = answered.letter(agency)
    if back is not None:
        sheets.append(answered.written_on(printed(back)))
        words.append([answered.WORDS])
    stack = written([scanned(one, askew, dice) for one, askew in zip(sheets, ASKEW, strict=False)])
    scan = taking.take(stack, way=Way.FOLDER, agency=agency, by=None).scan
    drawn = list(pages.of_scan(stack, slice(None)))
    Scan.objects.filter(pk=scan.pk).update(pages_in=len(drawn))
    scan.pages_in = len(drawn)
    working.keep(scan, 0, drawn)
    for page in ScanPage.objects.filter(scan=scan).select_related("scan").order_by("number"):
        page.words, page.is_read = "\n".join(words[page.number - 1]), True
        page.save(update_fields=["words", "is_read"])
    working.split(scan)
    working.file_parts(scan)
    _tell(scan)


def words_of(writes: Jobseeker) -> list[str]:
    return [writes.user.name, *LETTER]


def letter_of(writes: Jobseeker) -> bytes:
    """Return a letter as people write it: no sheet before it, a name at its head."""
    return _typed(words_of(writes))


def paper_of(brings: Jobseeker) -> bytes:
    return _typed(
        ["Certificat de travail", brings.user.name, "a travaillé chez nous de mars 2021 à juin 2024."]
    )


def _typed(lines: list[str]) -> bytes:
    return typeset(HERE / "paper.typ", "said", {"lines": lines})


def printed(pdf: bytes) -> Image.Image:
    """Return the first page of a PDF as a picture."""
    opened = pdfium.PdfDocument(pdf)
    page: Image.Image = opened[0].render(scale=DOTS / 72, grayscale=True).to_pil().convert("L")
    opened.close()
    return page


def scanned(page: Image.Image, askew: float, dice: np.random.Generator) -> Image.Image:
    """Return a page as a scanner gives it: askew, greyish, with grain."""
    askewed = page.rotate(askew, fillcolor=250, resample=Image.Resampling.BILINEAR)
    lit = np.asarray(askewed, dtype=np.float64) * 0.85 + 32
    points = lit + dice.normal(0, GRAIN, lit.shape)
    return Image.fromarray(points.clip(0, 255).astype(np.uint8))


def written(pictures: list[Image.Image]) -> bytes:
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=DOTS)
    return out.getvalue()


def _tell(scan: Scan) -> None:
    """Note that who brought paper was told: nothing of the demonstration waits to leave."""
    for row in News.objects.filter(thing=telling.THING, thing_id=scan.pk):
        by_hand = row.state == News.State.TO_TELL
        row.state = News.State.TOLD if by_hand and row.channel != Channel.POST else News.State.SENT
        row.told_at, row.tries = clock.now(), 0 if by_hand else 1
        row.save(update_fields=["state", "told_at", "tries"])
