"""Find the sheet of paper in a photo, lay it straight, and take the shadow off it; a picture that shows none is left.

The paper is what is bright and without colour around the middle. Its four corners are the outermost points of it, and
they are believed only if what lies between them is nearly all paper: else the photo stays as it was taken.
"""

import numpy as np
from PIL import Image, ImageFilter
from scipy import ndimage

type Picture = Image.Image
type Points = np.ndarray

# Corners are seen well enough on a picture so long.
LOOKED_AT = 400
# Of the photo, the paper is at least so much, and at most so much where it is worth cutting.
LEAST, MOST = 0.2, 0.9
# Three corners at least are seen whole: so far from the edge of the photo, of its longer side.
EDGE = 0.01
# Of what lies between the corners so much is paper, and of the paper so much lies between them.
FULL, INSIDE = 0.9, 0.95
# Each side is at least so long, in points of the picture that is looked at.
SHORTEST = 60
# Gaps so wide are closed; and the corners lie so much further out than they are seen.
CLOSED, OUT = 4, 1.015
# How light paper is drawn, and a shadow no darker than this is taken off.
PAPER, DARKEST = 245.0, 40.0


def cropped(picture: Picture) -> Picture | None:
    """Return the sheet alone, seen from above; nothing where none is seen for certain."""
    found = corners(picture)
    return None if found is None else lit(straight(picture, found))


def corners(picture: Picture) -> Points | None:
    """Return the corners of the sheet in points of the picture: upper left, upper right, lower right, lower left."""
    small = picture.copy()
    small.thumbnail((LOOKED_AT, LOOKED_AT))
    mask = paper_in(small)
    if mask is None or not LEAST <= mask.mean() <= MOST:
        return None
    rows, columns = np.nonzero(mask)
    sums, differences = columns + rows, columns - rows
    at = [sums.argmin(), differences.argmax(), sums.argmax(), differences.argmin()]
    found = np.array([(columns[one], rows[one]) for one in at], dtype=np.float64)
    if not is_believed(found, mask):
        return None
    middle = found.mean(axis=0)
    return ((found - middle) * OUT + middle) * (picture.width / small.width)


def is_believed(found: Points, mask: Points) -> bool:
    """Say whether four corners are those of a sheet: long sides, nearly all paper between them, a desk around it."""
    sides = np.linalg.norm(found - np.roll(found, -1, axis=0), axis=1)
    if sides.min() < SHORTEST or max(sides[:2] / sides[2:]) > 2 or max(sides[2:] / sides[:2]) > 2:
        return False
    far = np.array(mask.shape[::-1]) - 1
    if (np.minimum(found, far - found).min(axis=1) > EDGE * far.max()).sum() < 3:
        return False
    between = within(found, mask.shape)
    return bool(
        between.mean() <= MOST and mask[between].mean() >= FULL and mask[between].sum() >= INSIDE * mask.sum()
    )


def paper_in(small: Picture) -> Points | None:
    """Return where the paper is: bright, without colour, one piece that lies over the middle."""
    colours = np.asarray(small.filter(ImageFilter.GaussianBlur(2)).convert("RGB"), dtype=np.float32)
    light, colour = colours.max(axis=2), colours.max(axis=2) - colours.min(axis=2)
    white = light - colour
    edge = threshold(white)
    if edge is None:
        return None
    # What closes gaps eats at the edge of a picture: it gets a margin.
    mask = ndimage.binary_closing(np.pad(white > edge, CLOSED, "edge"), iterations=CLOSED)
    mask = mask[CLOSED:-CLOSED, CLOSED:-CLOSED]
    labels, number = ndimage.label(mask)
    if not number:
        return None
    middle = labels[
        labels.shape[0] // 4 : -labels.shape[0] // 4, labels.shape[1] // 4 : -labels.shape[1] // 4
    ]
    counts = np.bincount(middle.ravel(), minlength=number + 1)
    counts[0] = 0
    if not counts.any():
        return None
    piece: Points = ndimage.binary_fill_holes(labels == counts.argmax())
    return piece


def threshold(values: Points) -> float | None:
    """Return the value that parts two kinds of points best (Otsu, 1979); nothing where there is only one kind."""
    counts, edges = np.histogram(values, bins=128)
    middles = (edges[1:] + edges[:-1]) / 2
    below = counts.cumsum()
    above = below[-1] - below
    sums = (counts * middles).cumsum()
    with np.errstate(divide="ignore", invalid="ignore"):
        means = sums / below, (sums[-1] - sums) / above
        apart = np.nan_to_num(below * above * (means[0] - means[1]) ** 2)
    at = int(apart.argmax())
    return float(edges[at + 1]) if means[1][at] - means[0][at] > DARKEST else None


def within(found: Points, shape: tuple[int, ...]) -> Points:
    """Return the points between four corners that turn to the right."""
    rows, columns = np.mgrid[: shape[0], : shape[1]]
    inside = np.ones(shape, dtype=bool)
    for start, end in zip(found, np.roll(found, -1, axis=0), strict=True):
        inside &= (end[0] - start[0]) * (rows - start[1]) - (end[1] - start[1]) * (columns - start[0]) >= -1
    return inside


def straight(picture: Picture, found: Points) -> Picture:
    """Return what lies between the corners as if it were seen from above, as large as it is in the photo."""
    sides = np.linalg.norm(found - np.roll(found, -1, axis=0), axis=1)
    width, height = round(max(sides[0], sides[2])), round(max(sides[1], sides[3]))
    goals = [(0, 0), (width, 0), (width, height), (0, height)]
    rows, wanted = [], []
    for (x, y), (u, v) in zip(goals, found, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    plane = np.linalg.solve(np.array(rows), np.array(wanted))
    size = (max(1, width), max(1, height))
    return picture.transform(size, Image.Transform.PERSPECTIVE, tuple(plane), Image.Resampling.BICUBIC)


def lit(picture: Picture) -> Picture:
    """Return paper in even light: each part is compared with how light the paper is around it, colours stay."""
    small = picture.convert("L")
    small.thumbnail((LOOKED_AT // 4, LOOKED_AT // 4))
    around = ndimage.grey_closing(np.asarray(small, dtype=np.float32), size=(9, 9))
    smooth = Image.fromarray(ndimage.gaussian_filter(around, 4).clip(DARKEST, 255).astype(np.uint8))
    ground = np.asarray(smooth.resize(picture.size, Image.Resampling.BICUBIC), dtype=np.float32)
    points = np.asarray(picture.convert("RGB"), dtype=np.float32)
    return Image.fromarray((points * (PAPER / ground)[..., None]).clip(0, 255).astype(np.uint8))
