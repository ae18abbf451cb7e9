"""The corpus: which person in which layout. More than forty, and every layout with French and English."""

from tests.cvs import fields, making
from tests.cvs.making import Made, driving, of, untold, years

SIMPLE = (
    Made("text, dates first", of("samira"), lambda: making.text(of("samira")).encode()),
    Made("text, dates first", of("emma"), lambda: making.text(of("emma"), "long").encode()),
    Made("text, dates first", years("monique"), lambda: making.text(years("monique"), "years").encode()),
    Made(
        "text, dates last",
        of("yann"),
        lambda: making.text(of("yann"), "numeric", before=False).encode("cp1252"),
    ),
    Made("text, dates last", of("aisha"), lambda: making.text(of("aisha"), "short", before=False).encode()),
    Made(
        "text, dates last",
        years("fatou"),
        lambda: making.text(years("fatou"), "years", before=False).encode("utf-16"),
    ),
    Made("PDF, one column", of("samira"), lambda: making.one_column(of("samira"))),
    Made("PDF, one column", of("tomasz"), lambda: making.one_column(of("tomasz"), style="long")),
    Made("PDF, one column", of("leila"), lambda: making.one_column(of("leila"), style="words", upper=True)),
    Made("PDF, one column", years("hugo"), lambda: making.one_column(years("hugo"), style="years")),
    Made("PDF, dates at the right", of("fatou"), lambda: making.one_column(of("fatou"), "right", "short")),
    Made(
        "PDF, dates at the right",
        of("emma"),
        lambda: making.one_column(of("emma"), "right", "short", upper=True),
    ),
    Made(
        "PDF, dates at the right", of("oleksii"), lambda: making.one_column(of("oleksii"), "right", "numeric")
    ),
    Made("PDF, dates under", of("yann"), lambda: making.one_column(of("yann"), "after", "words")),
    Made("PDF, dates under", of("aisha"), lambda: making.one_column(of("aisha"), "after", "long")),
    Made(
        "PDF, dates above",
        of("monique"),
        lambda: making.one_column(of("monique"), "above", "numeric", upper=True),
    ),
    Made("PDF, dates above", of("tomasz"), lambda: making.one_column(of("tomasz"), "above", "short")),
    Made("PDF, side left", of("samira"), lambda: making.sidebar(of("samira"))),
    Made("PDF, side left", of("emma"), lambda: making.sidebar(of("emma"), style="long")),
    Made("PDF, side left", of("hugo"), lambda: making.sidebar(of("hugo"), photo=True, style="numeric")),
    Made("PDF, side right", of("leila"), lambda: making.sidebar(of("leila"), left=False)),
    Made(
        "PDF, side right",
        of("aisha"),
        lambda: making.sidebar(of("aisha"), left=False, photo=True, style="long"),
    ),
    Made("PDF, side right", of("fatou"), lambda: making.sidebar(of("fatou"), left=False, style="numeric")),
    Made("PDF, table", of("yann"), lambda: making.table(of("yann"))),
    Made("PDF, table", of("oleksii"), lambda: making.table(of("oleksii"), "words")),
    Made("PDF, table", of("emma"), lambda: making.table(of("emma"), "short")),
    Made("PDF, headings beside", of("leila"), lambda: making.beside(of("leila"))),
    Made("PDF, headings beside", of("tomasz"), lambda: making.beside(of("tomasz"))),
    Made("PDF, contact beside", of("samira"), lambda: making.contact_beside(of("samira"))),
    Made("PDF, contact beside", of("emma"), lambda: making.contact_beside(of("emma"))),
    Made("PDF, as LinkedIn exports", of("hugo"), lambda: making.linkedin(of("hugo"))),
    Made("PDF, as LinkedIn exports", of("aisha"), lambda: making.linkedin(of("aisha"))),
    Made("DOCX, paragraphs", of("samira"), lambda: making.word(of("samira"))),
    Made("DOCX, paragraphs", of("emma"), lambda: making.word(of("emma"), style="short")),
    Made("DOCX, paragraphs", years("yann"), lambda: making.word(years("yann"), style="years")),
    Made("DOCX, table", of("fatou"), lambda: making.word(of("fatou"), "table")),
    Made("DOCX, table", of("aisha"), lambda: making.word(of("aisha"), "table", "long")),
    Made("DOCX, two columns", untold("leila"), lambda: making.word_columns(of("leila"))),
    Made("DOCX, two columns", untold("tomasz"), lambda: making.word_columns(of("tomasz"))),
    Made("ODT", of("oleksii"), lambda: making.odt(of("oleksii"))),
    Made("ODT", of("aisha"), lambda: making.odt(of("aisha"), "short")),
    Made("JSON Resume", untold("samira"), lambda: fields.json_resume(of("samira"))),
    Made("JSON Resume", untold("emma"), lambda: fields.json_resume(of("emma"))),
    Made("Europass, until 2020", driving("yann"), lambda: fields.europass_old(of("yann"))),
    Made("Europass, until 2020", driving("oleksii"), lambda: fields.europass_old(of("oleksii"))),
    Made("Europass, since 2020", driving("fatou"), lambda: fields.europass_new(of("fatou"))),
    Made("Europass, since 2020", driving("aisha"), lambda: fields.europass_new(of("aisha"))),
)
PICTURES = (
    Made("PDF, scanned", of("samira"), lambda: making.scanned(of("samira")), needs_ocr=True),
    Made("PDF, scanned", of("emma"), lambda: making.scanned(of("emma")), needs_ocr=True),
    Made("photo", of("leila"), lambda: making.photo(of("leila")), needs_ocr=True),
    Made("photo", of("tomasz"), lambda: making.photo(of("tomasz"), "WEBP"), needs_ocr=True),
    Made(
        "photo, askew and grainy",
        of("yann"),
        lambda: making.photo(of("yann"), turned=1.5, much=12),
        needs_ocr=True,
    ),
    Made(
        "photo, askew and grainy",
        of("aisha"),
        lambda: making.photo(of("aisha"), "PNG", turned=-1.2, much=10),
        needs_ocr=True,
    ),
    Made(
        "photo, on its side",
        of("fatou"),
        lambda: making.photo(of("fatou"), "HEIF", turned=90),
        needs_ocr=True,
    ),
)
EVERY = SIMPLE + PICTURES
