"""How a page lies in its picture: found by its code and its black squares, then by the frames of its boxes.

Nothing is believed alone: the squares must fit each other within a millimetre, and nearly all boxes must have their
frame where they are expected, so that no row is ever read for its neighbour (rows are 6 mm apart).
"""

from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
import zxingcpp
from PIL import Image
from scipy import ndimage

from visavis.jobseekers.cards import layout

type Points = np.ndarray

# Squares are looked for so far from where the code says that they are, or the edges of the picture; in mm.
NEAR, NEAR_WITHOUT_CODE = 10.0, 16.0
# They fit each other within so much; so many are needed, and with the code one less.
FITS, FEWEST = 2.0, 4
# Frames are looked for within so much of where the squares say; afterwards they lie within so much.
FRAME_WITHIN, FRAME_FITS = 1.2, 0.35
# A frame is so much darker than the paper around it, of what black is; so many of them have to be there.
FAINTEST, MOST_FRAMES = 0.2, 0.7
STEP = 1 / 6
QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
NEAREST = 4


@dataclass(frozen=True)
class Lying:
    """A page found in its picture: `plane` maps homogeneous mm to points (3 × 3), `bend` what paper and scanner add.

    `bend` has a row for each term of `terms` and two columns, in mm.
    """

    plane: Points
    bend: Points

    def points(self, spots: Points) -> Points:
        """Return where spots of the sheet (…, 2; mm) are in the picture (…, 2; points, x first)."""
        bent = spots + terms(spots) @ self.bend
        return projected(self.plane, bent)


def terms(spots: Points) -> Points:
    """Return the terms of a smooth bend, of numbers near one."""
    x, y = spots[..., 0] / layout.WIDTH, spots[..., 1] / layout.HEIGHT
    return np.stack([np.ones_like(x), x, y, x * y, x * x, y * y], axis=-1)


def projected(plane: Points, spots: Points) -> Points:
    found = np.concatenate([spots, np.ones_like(spots[..., :1])], axis=-1) @ plane.T
    seen: Points = found[..., :2] / found[..., 2:]
    return seen


def find(picture: Image.Image, dark: Points, boxes: Points) -> Lying | None:
    """Return how a page lies; nothing where that is not certain.

    `dark` is the picture's darkness (height × width; 0 paper, 1 black), `boxes` the middles of its boxes (n, 2; mm).
    """
    plane = by_squares(picture, dark)
    return None if plane is None else by_frames(plane, dark, boxes)


def by_squares(picture: Image.Image, dark: Points) -> Points | None:
    """Fit the page to its squares and its code."""
    code = corners_of_code(picture)
    first = similarity(*code) if code is not None else by_edges(dark.shape)
    scale = float(np.sqrt(abs(np.linalg.det(first[:2, :2]))))
    seen = squares(dark, scale)
    if not len(seen):
        return None
    near = (NEAR if code is not None else NEAR_WITHOUT_CODE) * scale
    wanted = np.array(layout.SQUARES)
    candidates = []
    for spot in projected(first, wanted):
        away = np.linalg.norm(seen - spot, axis=1)
        order = np.argsort(away)[:NEAREST]
        candidates.append(seen[order[away[order] < near]])
    found = agreeing(wanted, candidates, FITS * scale)
    if len(found) + (code is not None) < FEWEST:
        return None
    spots = np.array([wanted[place] for place, _point in found])
    points = np.array([point for _place, point in found])
    if code is not None:
        spots, points = np.vstack([spots, code[0]]), np.vstack([points, code[1]])
    plane = affine(spots, points)
    away = np.linalg.norm(projected(plane, spots) - points, axis=1)
    return plane if away.max() < FITS * scale else None


def corners_of_code(picture: Image.Image) -> tuple[Points, Points] | None:
    """Return the corners of the sheet's code in mm and in points."""
    for code in zxingcpp.read_barcodes(picture, formats=QR):
        if not code.text.startswith("VAVC:"):
            continue
        at = code.position
        points = [(one.x, one.y) for one in (at.top_left, at.top_right, at.bottom_right, at.bottom_left)]
        (x, y), side = layout.CODE_AT, layout.CODE
        spots = [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]
        return np.array(spots), np.array(points, dtype=np.float64)
    return None


def by_edges(shape: tuple[int, ...]) -> Points:
    """Return how a page lies that fills its picture."""
    return np.diag([shape[1] / layout.WIDTH, shape[0] / layout.HEIGHT, 1.0])


def similarity(spots: Points, points: Points) -> Points:
    """Fit turning, size and place (least squares)."""
    x, y = spots.T
    ones, nothing = np.ones_like(x), np.zeros_like(x)
    rows = np.concatenate([np.stack([x, -y, ones, nothing], 1), np.stack([y, x, nothing, ones], 1)])
    a, b, e, f = np.linalg.lstsq(rows, np.concatenate([points[:, 0], points[:, 1]]), rcond=None)[0]
    return np.array([[a, -b, e], [b, a, f], [0, 0, 1]])


