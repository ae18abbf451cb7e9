"""Files that nobody means ill with and that readers stumble over: odd PDFs, pictures of odd depths, scans of odd kinds.

On each sheet its upper left corner is black and its lower right white: so a test sees that something stands on the
page that was drawn, the right way up and in the right light.
"""

import io
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np
import pikepdf
import pillow_heif
from PIL import Image, ImageDraw
from PIL.TiffImagePlugin import AppendingTiffWriter

from tests.documents import making
from tests.hostile.files import DAMAGED, DRAWN, HUGE, NONE, PASSWORD, PIXELS, PROGRAM, Hostile, pdf

pillow_heif.register_heif_opener()

A4 = (595, 842)
type Picture = Image.Image
type Change = Callable[[pikepdf.Pdf], None]


@cache
def sheet(mode: str = "RGB", size: tuple[int, int] = (850, 1200)) -> Picture:
    return making.sheet().resize(size).convert(mode)


def saved(picture: Picture, kind: str, **how: Any) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, kind, **how)
    return kept.getvalue()


# PDF ----------------------------------------------------------------------------------------------------------------


def pdf_of(change: Change | None = None, pages: int = 1, **how: Any) -> bytes:
    """Return a PDF of sheets, their corner drawn as a rectangle, changed as a test wants."""
    kept = io.BytesIO()
    with pikepdf.new() as made:
        for number in range(pages):
            page = made.add_blank_page(page_size=A4)
            page.Contents = made.make_stream(b"0 g 0 737 149 105 re f %% page %d" % number)
        if change:
            change(made)
        made.save(kept, **how)
    return kept.getvalue()


def boxed(*box: float, **more: Any) -> Change:
    def change(made: pikepdf.Pdf) -> None:
        made.pages[0].MediaBox = list(box)
        for key, value in more.items():
            made.pages[0][f"/{key}"] = value

    return change


def field(made: pikepdf.Pdf) -> None:
    """Fill a field of a form in without its appearance, as some programs leave it to readers."""
    bold = {"Subtype": pikepdf.Name.Type1, "BaseFont": pikepdf.Name("/Helvetica-Bold")}
    font = made.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font, **bold))
    fonts = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    row = made.make_indirect(pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="nom", V="MMMMM",
        Rect=[0, 737, 149, 842], F=4, DA="/F 110 Tf 0 g", P=made.pages[0].obj,
    ))  # fmt: skip
    made.pages[0].Contents, made.pages[0].Annots = made.make_stream(b""), [row]
    made.Root.AcroForm = pikepdf.Dictionary(Fields=[row], DR=fonts, DA="/F 0 Tf 0 g", NeedAppearances=True)


def xfa(made: pikepdf.Pdf) -> None:
    """Say that the form is drawn by a program in it (XFA)."""
    said = b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'><script>app.alert(1)</script></xdp:xdp>"
    made.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=made.make_stream(said))


def dynamic(made: pikepdf.Pdf) -> None:
    """Say besides that it is drawn anew each time: what is in the file is only “please wait”."""
    xfa(made)
    made.Root.NeedsRendering = True


def portfolio(*others: bytes) -> Change:
    """Have a page carry files, as programs that collect PDF files write them."""

    def change(made: pikepdf.Pdf) -> None:
        made.Root.Collection = pikepdf.Dictionary(View=pikepdf.Name.D)
        for number, one in enumerate(others):
            made.attachments[f"{number}.bin"] = pikepdf.AttachedFileSpec(made, one)

    return change


def laughs(made: pikepdf.Pdf) -> None:
    """Have a form show a form ten times, nine deep: a thousand million rectangles in two kilobytes."""
    last = made.make_stream(b"0 0 1 1 re f")
    for depth in range(9):
        last.Type, last.Subtype, last.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, *A4]
        outer = made.make_stream(b"/X Do " * 10)
        outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=last))
        last = outer if depth < 8 else last
    made.pages[0].Resources, made.pages[0].Contents = outer.Resources, outer


