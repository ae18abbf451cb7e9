"""Lay a page straight that was fed askew: the angle at which its lines stand out most from what is between them."""

import numpy as np
from PIL import Image

MOST, STEP, FINE = 5.0, 1.0, 0.25
# Lines are seen well enough on a page so wide, in points.
LOOKED_AT = 500
# Less is not seen, and turning costs sharpness.
LEAST = 0.5


def straightened(picture: Image.Image) -> Image.Image:
    """Return a page in grey, turned by at most five degrees."""
    angle = skew_of(picture)
    return picture.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255) if angle else picture


def skew_of(picture: Image.Image) -> float:
    """Return by how many degrees a page has to be turned to the left to lie straight; 0 where that is not seen."""
    small = picture.copy()
    small.thumbnail((LOOKED_AT, LOOKED_AT * 2))
    points = np.asarray(small, dtype=np.float32)
    # Ink is what is darker than the paper around; the margin is left out, scanners draw shadows there.
    ink = np.clip(np.percentile(points, 80) - points, 0, 255)
    edge = max(1, min(ink.shape) // 25)
    ink[:edge], ink[-edge:], ink[:, :edge], ink[:, -edge:] = 0, 0, 0, 0
    rows, columns = np.nonzero(ink > 40)
    if rows.size < 50:
        return 0.0
    coarse = max(np.arange(-MOST, MOST + STEP / 2, STEP), key=lambda angle: _contrast(rows, columns, angle))
    near = np.arange(coarse - STEP, coarse + STEP + FINE / 2, FINE)
    best = float(max(near, key=lambda angle: _contrast(rows, columns, angle)))
    return best if abs(best) >= LEAST else 0.0


def _contrast(rows: np.ndarray, columns: np.ndarray, angle: float) -> float:
    """Say how unevenly ink falls on lines at an angle: most unevenly on those of the text."""
    heights = rows - columns * np.tan(np.radians(angle))
    counts = np.bincount((heights - heights.min()).astype(np.int64))
    return float((counts.astype(np.float64) ** 2).sum())
