"""Codes on a scanned page (QR, ISO/IEC 18004), how it lies by them, and whether a page is blank."""

import numpy as np
import zxingcpp
from PIL import Image, ImageFilter

from visavis.documents.drawing.kinds import UNREAD

type Picture = Image.Image

QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
MOST_CODES, LONGEST = 8, 200
# A code as large as ours, of the shorter side of its page (26 and 28 of 210 mm), that is there and cannot be read:
# a stamp lies on it. Codes of others are smaller.
OURS = (0.115, 0.155)
# A page so small was scanned with about 100 dots an inch: its codes are made larger.
SMALL = 1_500
# A page is looked at for ink on so few points that noise is gone; differences of light smaller than this are paper.
LOOKED_AT, INK, FEW_POINTS = 300, 18, 5


def upright(picture: Picture) -> tuple[Picture, tuple[str, ...]]:
    """Return a page turned as its first code lies, and what its codes say, each once; UNREAD for one that is hidden."""
    found = codes(picture)
    if not found and has_hidden(picture):
        return picture, (UNREAD,)
    turn = round(found[0].orientation / 90) * 90 % 360 if found else 0
    texts = tuple(dict.fromkeys(one.text[:LONGEST] for one in found[:MOST_CODES]))
    return (picture.rotate(turn, expand=True) if turn else picture), texts


def codes(picture: Picture) -> list[zxingcpp.Barcode]:
    """Find the codes of a page: as it is, smoothed, and a small page made larger; each finds what another misses."""
    grey = picture.convert("L")
    found = read(grey) or read(grey.filter(ImageFilter.GaussianBlur(0.8)))
    if not found and max(grey.size) < SMALL:
        larger = grey.resize((grey.width * 2, grey.height * 2), Image.Resampling.BICUBIC)
        found = read(larger.filter(ImageFilter.GaussianBlur(1.5)))
    return found


def has_hidden(picture: Picture) -> bool:
    """Say whether a code as large as ours is seen on a page without a code that can be read."""
    grey = picture.convert("L")
    seen = zxingcpp.read_barcodes(grey, formats=QR, return_errors=True)
    return any(
        one.error is not None
        and one.error.type == zxingcpp.ErrorType.Checksum
        and OURS[0] < _side(one) / min(grey.size) < OURS[1]
        for one in seen
    )


def _side(code: zxingcpp.Barcode) -> float:
    left, right = code.position.top_left, code.position.top_right
    return float(np.hypot(right.x - left.x, right.y - left.y))


def read(grey: Picture) -> list[zxingcpp.Barcode]:
    return [one for one in zxingcpp.read_barcodes(grey, formats=QR) if one.text]


def is_blank(picture: Picture) -> bool:
    """Say whether there is nothing on a page: the shadow at its edges, grain and yellow paper are nothing."""
    small = picture.convert("L")
    small.thumbnail((LOOKED_AT, LOOKED_AT), Image.Resampling.BOX)
    points = np.asarray(small, dtype=np.float32)
    edge = max(1, min(points.shape) // 20)
    inside = points[edge:-edge, edge:-edge]
    if not inside.size:
        return False
    return int((np.median(inside) - inside > INK).sum()) < FEW_POINTS
