"""The corpus: which person in which layout. More than forty, and every layout with French and English."""

from collections.abc import Callable
from typing import Any

from tests.cvs.fields import europass_new, europass_old, json_resume
from tests.cvs.making import (
    Made,
    beside,
    contact_beside,
    driving,
    linkedin,
    odt,
    of,
    one_column,
    photo,
    scanned,
    sidebar,
    table,
    text,
    untold,
    word,
    word_columns,
    years,
)
from tests.cvs.truth import Cv


def laid(layout: str, who: Cv | str, make: Callable[..., bytes], *said: Any, **more: Any) -> Made:
    """One person in a layout, which is made with what is said of it."""
    cv = of(who) if isinstance(who, str) else who
    return Made(layout, cv, lambda: make(cv, *said, **more), needs_ocr=make in (scanned, photo))


def plain(cv: Cv, style: str = "words", *, before: bool = True, encoding: str = "utf-8") -> bytes:
    return text(cv, style, before=before).encode(encoding)


SIMPLE = (
    laid("text, dates first", "samira", plain),
    laid("text, dates first", "emma", plain, "long"),
    laid("text, dates first", years("monique"), plain, "years"),
    laid("text, dates last", "yann", plain, "numeric", before=False, encoding="cp1252"),
    laid("text, dates last", "aisha", plain, "short", before=False),
    laid("text, dates last", years("fatou"), plain, "years", before=False, encoding="utf-16"),
    laid("PDF, one column", "samira", one_column),
    laid("PDF, one column", "tomasz", one_column, style="long"),
    laid("PDF, one column", "leila", one_column, style="words", upper=True),
    laid("PDF, one column", years("hugo"), one_column, style="years"),
    laid("PDF, dates at the right", "fatou", one_column, "right", "short"),
    laid("PDF, dates at the right", "emma", one_column, "right", "short", upper=True),
    laid("PDF, dates at the right", "oleksii", one_column, "right", "numeric"),
    laid("PDF, dates under", "yann", one_column, "after", "words"),
    laid("PDF, dates under", "aisha", one_column, "after", "long"),
    laid("PDF, dates above", "monique", one_column, "above", "numeric", upper=True),
    laid("PDF, dates above", "tomasz", one_column, "above", "short"),
    laid("PDF, side left", "samira", sidebar),
    laid("PDF, side left", "emma", sidebar, style="long"),
    laid("PDF, side left", "hugo", sidebar, photo=True, style="numeric"),
    laid("PDF, side right", "leila", sidebar, left=False),
    laid("PDF, side right", "aisha", sidebar, left=False, photo=True, style="long"),
    laid("PDF, side right", "fatou", sidebar, left=False, style="numeric"),
    laid("PDF, table", "yann", table),
    laid("PDF, table", "oleksii", table, "words"),
    laid("PDF, table", "emma", table, "short"),
    laid("PDF, headings beside", "leila", beside),
    laid("PDF, headings beside", "tomasz", beside),
    laid("PDF, contact beside", "samira", contact_beside),
    laid("PDF, contact beside", "emma", contact_beside),
    laid("PDF, as LinkedIn exports", "hugo", linkedin),
    laid("PDF, as LinkedIn exports", "aisha", linkedin),
    laid("DOCX, paragraphs", "samira", word),
    laid("DOCX, paragraphs", "emma", word, style="short"),
    laid("DOCX, paragraphs", years("yann"), word, style="years"),
    laid("DOCX, table", "fatou", word, "table"),
    laid("DOCX, table", "aisha", word, "table", "long"),
    laid("DOCX, two columns", untold("leila"), word_columns),
    laid("DOCX, two columns", untold("tomasz"), word_columns),
    laid("ODT", "oleksii", odt),
    laid("ODT", "aisha", odt, "short"),
    laid("JSON Resume", untold("samira"), json_resume),
    laid("JSON Resume", untold("emma"), json_resume),
    laid("Europass, until 2020", driving("yann"), europass_old),
    laid("Europass, until 2020", driving("oleksii"), europass_old),
    laid("Europass, since 2020", driving("fatou"), europass_new),
    laid("Europass, since 2020", driving("aisha"), europass_new),
)
PICTURES = (
    laid("PDF, scanned", "samira", scanned),
    laid("PDF, scanned", "emma", scanned),
    laid("photo", "leila", photo),
    laid("photo", "tomasz", photo, "WEBP"),
    laid("photo, askew and grainy", "yann", photo, turned=1.5, much=12),
    laid("photo, askew and grainy", "aisha", photo, "PNG", turned=-1.2, much=10),
    laid("photo, on its side", "fatou", photo, "HEIF", turned=90),
)
EVERY = SIMPLE + PICTURES
