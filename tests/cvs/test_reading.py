"""What is read of CVs whose content is known: how much is found, how much is wrong, and what is never kept."""

from collections import Counter
from functools import cache

import pytest

from tests.cvs import making, measuring
from tests.cvs.apart import APART
from tests.cvs.corpus import EVERY, PICTURES, SIMPLE
from tests.cvs.making import Made
from visavis.common import tesseract
from visavis.cvs.reading import alone, files
from visavis.cvs.reading.document import Kind
from visavis.cvs.reading.text import read_text
from visavis.cvs.reading.understand import Understood, understand

LEAST_FOUND = 0.97
MOST_WRONG = 0.01
needs_tesseract = pytest.mark.skipif(
    not tesseract.is_possible(),
    reason="tesseract is not installed: sh scripts/packages tesseract-ocr tesseract-ocr-fra",
)


@cache
def catalogue() -> measuring.Catalogue:
    return measuring.Catalogue()


@cache
def reading_of(made: Made) -> Understood:
    return measuring.read(files.read(made.make()), catalogue())


def shares(corpus: tuple[Made, ...]) -> tuple[float, float, Counter[measuring.Score]]:
    counts = measuring.counted(
        [score for made in corpus for score in measuring.scores(made.cv, reading_of(made))]
    )
    by_result = Counter(result for _kind, result in counts.elements())
    whole = by_result["found"] + by_result["missed"] + by_result["wrong"]
    return by_result["found"] / whole, by_result["wrong"] / whole, counts


def test_nearly_everything_is_found_and_nothing_says_who_she_is() -> None:
    assert len(SIMPLE) >= 40
    assert {made.cv.language for made in SIMPLE} == {"fr", "en"}
    assert len({made.slug for made in EVERY}) == len(EVERY)
    found, wrong, counts = shares(SIMPLE)
    bad = {kind: count for kind, count in counts.items() if kind[1] != "found"}
    assert found >= LEAST_FOUND, bad
    assert wrong <= MOST_WRONG, bad
    found, wrong, counts = shares(APART)
    assert found >= 0.9, counts
    assert wrong <= 0.05, counts
    for made in APART:
        assert not measuring.leaks(made.cv, understand(files.read(made.make()), [made.cv.name])), made.slug


@pytest.mark.parametrize("layout", sorted({made.layout for made in SIMPLE}))
def test_no_layout_is_read_much_worse_than_the_others(layout: str) -> None:
    found, wrong, counts = shares(tuple(made for made in SIMPLE if made.layout == layout))
    assert found >= 0.9, counts
    assert wrong <= 0.05, counts


@pytest.mark.parametrize("made", SIMPLE, ids=lambda made: made.slug)
def test_nothing_that_says_who_she_is_is_kept(made: Made) -> None:
    assert not measuring.leaks(made.cv, reading_of(made))


@needs_tesseract
@pytest.mark.parametrize("some", [PICTURES[6:], PICTURES[:1]])
def test_scans_and_photos_are_read_nearly_as_well(some: tuple[Made, ...]) -> None:
    found, wrong, counts = shares(some)
    assert found >= 0.9, counts
    assert wrong <= 0.04, counts
    assert not [leak for made in some for leak in measuring.leaks(made.cv, reading_of(made))]


def test_each_fact_stands_with_its_page_its_line_and_its_words() -> None:
    document = files.read(making.text(making.of("samira")).encode())
    job = next(fact for fact in understand(document).facts if fact.kind == "job")
    line = next(line for line in document.lines if line.number == job.line)
    assert (job.page, job.words) == (1, line.text)
    assert "Serveuse" in line.text
    # The line of a pasted text is counted with the empty ones.
    assert understand(read_text("Samira\n\n\nLangues : anglais B1")).facts[0].line == 4
    long = making.pdf(making.PAGE + "#pagebreak()\nExpérience\n\n2019 - 2021 : Serveuse, Le Central\n")
    job = next(fact for fact in understand(files.read(long)).facts if fact.kind == "job")
    assert (job.page, job.name) == (2, "Serveuse")
    data = making.pages(making.of("samira"), 34)
    document = alone.read(data)
    assert (document.kind, document.pages, document.pages_read) == (Kind.PDF, 34, 30)
    assert document == files.read(data)


def test_what_is_not_understood_is_left_and_long_or_hostile_texts_are_read() -> None:
    text = "Expérience\n2019 - 2021 : Serveuse, Le Central\n- Élevage de licornes\nLoisirs\nTricot"
    understood = measuring.read(read_text(text), catalogue())
    assert [line.text for line in understood.left] == ["Élevage de licornes", "Tricot"]
    understood = understand(read_text("Références\nMme Garnier, 06 11 11 11 11\nLangues\nAnglais B1"))
    assert understood.left_out == 1
    assert "Garnier" not in str(understood)
    text = "Profil\n" + "Serveuse patiente et souriante. " * 60 + "Fin du profil."
    assert understand(read_text(text)).facts[0].name.endswith("Fin du profil.")
    assert understand(read_text("Formation\n" + "\n".join(["a, " * 190] * 170)))


def test_dates_are_read_as_people_write_them() -> None:
    for written, start, end, is_current in [
        ("Depuis 2019 : serveuse, Le Central", "2019", "", True),
        ("mars 2019 à ce jour - Serveuse - Le Central", "2019-03", "", True),
        ("Du 03/02/2015 au 30/06/2018 : Serveuse, Le Central", "2015-02", "2018-06", False),
        ("Serveuse, Le Central, juin-septembre 2014", "2014-06", "2014-09", False),
        ("Waitress, Le Central, Sept 2014 to date", "2014-09", "", True),
        ("Été 2014 : Serveuse, Le Central", "2014", "2014", False),
        ("Serveuse, Le Central, jusqu’en 2015", "", "2015", False),
        ("2016-18 Serveuse, Le Central", "2016", "2018", False),
        ("03/22 - 05/23 : Serveuse, Le Central", "2022-03", "2023-05", False),
        ("Sept. 98 – juin 01 Serveuse, Le Central", "1998-09", "2001-06", False),
        ("du 01/03 au 30/04/2020 Serveuse, Le Central", "2020-03", "2020-04", False),
        ("2015 - ... Serveuse, Le Central", "2015", "", True),
        ("2022 - 2019 Serveuse, Le Central", "2019", "2022", False),
    ]:
        facts = understand(read_text(f"Expérience\n{written}")).facts
        job = next(fact for fact in facts if fact.kind == "job")
        assert (job.start, job.end, job.is_current) == (start, end, is_current)
        assert job.name.lower() in {"serveuse", "waitress"}, (
            "nothing of the dates stays in the name of the job"
        )