def collected() -> bytes:
    """Return a portfolio of a cover, two pages, a portfolio of a photo and a table that nobody can see."""
    nested = pdf_of(portfolio(saved(sheet(), "JPEG")))
    return pdf_of(portfolio(pdf_of(pages=2), nested, b"a;b", b""))


# Pictures -----------------------------------------------------------------------------------------------------------


def cmyk() -> bytes:
    """Return a JPEG in four inks, turned round as Adobe's programs write it."""
    made = saved(sheet("CMYK"), "JPEG")
    assert b"Adobe" in made
    return made


def deep_grey() -> bytes:
    return saved(Image.fromarray(np.asarray(sheet("L")).astype(np.uint16) * 257), "PNG")


def several(kind: str, number: int = 3, **how: Any) -> bytes:
    others = [sheet().rotate(180)] * (number - 1)
    return saved(sheet(), kind, save_all=True, append_images=others, **how)


def mixed_tiff() -> bytes:
    """Return a TIFF of four pages: a fax, LZW, JPEG, and numbers that are not whole."""
    kept = io.BytesIO()
    light = Image.fromarray(np.asarray(sheet("L")).astype(np.float32) / 255)
    pages: Sequence[tuple[Picture, str]] = (
        (sheet("1"), "group4"), (sheet(), "tiff_lzw"), (sheet("L"), "jpeg"), (light, "tiff_deflate")
    )  # fmt: skip
    with AppendingTiffWriter(kept, new=True) as writer:
        for page, how in pages:
            page.save(writer, "TIFF", compression=how)
            writer.newFrame()
    return kept.getvalue()


def faxed(kind: int = 1) -> bytes:
    """Return a sheet as a fax keeps it: half as many dots down as across, the right way up or on its side."""
    tags = Image.Exif()
    tags[0x0112] = kind
    page = sheet(size=(1728, 1169)).convert("1")
    dots = (204, 98)
    if kind == 6:
        page, dots = page.transpose(Image.Transpose.ROTATE_90), (98, 204)
    return saved(page, "TIFF", compression="group4", dpi=dots, exif=tags)


def burst() -> bytes:
    """Return an HEIC of three photos."""
    kept = io.BytesIO()
    made = pillow_heif.from_pillow(sheet())
    for _other in range(2):
        made.add_from_pillow(sheet("RGB", (400, 600)))
    made.save(kept)
    return kept.getvalue()


