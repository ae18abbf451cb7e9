"""CVs made of the people of `truth`: many layouts of PDF, DOCX, ODT, fields, photos, text."""

import io
import json
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

import docx
import numpy as np
import pikepdf
import pypdfium2 as pdfium
import typst
from PIL import Image

from tests.cvs.truth import BY_SLUG, Cv, Job, Month, in_years

FR_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
FR_SHORT = "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc."
EN_MONTHS = "January February March April May June July August September October November December"
FR_TITLES = {
    "about": "Profil", "jobs": "Expériences professionnelles", "studies": "Formation", "skills": "Compétences",
    "spoken": "Langues", "licences": "Permis", "interests": "Centres d’intérêt", "contact": "Contact",
}  # fmt: skip
EN_TITLES = {
    "about": "Profile", "jobs": "Work experience", "studies": "Education", "skills": "Skills",
    "spoken": "Languages", "licences": "Driving licence", "interests": "Interests", "contact": "Contact",
}  # fmt: skip


MONTHS = {"fr": FR_MONTHS.split(), "en": EN_MONTHS.split(), "short": FR_SHORT.split()}


def month(when: Month, cv: Cv, style: str) -> str:
    year, number = when
    if not number or style == "years":
        return str(year)
    if style == "numeric":
        return f"{number:02d}/{year}"
    if style == "short":
        return f"{MONTHS['short'][number - 1] if cv.is_french else MONTHS['en'][number - 1][:3]} {year}"
    return f"{MONTHS[cv.language][number - 1]} {year}"


def period(job: Job, cv: Cv, style: str) -> str:
    """Write when a job was held, in one of the ways of CVs."""
    start = month(job.start, cv, style)
    if job.end is None:
        if style == "words":
            return f"Depuis {start}" if cv.is_french else f"Since {start}"
        return f"{start} – {'aujourd’hui' if cv.is_french else 'Present'}"
    end = month(job.end, cv, style)
    if style == "words" and cv.is_french:
        return f"De {start} à {end}"
    return start if start == end else f"{start} – {end}"


def titles(cv: Cv) -> dict[str, str]:
    return FR_TITLES if cv.is_french else EN_TITLES


def contact_lines(cv: Cv) -> list[str]:
    return [cv.street, f"{cv.postcode} {cv.town}", cv.phone, cv.email, cv.born]


def spoken_lines(cv: Cv) -> list[str]:
    return [f"{one.name} : {one.said}" if cv.is_french else f"{one.name}: {one.said}" for one in cv.spoken]


def text(cv: Cv, style: str = "words", *, before: bool = True) -> str:
    """Write a CV as plain text; `before` puts the dates before the job."""
    jobs = []
    for job in cv.jobs:
        when = period(job, cv, style)
        first = f"{when} : {job.title}, {job.employer}, {job.town}"
        jobs += [first if before else f"{job.title} - {job.employer} ({when})"]
        jobs += [f"- {task}" for task in job.tasks]
    parts = {
        "jobs": jobs,
        "studies": [f"{study.year} {study.name}, {study.school}" for study in cv.studies],
        "skills": [", ".join(cv.skills)],
        "spoken": spoken_lines(cv),
        "licences": [cv.licence_words] if cv.licence_words else [],
        "interests": [cv.interests],
    }
    lines = [cv.name, *contact_lines(cv), "", cv.wanted, "", titles(cv)["about"], cv.about, ""]
    for name, told in parts.items():
        lines += [titles(cv)[name].upper(), *told, ""] if told else []
    return "\n".join(lines)


# PDF by typst.


def q(words: str) -> str:
    """Write words as typst's own string."""
    return f"#{json.dumps(words, ensure_ascii=False)}"


def pdf(source: str) -> bytes:
    made = typst.compile(source.encode(), format="pdf")
    assert isinstance(made, bytes)
    return made


PAGE = (
    '#set page(paper: "a4", margin: 1.8cm)\n#set text(size: 10pt, font: "DejaVu Sans")\n'
    "#set par(justify: false)\n"
)


def heading(words: str) -> str:
    return f'#v(6pt)\n#text(size: 12pt, weight: "bold")[{q(words)}]\n\n'


def bullets(lines: Iterable[str]) -> str:
    told = "".join(f"- {q(line)}\n" for line in lines)
    return told and told + "\n"


def paragraphs(lines: Iterable[str]) -> str:
    return "".join(f"{q(line)}\n\n" for line in lines)


