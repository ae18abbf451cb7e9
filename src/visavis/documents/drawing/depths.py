"""Pictures of more than 256 steps of grey, brought to 256: Pillow would cut off all that is lighter than the first."""

import numpy as np
from PIL import Image

type Picture = Image.Image

DEEP = ("I", "F")
STEPS_16 = 65_535


def is_deep(picture: Picture) -> bool:
    """Say whether a picture has more steps than a page shows: grey of 16 or 32 bits, or numbers that are not whole."""
    return picture.mode.startswith(DEEP)


def shallow(picture: Picture) -> Picture:
    """Return it in 256 steps: of 65,536, of nought to one, or, of anything else, from its darkest to its lightest."""
    points = np.asarray(picture)
    least, most = float(np.nanmin(points)), float(np.nanmax(points))
    if picture.mode.startswith("I;16") or (picture.mode == "I" and least >= 0 and most > 255):
        low, high = 0.0, float(STEPS_16) if most <= STEPS_16 else most
    elif least >= 0 and most <= 1 and picture.mode == "F":
        low, high = 0.0, 1.0
    elif least >= 0 and most <= 255:
        low, high = 0.0, 255.0
    else:
        low, high = least, most
    scaled = (points.astype(np.float32) - low) * (255 / (high - low or 1))
    return Image.fromarray(np.nan_to_num(scaled, nan=255).clip(0, 255).round().astype(np.uint8))