def affine(spots: Points, points: Points) -> Points:
    rows = np.column_stack([spots, np.ones(len(spots))])
    fitted = np.linalg.lstsq(rows, points, rcond=None)[0].T
    return np.vstack([fitted, [0, 0, 1]])


def squares(dark: Points, scale: float) -> Points:
    """Return the middles (n, 2; points) of what is black, square, and as large as ours."""
    smooth = ndimage.gaussian_filter(dark, 0.15 * scale)
    labels, _number = ndimage.label(smooth > 0.5)
    found = []
    for label, place in enumerate(ndimage.find_objects(labels), 1):
        high, wide = (one.stop - one.start for one in place)
        side = layout.SQUARE * scale
        if not (0.75 * side < high < 1.4 * side and 0.75 * side < wide < 1.4 * side):
            continue
        mask = labels[place] == label
        if mask.mean() < 0.75:
            continue
        rows, columns = np.nonzero(mask)
        found.append((columns.mean() + place[1].start, rows.mean() + place[0].start))
    return np.array(found).reshape(-1, 2)


def agreeing(wanted: Points, candidates: list[Points], within: float) -> list[tuple[int, Points]]:
    """Return the largest set of squares that one turning and size explains, with the place of each."""
    best: list[tuple[int, Points]] = []
    for one, other in combinations(range(len(wanted)), 2):
        for first, second in product(candidates[one], candidates[other]):
            plane = similarity(wanted[[one, other]], np.array([first, second]))
            found = []
            for place, spot in enumerate(projected(plane, wanted)):
                if not len(candidates[place]):
                    continue
                away = np.linalg.norm(candidates[place] - spot, axis=1)
                if away.min() < within:
                    found.append((place, candidates[place][away.argmin()]))
            if len(found) > len(best):
                best = found
    return best


def by_frames(plane: Points, dark: Points, boxes: Points) -> Lying | None:
    """Lay the page exactly, by the frames of its boxes; nothing where too few are where they should be."""
    flat = Lying(plane, np.zeros((6, 2)))
    half = layout.BOX / 2
    reach = half + 0.9
    far = np.arange(-round((reach + FRAME_WITHIN) / STEP), round((reach + FRAME_WITHIN) / STEP) + 1) * STEP
    across, down = np.meshgrid(far, far)
    patches = sampled(dark, flat.points(boxes[:, None, None, :] + np.stack([across, down], axis=-1)))
    size = round(reach / STEP)
    grid = np.arange(-size, size + 1) * STEP
    out = np.maximum(*np.abs(np.meshgrid(grid, grid)))
    middle = half - layout.LINE / 2
    ring, around = np.abs(out - middle) <= 0.16, (out > half + 0.35) & (out < half + 0.8)
    kernel = ring / ring.sum() - around / around.sum()
    most = round(FRAME_WITHIN / STEP)
    scores = np.stack(
        [
            np.stack(
                [
                    np.tensordot(
                        patches[:, most + y : most + y + len(kernel), most + x : most + x + len(kernel)],
                        kernel,
                    )
                    for x in range(-most, most + 1)
                ],
                axis=1,
            )
            for y in range(-most, most + 1)
        ],
        axis=1,
    )
    peaks = scores.reshape(len(boxes), -1)
    at = peaks.argmax(axis=1)
    shifts = np.stack([at % (2 * most + 1) - most, at // (2 * most + 1) - most], axis=1) * STEP
    best = peaks.max(axis=1)
    is_seen = best > max(FAINTEST, 0.5 * float(np.median(best)))
    bend, is_there = bent(boxes, shifts, is_seen)
    return Lying(plane, bend) if is_there.mean() >= MOST_FRAMES else None


def bent(boxes: Points, shifts: Points, is_seen: Points) -> tuple[Points, Points]:
    """Fit a smooth bend to what frames are off by, without those that do not fit; say which do."""
    rows, fits = terms(boxes), is_seen
    bend = np.zeros((6, 2))
    bend[0] = np.median(shifts[is_seen], axis=0) if is_seen.any() else 0
    for number in (1, 3, 6, 6):
        away = np.linalg.norm(shifts - rows @ bend, axis=1)
        fits = is_seen & (away < FRAME_FITS * (2 if number < 6 else 1))
        if fits.sum() < 12:
            return bend, fits
        bend = np.zeros((6, 2))
        bend[:number] = np.linalg.lstsq(rows[fits, :number], shifts[fits], rcond=None)[0]
    return bend, is_seen & (np.linalg.norm(shifts - rows @ bend, axis=1) < FRAME_FITS)


def sampled(values: Points, points: Points) -> Points:
    """Return the values at points (…, 2; x first), between neighbours in proportion; white outside."""
    found: Points = ndimage.map_coordinates(
        values, [points[..., 1].ravel(), points[..., 0].ravel()], order=1, cval=0.0, output=np.float32
    )
    return found.reshape(points.shape[:-1])