def job_block(job: Job, cv: Cv, style: str, where: str) -> str:
    when, at = period(job, cv, style), f"{job.employer}, {job.town}"
    told = bullets(job.tasks)
    if where == "right":
        return f"#strong[{q(job.title)}] #h(1fr) {q(when)}\n\n{q(at)}\n\n{told}"
    if where == "after":
        return f"#strong[{q(job.title)}]\n\n{q(at)}\n\n{q(when)}\n\n{told}"
    if where == "above":
        return f"{q(when)}\n\n#strong[{q(job.title)}]\n\n{q(at)}\n\n{told}"
    return f"{q(when)} : #strong[{q(job.title)}] – {q(at)}\n\n{told}"


def study_lines(cv: Cv) -> str:
    return "".join(
        f"{q(str(study.year))} #strong[{q(study.name)}] – {q(study.school)}\n\n" for study in cv.studies
    )


def main_part(cv: Cv, style: str, where: str, *, upper: bool = False) -> str:
    named = {key: word.upper() if upper else word for key, word in titles(cv).items()}
    jobs = "".join(job_block(job, cv, style, where) for job in cv.jobs)
    about = f"{heading(named['about'])}{q(cv.about)}\n\n"
    return f"{about}{heading(named['jobs'])}{jobs}{heading(named['studies'])}{study_lines(cv)}"


def side_part(cv: Cv, *, upper: bool = False) -> str:
    named = {key: word.upper() if upper else word for key, word in titles(cv).items()}
    licences = f"{heading(named['licences'])}{q(cv.licence_words)}\n\n" if cv.licence_words else ""
    return (
        f"{heading(named['skills'])}{bullets(cv.skills)}{heading(named['spoken'])}"
        f"{paragraphs(spoken_lines(cv))}{licences}{heading(named['interests'])}{q(cv.interests)}\n\n"
    )


def head_part(cv: Cv) -> str:
    lines = paragraphs(contact_lines(cv))
    return f"#text(size: 18pt)[{q(cv.name)}]\n\n{lines}#text(size: 13pt)[{q(cv.wanted)}]\n\n"


def one_column(cv: Cv, where: str = "inline", style: str = "numeric", *, upper: bool = False) -> bytes:
    return pdf(PAGE + head_part(cv) + main_part(cv, style, where, upper=upper) + side_part(cv, upper=upper))


def sidebar(cv: Cv, *, left: bool = True, photo: bool = False, style: str = "short") -> bytes:
    """Two columns under the name: who, skills and languages beside jobs and studies."""
    named = titles(cv)
    picture = "#circle(radius: 1.2cm, fill: gray)\n\n" if photo else ""
    contact = f"{picture}{heading(named['contact'])}{paragraphs(contact_lines(cv))}"
    side, main = f"[{contact}{side_part(cv)}]", f"[{main_part(cv, style, 'above' if left else 'after')}]"
    columns = (
        f"(5.5cm, 1fr), column-gutter: 1cm, {side}, {main}"
        if left
        else f"(1fr, 5.5cm), column-gutter: 1cm, {main}, {side}"
    )
    top = f"#text(size: 20pt)[{q(cv.name)}]\n\n#text(size: 13pt)[{q(cv.wanted)}]\n\n"
    return pdf(f"{PAGE}{top}#grid(columns: {columns})\n")


def table(cv: Cv, style: str = "numeric") -> bytes:
    """Dates in a column of their own, as in many French CVs; jobs and studies as rows."""
    named = titles(cv)
    jobs = "".join(
        f"[{q(period(job, cv, style))}], [#strong[{q(job.title)}]\n\n{q(f'{job.employer}, {job.town}')}\n\n"
        f"{bullets(job.tasks)}],\n"
        for job in cv.jobs
    )
    studies = "".join(
        f"[{q(str(study.year))}], [{q(study.name)}\n\n{q(study.school)}],\n" for study in cv.studies
    )
    columns = "columns: (4.2cm, 1fr), column-gutter: 0.4cm, row-gutter: 0.5cm"
    return pdf(
        f"{PAGE}{head_part(cv)}{heading(named['about'])}{q(cv.about)}\n\n"
        f"{heading(named['jobs'].upper())}#grid({columns},\n{jobs})\n"
        f"{heading(named['studies'].upper())}#grid({columns},\n{studies})\n{side_part(cv, upper=True)}"
    )


def beside(cv: Cv) -> bytes:
    """Headings in a narrow column, what they head beside them."""
    named = titles(cv)
    jobs = "".join(job_block(job, cv, "numeric", "right") for job in cv.jobs)
    rows = [
        ("about", f"{q(cv.about)}"), ("jobs", jobs), ("studies", study_lines(cv)),
        ("skills", bullets(cv.skills)), ("spoken", paragraphs(spoken_lines(cv))),
    ]  # fmt: skip
    rows += [("licences", q(cv.licence_words))] if cv.licence_words else []
    cells = "".join(f"[#strong[{q(named[key])}]], [{content}],\n" for key, content in rows)
    return pdf(
        f"{PAGE}{head_part(cv)}#grid(columns: (4.5cm, 1fr), column-gutter: 0.6cm, row-gutter: 0.6cm,\n"
        f"{cells})\n"
    )


