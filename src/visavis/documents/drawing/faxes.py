"""Pages of a fax (ITU-T T.4): fewer dots down than across, which readers of pictures show squashed."""

from PIL import Image

type Picture = Image.Image

ACROSS, DOWN, ORIENTATION = 282, 283, 274
ON_ITS_SIDE = (5, 6, 7, 8)
# Dots no further from square than this are left; what says more than this is believed by nobody.
SQUARE, MOST = 1.05, 4.0


def stretched(tags: Image.Exif) -> float:
    """Return how many times as high as it is kept a page is, as it is seen: 1 where its dots are square."""
    across, down = (float(tags.get(tag) or 0) for tag in (ACROSS, DOWN))
    if not across > 0 or not down > 0:
        return 1.0
    times = down / across if tags.get(ORIENTATION, 1) in ON_ITS_SIDE else across / down
    return times if SQUARE < max(times, 1 / times) < MOST else 1.0


def squared(picture: Picture, times: float, longest: int) -> Picture:
    """Return a page with dots as wide as they are high, made longer and never thinner, at most so long."""
    if times == 1:
        return picture
    width, height = picture.width * max(1.0, 1 / times), picture.height * max(1.0, times)
    less = min(1.0, longest / max(width, height))
    return picture.resize((round(width * less), round(height * less)), Image.Resampling.BICUBIC)
