"""Pages are drawn anew, upright and without what a camera adds; what cannot be drawn says why, and hurts nothing."""

import io

import pytest
from PIL import Image

from tests.documents import making
from visavis.documents.as_pdf import pdf_of
from visavis.documents.drawing import alone
from visavis.documents.drawing.kinds import MOST_PAGES, NotDrawn, Refusal, kind_of
from visavis.documents.drawing.pages import pages


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_once_and_says_no_longer_where_it_was_taken(orientation: int) -> None:
    (page,) = pages(making.turned(orientation))
    shown = Image.open(io.BytesIO(page.jpeg))
    assert (shown.width, shown.height) == (600, 850)
    assert not shown.getexif() and b"Exif" not in page.jpeg
    corner = shown.getpixel((20, 20))
    assert isinstance(corner, tuple) and max(corner) < 60


def test_each_page_of_a_pdf_and_of_a_scan_is_drawn_and_a_photo_of_an_iphone_is_taken() -> None:
    assert len(list(pages(making.pdf(3)))) == 3
    scan = io.BytesIO()
    making.sheet().save(scan, "TIFF", save_all=True, append_images=[making.sheet(), making.sheet()])
    assert len(list(pages(scan.getvalue()))) == 3
    (page,) = pages(making.turned(6, "HEIF"))
    assert page.height > page.width
    assert kind_of(b"\n  %PDF-1.4") is not None
    # What is transparent lies on white paper.
    written = io.BytesIO()
    Image.new("RGBA", (400, 400), (0, 0, 0, 0)).save(written, "PNG")
    (page,) = pages(written.getvalue())
    assert Image.open(io.BytesIO(page.jpeg)).getpixel((200, 200)) == (255, 255, 255)


def test_a_dark_and_a_blurred_photo_are_noticed_and_a_good_one_is_not() -> None:
    seen = [next(iter(pages(data))) for data in (making.jpeg(), making.dark(), making.blurred())]
    assert [(one.is_dark, one.is_blurred) for one in seen] == [(False, False), (True, False), (False, True)]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (making.EICAR, Refusal.KIND),
        (b"PK\x03\x04" + b"\0" * 100, Refusal.KIND),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", Refusal.KIND),
        (b"<!doctype html><script>alert(1)</script>%PDF-1.4", Refusal.KIND),
        (b"MZ" + b"\0" * 200 + b"%PDF-1.7", Refusal.KIND),
        (b"", Refusal.KIND),
        (making.bomb(), Refusal.PIXELS),
        (making.jpeg()[:4000], Refusal.DAMAGED),
        (b"%PDF-1.7\nnothing else", Refusal.DAMAGED),
        (making.pdf(MOST_PAGES + 1), Refusal.HUGE),
    ],
    ids=["eicar", "zip", "svg", "html", "program", "empty", "bomb", "cut", "half", "long"],
)
def test_what_cannot_be_drawn_says_why(data: bytes, why: Refusal) -> None:
    with pytest.raises(NotDrawn) as refused:
        list(pages(data))
    assert refused.value.why is why
    assert (kind_of(data) is None) is (why is Refusal.KIND)


def test_it_is_drawn_in_a_process_of_its_own() -> None:
    (page,) = alone.draw(making.jpeg())
    assert page.jpeg.startswith(b"\xff\xd8\xff") and page.width == 1200
    with pytest.raises(NotDrawn) as refused:
        alone.draw(making.bomb())
    assert refused.value.why is Refusal.PIXELS


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"{}\n",
        b'{"why": "", "pages": []}\n',
        b'{"why": "", "pages": [{"size": 5, "width": 1, "height": 1, "dark": 0, "blurred": 0}]}\n<html',
        b'{"why": "x", "pages": []}\n',
    ],
)
def test_whatever_a_file_that_took_it_over_writes_is_no_page(
    said: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alone.apart, "run", lambda *program, **how: said)
    with pytest.raises(NotDrawn):
        alone.draw(b"x")


def test_the_pages_as_a_pdf_are_read_by_others() -> None:
    drawn = [*pages(making.jpeg()), *pages(making.turned(6))]
    made = pdf_of([(one.jpeg, one.width, one.height) for one in drawn])
    again = list(pages(made))
    assert len(again) == 2 and again[0].height > again[0].width