def contact_beside(cv: Cv, style: str = "short") -> bytes:
    """A narrow column of contact without any heading, beside the rest."""
    side = paragraphs([cv.wanted, *contact_lines(cv)])
    main = main_part(cv, style, "right", upper=True) + side_part(cv, upper=True)
    return pdf(
        f"{PAGE}#text(size: 20pt)[{q(cv.name)}]\n\n"
        f"#grid(columns: (6.2cm, 1fr), column-gutter: 0.8cm, [{side}], [{main}])\n"
    )


def linkedin(cv: Cv) -> bytes:
    """As LinkedIn exports a profile: a column of contact and skills, then employer, title, dates, town."""
    names = (
        "Résumé Expérience Formation Coordonnées Langues"
        if cv.is_french
        else "Summary Experience Education Contact Languages"
    )
    about, worked, studied, contact, spoken = map(heading, names.split())
    best = heading("Principales compétences" if cv.is_french else "Top Skills")
    side = f"{contact}{q(cv.email)}\n\n{best}{paragraphs(cv.skills)}{spoken}"
    side += paragraphs(f"{one.name} ({one.said})" for one in cv.spoken)
    jobs = "".join(
        f'#text(weight: "bold")[{q(job.employer)}]\n\n{q(job.title)}\n\n'
        f"{q(period(job, cv, 'numeric' if cv.is_french else 'long'))} (2 {'ans' if cv.is_french else 'years'})\n\n"
        + "".join(f"- {q(task)}\n\n" for task in job.tasks)
        for job in cv.jobs
    )
    studies = "".join(
        f"{q(study.school)}\n\n{q(f'{study.name} · ({study.year})')}\n\n" for study in cv.studies
    )
    main = (
        f"#text(size: 20pt)[{q(cv.name)}]\n\n{q(cv.wanted)}\n\n{q(cv.town)}, France\n\n"
        f"{about}{q(cv.about)}\n\n{worked}{jobs}{studied}{studies}"
    )
    return pdf(
        f"{PAGE}#grid(columns: (5cm, 1fr), column-gutter: 1cm, [{side}], [{main}])\n"
        "#v(1fr)\n#align(center)[Page 1 of 1]\n"
    )


def pages(cv: Cv, number: int) -> bytes:
    """A CV followed by so many pages of attachments."""
    whole = head_part(cv) + main_part(cv, "numeric", "inline") + side_part(cv)
    return pdf(PAGE + whole + "#pagebreak()\nAnnexe\n" * (number - 1))


def pictures(data: bytes, scale: float = 200 / 72) -> list[Image.Image]:
    opened = pdfium.PdfDocument(data)
    return [page.render(scale=scale, grayscale=True).to_pil() for page in opened]


def scanned(cv: Cv) -> bytes:
    """A PDF that holds pictures of its pages and no text."""
    made, kept = [noisy(picture, 6.0) for picture in pictures(one_column(cv))], io.BytesIO()
    made[0].save(kept, "PDF", resolution=200, save_all=True, append_images=made[1:])
    return kept.getvalue()


def locked(data: bytes) -> bytes:
    """The same PDF behind a password."""
    kept = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        opened.save(kept, encryption=pikepdf.Encryption(user="sesame", owner="sesame"))
    return kept.getvalue()


def noisy(picture: Image.Image, much: float) -> Image.Image:
    """Add the grain of a poor camera, always the same."""
    grain = np.random.default_rng(3).normal(0, much, (picture.height, picture.width))
    return Image.fromarray(np.clip(np.asarray(picture, float) + grain - much, 0, 255).astype(np.uint8))


def photo(cv: Cv, kind: str = "JPEG", *, turned: float = 0.0, much: float = 0.0) -> bytes:
    """A photo of a CV on paper: turned, grainy, in the format of a phone."""
    picture = noisy(pictures(one_column(cv, where="inline", style="numeric"), 190 / 72)[0], much)
    if turned:
        picture = picture.rotate(turned, expand=True, fillcolor=235, resample=Image.Resampling.BICUBIC)
    kept = io.BytesIO()
    picture.convert("RGB").save(kept, kind, quality=80)
    return kept.getvalue()


# Word processors.


