"""What is in each box, compared with the paper around it; certain, or doubtful.

Boxes are measured on a grid of their own, so that skew, size and resolution do not matter.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from PIL import Image
from scipy import ndimage

from visavis.jobseekers.cards import layout
from visavis.jobseekers.cards.ticks import lying
from visavis.jobseekers.cards.ticks.kinds import Asked, Mark, Seen
from visavis.jobseekers.cards.ticks.lying import Lying, Points

STEP = 0.125
HALF = layout.BOX / 2
# Of a box, what is certainly within its frame; and around it, what is paper unless somebody wrote there. In mm.
INNER, OUTER, FAR_ACROSS, FAR_DOWN = HALF - 0.42, HALF + 0.4, 5.0, 3.5
# Ink is so dark, of what the black of the page is against the paper; anything darker than FAINT may be some.
INK, FAINT = 0.36, 0.16
# Square millimetres: as much ink is a tick, and no more than the least of faint is an empty box.
TICK, SPECK, FAINT_SPECK = 0.5, 0.1, 0.3
# A tick is so long at least, in mm.
LONG = 1.0
# Of the inside, so much ink fills a box; around a box so much is no tick: a stain, or something struck out.
FILLED, SMEARED = 0.72, 0.3
# Two marks joined by ink: one of them is a stroke of the other, unless it is so much larger.
LARGER = 2.5
# A stroke longer than this is no tick of a box: somebody struck something out. In mm.
STRUCK = 24.0
# The frame of a box has to be seen on each side, so dark.
FRAME = 0.3
# A scanner's picture has at least so many points a millimetre (90 dpi).
COARSEST = 3.5


@dataclass
class Boxes:
    """What was measured in the boxes of a page, each array of one value a box (n)."""

    ink: Points
    faint: Points
    length: Points
    filled: Points
    around: Points
    is_framed: Points
    is_struck: Points


def read(picture: Image.Image, asked: Asked) -> Seen | None:
    """Return what is ticked on a page; nothing where it is not certain how the page lies."""
    rows = [layout.row(place, asked.cards) for place in asked.places]
    if not rows or any(row.page != asked.page for row in rows):
        return None
    boxes = np.array([box for row in rows for box in row.boxes])
    grey = picture.convert("L")
    light = np.asarray(grey, dtype=np.float32)
    dark = darkness(light)
    found = lying.find(grey, dark, boxes)
    if found is None:
        return None
    plane = straight(found)
    if np.sqrt(abs(np.linalg.det(plane[:2, :2]))) < COARSEST:
        return None
    boxes_seen = measured(dark, found, boxes)
    if boxes_seen.is_framed.mean() < lying.MOST_FRAMES:
        return None
    marks = judged(boxes, boxes_seen, joined(dark, found, boxes))
    lies = (plane[0, 0], plane[1, 0], plane[0, 1], plane[1, 1], plane[0, 2], plane[1, 2])
    threes = [tuple(marks[start : start + 3]) for start in range(0, len(marks), 3)]
    return Seen(tuple(float(one) for one in lies), tuple(threes))  # type: ignore[arg-type]


def straight(found: Lying) -> Points:
    """Return the affine map that is nearest to how a page lies."""
    spots = np.array([(x, y) for x in (10.0, 105.0, 200.0) for y in (10.0, 150.0, 290.0)])
    return lying.affine(spots, found.points(spots))


def darkness(light: Points) -> Points:
    """Return how dark each point is, between the paper around it (0) and the black of the page (1)."""
    block = 16
    high, wide = light.shape
    padded = np.pad(light, ((0, -high % block), (0, -wide % block)), "edge")
    parts = padded.reshape(padded.shape[0] // block, block, padded.shape[1] // block, block)
    paper = np.percentile(parts.transpose(0, 2, 1, 3).reshape(*parts.shape[::2], -1), 80, axis=-1)
    paper = ndimage.gaussian_filter(ndimage.grey_closing(paper, size=(5, 5)), 1.5)
    around = np.asarray(
        Image.fromarray(paper.astype(np.float32)).resize(padded.shape[::-1], Image.Resampling.BILINEAR)
    )[:high, :wide]
    black = float(np.percentile(light, 0.5))
    result: Points = ((around - light) / np.maximum(around - black, 30.0)).clip(-0.5, 1.2)
    return result


def measured(dark: Points, found: Lying, boxes: Points) -> Boxes:
    """Measure each box on a grid of its own, against the paper beside it."""
    across = np.arange(-FAR_ACROSS, FAR_ACROSS + STEP / 2, STEP)
    down = np.arange(-FAR_DOWN, FAR_DOWN + STEP / 2, STEP)
    x, y = np.meshgrid(across, down)
    smooth = ndimage.gaussian_filter(dark, 0.6)
    patches = lying.sampled(smooth, found.points(boxes[:, None, None, :] + np.stack([x, y], axis=-1)))
    out = np.maximum(np.abs(x), np.abs(y))
    inside, beside = out <= INNER, out >= OUTER
    paper = np.median(patches[:, beside], axis=1)
    patches = (patches - paper[:, None, None]) / np.maximum(1 - paper, 0.2)[:, None, None]
    ink, faint = patches > INK, patches > FAINT
    area = STEP * STEP
    ring = beside & (out <= HALF + 1.3)
    return Boxes(
        ink=(ink & inside).sum(axis=(1, 2)) * area,
        faint=(faint & inside).sum(axis=(1, 2)) * area,
        length=np.array([longest(one & inside) for one in ink]),
        filled=(ink & inside).sum(axis=(1, 2)) / inside.sum(),
        around=(ink & ring).sum(axis=(1, 2)) / ring.sum(),
        is_framed=framed(patches, x, y),
        is_struck=struck(dark, found, boxes),
    )


def longest(mask: Points) -> float:
    """Return how long the longest piece of ink is, in mm."""
    labels, number = ndimage.label(mask, structure=np.ones((3, 3)))
    if not number:
        return 0.0
    sides = [(one[0].stop - one[0].start, one[1].stop - one[1].start) for one in ndimage.find_objects(labels)]
    return float(max(np.hypot(*side) for side in sides) * STEP)


def framed(patches: Points, x: Points, y: Points) -> Points:
    """Say of each box whether its frame is seen on all four sides."""
    middle = HALF - layout.LINE / 2
    found = np.ones(len(patches), dtype=bool)
    for along, over in ((x, y), (y, x)):
        for side in (-middle, middle):
            line = (np.abs(along - side) <= 0.3) & (np.abs(over) <= HALF - 0.4)
            axis = patches[:, line].reshape(len(patches), -1)
            found &= np.percentile(axis, 60, axis=1) > FRAME / 2
    return found


def struck(dark: Points, found: Lying, boxes: Points) -> Points:
    """Say of each box whether a stroke goes through it that is too long for a tick."""
    step = 0.25
    x, y = np.meshgrid(np.arange(12.0, 198.0, step), np.arange(12.0, 285.0, step))
    page = lying.sampled(ndimage.gaussian_filter(dark, 0.8), found.points(np.stack([x, y], axis=-1)))
    labels, _number = ndimage.label(page > INK, structure=np.ones((3, 3)))
    long = [
        label
        for label, place in enumerate(ndimage.find_objects(labels), 1)
        if np.hypot(place[0].stop - place[0].start, place[1].stop - place[1].start) * step > STRUCK
    ]
    is_long = np.isin(labels, long)
    result = []
    for across, down in boxes:
        left, top = round((across - 12 - HALF) / step), round((down - 12 - HALF) / step)
        size = round(layout.BOX / step)
        result.append(bool(is_long[max(0, top) : top + size, max(0, left) : left + size].any()))
    return np.array(result)


def joined(dark: Points, found: Lying, boxes: Points) -> list[tuple[int, int]]:
    """Return the pairs of neighbouring boxes that a stroke joins."""
    places = {(round(float(x), 1), round(float(y), 1)): number for number, (x, y) in enumerate(boxes)}
    smooth = ndimage.gaussian_filter(dark, 0.6)
    rows = sorted({round(float(y), 1) for _x, y in boxes})
    height = min((b - a for a, b in pairwise(rows)), default=layout.ROW)
    pairs = []
    for number, (x, y) in enumerate(boxes):
        beside = nearest(places, float(x) + layout.WIDTHS[2], float(y))
        if beside is not None and crossed(smooth, found, boxes[number], boxes[beside], is_across=True):
            pairs.append((number, beside))
        under = nearest(places, float(x), float(y) + height)
        if under is not None and crossed(smooth, found, boxes[number], boxes[under], is_across=False):
            pairs.append((number, under))
    return pairs


def nearest(places: dict[tuple[float, float], int], x: float, y: float) -> int | None:
    for off in (0.0, 0.1, -0.1):
        if (found := places.get((round(x, 1), round(y + off, 1)))) is not None:
            return found
    return None


def crossed(smooth: Points, found: Lying, one: Points, other: Points, *, is_across: bool) -> bool:
    """Say whether ink lies all along the gap between two boxes."""
    along = 0 if is_across else 1
    gap = np.arange(one[along] + HALF + 0.35, other[along] - HALF - 0.35, STEP)
    wide = np.arange(one[1 - along] - HALF - 0.8, one[1 - along] + HALF + 0.8, STEP)
    a, b = np.meshgrid(gap, wide, indexing="ij")
    spots = np.stack([a, b] if is_across else [b, a], axis=-1)
    ink = lying.sampled(smooth, found.points(spots)) > FAINT * 1.5
    return bool(len(gap)) and bool(ink.any(axis=1).mean() > 0.85)


def judged(boxes: Points, seen: Boxes, pairs: list[tuple[int, int]]) -> list[Mark]:
    """Say what each box is. What could be read in two ways is doubtful."""
    is_tick = (seen.ink >= TICK) & (seen.length >= LONG)
    is_empty = (seen.ink <= SPECK) & (seen.faint <= FAINT_SPECK)
    is_doubt = (
        ~(is_tick | is_empty) | ~seen.is_framed | (seen.is_struck & ~is_empty) | (seen.around > SMEARED)
    )
    is_full = seen.filled >= FILLED
    # Who ticks fills a box to take it back; who fills boxes does it more than once.
    if is_full.sum() < 2 or 2 * is_full.sum() < (is_tick | is_full).sum():
        is_doubt |= is_full
    for one, other in pairs:
        if is_empty[one] or is_empty[other]:
            continue
        across = abs(boxes[one, 1] - boxes[other, 1]) < 1
        small, large = sorted((one, other), key=lambda place: seen.ink[place])
        is_doubt[small] = True
        if across or seen.ink[large] < LARGER * seen.ink[small]:
            is_doubt[large] = True
    return [
        Mark.DOUBTFUL if doubt else Mark.TICKED if tick else Mark.EMPTY
        for doubt, tick in zip(is_doubt, is_tick, strict=True)
    ]
