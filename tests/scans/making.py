"""Stacks of paper as scanners send them: real images, with grain, skew, other resolutions, and sheets in any way."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import pypdfium2
import segno
import typst
from PIL import Image

PRINTED_AT = 200


@dataclass(frozen=True)
class Feed:
    """How one page goes through the scanner."""

    dpi: int = 200
    skew: float = 0.0
    grain: float = 12.0
    quality: int = 70


@dataclass
class Stack:
    """Pages laid one on the other, and how many there are."""

    pages: list[Image.Image] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.pages)

    def lay(self, printed: Image.Image, how: Feed = Feed(), *, turned: int = 0) -> None:
        self.pages.append(fed(printed.rotate(-turned, expand=True), how, len(self.pages)))

    def pdf(self) -> bytes:
        return written(self.pages, "PDF")

    def tiff(self) -> bytes:
        return written(self.pages, "TIFF", compression="jpeg")


def written(pages: Sequence[Image.Image], kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    pages[0].save(out, kind, save_all=True, append_images=pages[1:], resolution=PRINTED_AT, **how)
    return out.getvalue()


def fed(printed: Image.Image, how: Feed, seed: int) -> Image.Image:
    """Return a page as a scanner sees it: askew, in less light than white, with grain, through JPEG."""
    page = printed.convert("L").rotate(how.skew, fillcolor=250, resample=Image.Resampling.BICUBIC)
    if how.dpi != PRINTED_AT:
        size = (round(page.width * how.dpi / PRINTED_AT), round(page.height * how.dpi / PRINTED_AT))
        page = page.resize(size, Image.Resampling.LANCZOS)
    points = np.asarray(page, dtype=np.float32) * 0.8 + 38
    points += np.random.default_rng(seed).normal(0, how.grain, points.shape)
    kept = io.BytesIO()
    Image.fromarray(points.clip(0, 255).astype(np.uint8)).save(kept, "JPEG", quality=how.quality)
    return Image.open(kept).convert("L")


def printed(pdf: bytes, page: int = 0) -> Image.Image:
    """Print a page of a PDF."""
    return pypdfium2.PdfDocument(pdf)[page].render(scale=PRINTED_AT / 72).to_pil().convert("L")


@cache
def letter(*lines: str) -> Image.Image:
    """Return a printed page with words on it."""
    source = '#set page(paper: "a4", margin: 25mm)\n#set text(size: 11pt)\n' + "\n\n".join(lines)
    return printed(typst.compile(source.encode()))


@cache
def blank() -> Image.Image:
    return letter("#h(1mm)")


def with_code(text: str, *more: str) -> Image.Image:
    """Return a page with words and codes on it, as somebody else prints them."""
    page = letter("Attestation de paiement de la caisse, à conserver.").copy()
    for place, one in enumerate((text, *more)):
        drawn = io.BytesIO()
        segno.make_qr(one, error="m").save(drawn, kind="png", scale=8, border=4)
        page.paste(Image.open(drawn).convert("L"), (900, 300 + 500 * place))
    return page