def large_heic(width: int, height: int) -> bytes:
    """Return a photo as large phones take it."""
    photo = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(photo).rectangle((0, 0, width // 4, height // 8), fill="black")
    return saved(photo, "HEIF", quality=30, enc_params={"preset": "ultrafast"})


def stripe() -> bytes:
    """Return a photo as narrow as a thread."""
    line = Image.new("RGB", (2, 60_000), "white")
    ImageDraw.Draw(line).rectangle((0, 0, 1, 9_000), fill="black")
    return saved(line, "JPEG")


@cache
def screen() -> Picture:
    """Return the picture of a whole screen page: its pages are cut where each has its corner and its paper."""
    page = Image.new("RGB", (1000, 20_000), "white")
    draw = ImageDraw.Draw(page)
    for number in range(14):
        draw.rectangle((0, 1440 * number, 250, 1440 * number + 190), fill="black")
    return page


def long_page(made: pikepdf.Pdf) -> None:
    """Print a whole screen page on one page, as telephones do."""
    page = made.pages[0]
    page.MediaBox = [0, 0, 595, 11_900]
    corners = (b"0 %d 149 105 re f" % (11_795 - round(1.44 * 595 * number)) for number in range(14))
    page.Contents = made.make_stream(b"0 g " + b" ".join(corners))


def lying(picture: Picture, kind: str) -> bytes:
    """Return a picture on its side, which says how to turn it."""
    tags = Image.Exif()
    tags[0x0112] = 6
    return saved(picture.transpose(Image.Transpose.ROTATE_90), kind, exif=tags.tobytes())


def see_through() -> bytes:
    """Return a PNG of which one sees through the lower half."""
    points = np.array(sheet("RGBA"))
    points[600:, :, 3] = 0
    return saved(Image.fromarray(points), "PNG")


def cropped(made: pikepdf.Pdf) -> None:
    """Show a part of a larger page, whose edges are black."""
    page = made.pages[0]
    page.MediaBox, page.CropBox = [-100, -100, 995, 1242], [0, 0, 595, 842]
    page.Contents = made.make_stream(b"0 g 0 737 149 105 re f -100 -100 1095 90 re f 600 0 300 842 re f")


def photo() -> bytes:
    return saved(sheet(), "JPEG")


# The files, each with its verdict and how many pages it has.
CORPUS: tuple[tuple[Hostile, int], ...] = (
    # Locked for changes only: everybody may read it.
    (Hostile("readable.pdf", lambda: pdf_of(encryption=pikepdf.Encryption(user="", owner="x")), DRAWN), 1),
    (Hostile("xfa.pdf", lambda: pdf_of(xfa), DRAWN), 1),
    (Hostile("dynamic.pdf", lambda: pdf_of(dynamic), PROGRAM), 0),
    (Hostile("portfolio.pdf", collected, DRAWN), 5),
    (Hostile("locked-inside.pdf", lambda: pdf_of(portfolio(pdf(password="sesame"))), PASSWORD), 0),
    (Hostile("many-inside.pdf", lambda: pdf_of(portfolio(*[pdf_of(pages=250)] * 2)), HUGE), 0),
    (Hostile("thread.pdf", lambda: pdf_of(boxed(0, 0, 3, 100_000)), DRAWN), 1),
    (Hostile("nothing.pdf", lambda: pdf_of(boxed(0, 0, 0, 0)), DRAWN), 1),
    (Hostile("unit.pdf", lambda: pdf_of(boxed(0, 0, 595, 842, UserUnit=1_000)), DRAWN), 1),
    (Hostile("book.pdf", lambda: pdf_of(pages=500), HUGE), 0),
    (Hostile("half.pdf", lambda: pdf_of()[: len(pdf_of()) // 2], DAMAGED), 0),
    (Hostile("field.pdf", lambda: pdf_of(field), DRAWN), 1),
    (Hostile("laughs.pdf", lambda: pdf_of(laughs), HUGE), 0),
    (Hostile("cmyk.jpg", cmyk, DRAWN), 1),
    (Hostile("grey16.png", deep_grey, DRAWN), 1),
    (Hostile("palette.png", lambda: saved(sheet("P"), "PNG"), DRAWN), 1),
    (Hostile("moving.gif", lambda: several("GIF"), NONE), 0),
    (Hostile("two.jpg", lambda: several("MPO", 2), DRAWN), 1),
    (Hostile("burst.heic", burst, DRAWN), 3),
    (Hostile("mixed.tiff", mixed_tiff, DRAWN), 4),
    (Hostile("fax.tiff", faxed, DRAWN), 1),
    (Hostile("lying-fax.tiff", lambda: faxed(6), DRAWN), 1),
    (Hostile("photo.jp2", lambda: saved(sheet(), "JPEG2000"), NONE), 0),
    (Hostile("thread.jpg", stripe, DRAWN), 1),
    (Hostile("dot.png", lambda: saved(Image.new("RGB", (1, 1)), "PNG"), DRAWN), 1),
    # Far longer than a page: cut, where it were too small to be read.
    (Hostile("screen.png", lambda: saved(screen(), "PNG"), DRAWN), 14),
    (Hostile("lying-screen.jpg", lambda: lying(screen(), "JPEG"), DRAWN), 14),
    (Hostile("screen.pdf", lambda: pdf_of(long_page), DRAWN), 14),
    (Hostile("see-through.png", see_through, DRAWN), 1),
    (Hostile("side6.heic", lambda: lying(sheet(), "HEIF"), DRAWN), 1),
    (Hostile("cropped.pdf", lambda: pdf_of(cropped), DRAWN), 1),
    (Hostile("photo.jxl", lambda: b"\xff\x0a" + photo(), NONE), 0),
    (Hostile("phone63.heic", lambda: large_heic(7_000, 9_000), PIXELS), 0),
)