def word(cv: Cv, layout: str = "plain", style: str = "words") -> bytes:
    document, named = docx.Document(), titles(cv)
    document.add_heading(cv.name, 0)
    for line in [*contact_lines(cv), cv.wanted]:
        document.add_paragraph(line)
    document.add_heading(named["about"], 1)
    document.add_paragraph(cv.about)
    document.add_heading(named["jobs"], 1)
    grid = document.add_table(0, 2) if layout == "table" else None
    for job in cv.jobs:
        if grid is not None:
            cells = grid.add_row().cells
            cells[0].text, cells[1].text = period(job, cv, style), f"{job.title}\n{job.employer}, {job.town}"
            for task in job.tasks:
                cells[1].add_paragraph(task, style="List Bullet")
            continue
        document.add_paragraph(f"{job.title}, {job.employer}\t{period(job, cv, style)}")
        for task in job.tasks:
            document.add_paragraph(task, style="List Bullet")
    spoken = ", ".join(f"{one.name} ({one.said})" for one in cv.spoken)
    parts = {
        "studies": [f"{study.name} – {study.school} ({study.year})" for study in cv.studies],
        "skills": list(cv.skills),
        "spoken": [spoken],
        "licences": [cv.licence_words] if cv.licence_words else [],
        "interests": [cv.interests],
    }
    for name, lines in parts.items():
        if lines or name == "skills":
            document.add_heading(named[name], 1)
        for line in lines:
            document.add_paragraph(line, style="List Bullet" if name == "skills" else None)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def word_columns(cv: Cv) -> bytes:
    """A DOCX laid out by a table of two cells: side and main."""
    document, named = docx.Document(), titles(cv)
    document.add_paragraph(cv.name)
    side, main = document.add_table(1, 2).rows[0].cells
    jobs: list[str] = []
    for job in cv.jobs:
        jobs += [job.title, f"{job.employer}, {job.town}", period(job, cv, "short")]
    studies = [f"{study.name}, {study.school}, {study.year}" for study in cv.studies]
    hers = {"contact": contact_lines(cv), "skills": list(cv.skills), "spoken": spoken_lines(cv)}
    hers |= {"licences": [cv.licence_words]} if cv.licence_words else {}
    for cell, parts in ((side, hers), (main, {"about": [cv.about], "jobs": jobs, "studies": studies})):
        for name, lines in parts.items():
            for line in (named[name], *lines):
                cell.add_paragraph(line)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def odt(cv: Cv, style: str = "numeric", *, manifest: str = "", body: str = "") -> bytes:
    """An ODT made by hand; the jobs stand in a table."""
    named, p = titles(cv), lambda line: f"<text:p>{escape(line)}</text:p>"
    done = {
        job: "".join(f"<text:list-item>{p(task)}</text:list-item>" for task in job.tasks) for job in cv.jobs
    }
    rows = "".join(
        f"<table:table-row><table:table-cell>{p(period(job, cv, style))}</table:table-cell><table:table-cell>"
        f"{p(job.title)}{p(job.employer)}<text:list>{done[job]}"
        "</text:list></table:table-cell></table:table-row>"
        for job in cv.jobs
    )
    content = body or "".join([
        *map(p, [cv.name, *contact_lines(cv), cv.wanted]), f"<text:h>{named['about']}</text:h>", p(cv.about),
        f"<text:h>{named['jobs']}</text:h><table:table>{rows}</table:table><text:h>{named['studies']}</text:h>",
        *(p(f"{study.year} : {study.name}, {study.school}") for study in cv.studies),
        f"<text:h>{named['skills']}</text:h>", p(" ; ".join(cv.skills)), f"<text:h>{named['spoken']}</text:h>",
        *map(p, spoken_lines(cv)),
        f"<text:h>{named['licences']}</text:h>{p(cv.licence_words)}" if cv.licence_words else "",
    ])  # fmt: skip
    whole = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{OFFICE}:office:1.0" '
        f'xmlns:text="{OFFICE}:text:1.0" xmlns:table="{OFFICE}:table:1.0">'
        f"<office:body><office:text>{content}</office:text></office:body>"
        "</office:document-content>"
    )
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        archive.writestr("content.xml", whole)
        archive.writestr("META-INF/manifest.xml", manifest or "<manifest/>")
    return kept.getvalue()


@dataclass(frozen=True, eq=False)
class Made:
    """One CV of the corpus: where it is from, what it holds, and how it is made."""

    layout: str
    cv: Cv
    make: Callable[[], bytes]
    needs_ocr: bool = False

    @property
    def slug(self) -> str:
        return f"{self.layout}-{self.cv.slug}"


def of(slug: str) -> Cv:
    return BY_SLUG[slug]


def years(slug: str) -> Cv:
    return in_years(BY_SLUG[slug])


def untold(slug: str) -> Cv:
    """The same person when the CV says nothing of what was done in each job."""
    cv = BY_SLUG[slug]
    return replace(cv, jobs=tuple(replace(job, tasks=()) for job in cv.jobs))


def driving(slug: str) -> Cv:
    """The same person when the CV has a place for driving licences and for no other."""
    cv = untold(slug)
    return replace(cv, licences=tuple(code for code in cv.licences if "_" not in code))
