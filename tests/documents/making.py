"""Files as people and attackers send them, made here."""

import io
import zlib
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def sheet(width: int = 1200, height: int = 1700, light: int = 240) -> Image.Image:
    """Draw a sheet of paper with lines of print; its upper left corner is black."""
    picture = Image.new("RGB", (width, height), (light, light, light))
    draw = ImageDraw.Draw(picture)
    for line in range(12):
        draw.text(
            (80, 260 + 60 * line), "Attestation de travail du 3 mars 2024", fill=(0, 0, 0), font_size=34
        )
    draw.rectangle((0, 0, width // 4, height // 8), fill=(0, 0, 0))
    return picture


# Twenty bytes: the first three alone stand by chance in one of some hundred sealed files.
BEGINNING = bytes.fromhex("ffd8ffe000104a46494600010100000100010000")


def jpeg(picture: Image.Image | None = None, **how: object) -> bytes:
    written = io.BytesIO()
    (picture or sheet()).save(written, "JPEG", **how)
    return written.getvalue()


def turned(orientation: int, kind: str = "JPEG") -> bytes:
    """Return a sheet as a camera held sideways writes it, which says how to turn it, and where it was taken."""
    undo = {1: [], 2: [0], 3: [3], 4: [1], 5: [5], 6: [4 - 2], 7: [6], 8: [4]}
    picture = sheet(600, 850)
    for method in undo[orientation]:
        picture = picture.transpose(Image.Transpose(method))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif.get_ifd(0x8825)[1] = "N"
    written = io.BytesIO()
    picture.save(written, kind, exif=exif.tobytes())
    return written.getvalue()


def blurred() -> bytes:
    return jpeg(sheet().filter(ImageFilter.GaussianBlur(9)))


def dark() -> bytes:
    return jpeg(sheet(light=30))


def pdf(pages: int = 2) -> bytes:
    made = pypdfium2.PdfDocument.new()
    for _number in range(pages):
        made.new_page(595, 842)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def bomb() -> bytes:
    """Return a PNG of 50,000 by 50,000 points in some hundred bytes."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4) + name + content + zlib.crc32(name + content).to_bytes(4)

    header = (50_000).to_bytes(4) * 2 + bytes([1, 0, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


class Killed:
    """Stops who writes to the database, before a write of its own: `connection.execute_wrapper` calls it."""

    def __init__(self) -> None:
        self.left = 0

    def strike(self) -> None:
        """Count a write that is to be done; where it is one too many, end as a process does that is killed."""
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt

    def __call__(self, execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            self.strike()
        return execute(sql, *rest)
