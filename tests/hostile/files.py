"""Files as attackers and broken phones send them, made here; and what has to become of each as a document."""

import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

import pikepdf
import pillow_heif
from PIL import Image

from tests.documents import making

pillow_heif.register_heif_opener()

# What has to become of it: no document at all, one that nobody can open and why, or drawn pages.
NONE, DRAWN = "none", "drawn"
HUGE, PIXELS, DAMAGED, PASSWORD, VIRUS = "huge", "pixels", "damaged", "password", "virus"
PROGRAM = "program"


@dataclass(frozen=True)
class Hostile:
    """One file, the name under which it is sent, how it is made, and its verdict."""

    name: str
    make: Callable[[], bytes]
    verdict: str

    @cached_property
    def content(self) -> bytes:
        """Make it when a test asks for it: collecting tests needs the names only."""
        return self.make()

    @property
    def kind(self) -> str:
        """Return what a browser would say of it."""
        ends = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png", "heic": "image/heic"}
        return ends.get(self.name.rpartition(".")[2], "application/octet-stream")


def zipped(name: str, content: bytes, times: int = 1) -> bytes:
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(name, "w", force_zip64=True) as entry,
    ):
        for _time in range(times):
            entry.write(content)
    return kept.getvalue()


def pdf(*, script: bool = False, attached: bytes = b"", size: float = 595, password: str = "") -> bytes:
    kept = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(size, size))
        if script:
            action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('opened')")
            made.Root.OpenAction = action
        if attached:
            made.attachments["a.txt"] = pikepdf.AttachedFileSpec(made, attached)
        locked = pikepdf.Encryption(user=password, owner=password) if password else False
        made.save(kept, encryption=locked, compress_streams=False, static_id=not password)
    return kept.getvalue()


def swelling_pdf() -> bytes:
    """Return a PDF of some kilobytes whose one picture has 900 million points."""
    kept = io.BytesIO()
    with pikepdf.new() as made:
        page = made.add_blank_page(page_size=(595, 842))

        picker = zlib.compressobj(9)
        rows = b"".join(picker.compress(b"\0" * 1_000_000) for _time in range(112)) + picker.flush()
        picture = pikepdf.Stream(made, b"")
        picture.write(rows, filter=pikepdf.Name.FlateDecode)
        picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        picture.Width = picture.Height = 30_000
        picture.BitsPerComponent, picture.ColorSpace = 1, pikepdf.Name.DeviceGray
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=picture))
        page.Contents = made.make_stream(b"q 595 0 0 842 0 0 cm /P Do Q")
        made.save(kept)
    return kept.getvalue()


def tiff(frames: int) -> bytes:
    kept = io.BytesIO()
    dot = Image.new("1", (8, 8))
    dot.save(kept, "TIFF", save_all=True, append_images=[dot] * (frames - 1))
    return kept.getvalue()


SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
HTML = b"<!doctype html><script>alert(document.cookie)</script>"

ZEROS = b"\0" * 1_000_000

# In the order of docs/security: the ordinary checks of others miss most of them.
CORPUS = (
    Hostile("eicar.txt", lambda: making.EICAR, NONE),
    Hostile("eicar.zip", partial(zipped, "eicar.com", making.EICAR), NONE),
    Hostile("eicar.pdf", lambda: making.EICAR, NONE),
    Hostile("inside.pdf", partial(pdf, attached=making.EICAR), VIRUS),
    Hostile("bomb.zip", partial(zipped, "zeros", ZEROS, 200), NONE),
    Hostile("bomb.docx", partial(zipped, "word/document.xml", ZEROS, 300), NONE),
    Hostile("bomb.png", making.bomb, PIXELS),
    Hostile("script.pdf", partial(pdf, script=True), DRAWN),
    Hostile("polyglot.pdf", lambda: pdf() + zipped("x.html", HTML), DRAWN),
    Hostile("locked.pdf", partial(pdf, password="sesame"), PASSWORD),
    Hostile("page.pdf", lambda: HTML, NONE),
    Hostile("drawing.png", lambda: SVG, NONE),
    Hostile("script.svg", lambda: SVG, NONE),
    Hostile("cut.jpg", lambda: making.jpeg()[:4000], DAMAGED),
    Hostile("where.jpg", partial(making.turned, 6), DRAWN),
    Hostile("phone.heic", partial(making.turned, 6, "HEIF"), DRAWN),
    Hostile("slip.zip", partial(zipped, "../../etc/cron.d/x", b"* * * * * root true"), NONE),
    Hostile("empty.pdf", bytes, NONE),
    # Besides: a picture that swells inside a PDF, a page as large as a field, a file of very many pages.
    Hostile("swells.pdf", swelling_pdf, DRAWN),
    Hostile("field.pdf", partial(pdf, size=14_400), DRAWN),
    Hostile("frames.tiff", partial(tiff, 401), HUGE),
)
