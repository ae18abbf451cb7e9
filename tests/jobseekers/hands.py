"""Answer sheets filled in by hand: printed as a printer does, ticked as people do, scanned as machines do."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

import numpy as np
import pypdfium2
from django.utils import translation
from PIL import Image, ImageDraw, ImageFilter

from visavis.catalog import starter
from visavis.common.typesetting import typeset
from visavis.jobseekers.cards import layout, printing
from visavis.jobseekers.cards.deck import Card, Deck, rows
from visavis.jobseekers.models import Jobseeker

EDITION = "2026-1"
CARDS = len(rows(EDITION))
DOTS = 300
MM = DOTS / 25.4
# How people tick.
SHAPES = ("cross", "tick", "filled", "slash", "small", "long", "ring", "blob")
type Picture = Image.Image
type Random = np.random.Generator


@dataclass(frozen=True)
class Pen:
    """What somebody writes with: its shape, how wide in mm, how light (0 black, 255 paper)."""

    shape: str = "cross"
    width: float = 0.5
    light: int = 40


@dataclass(frozen=True)
class Scanner:
    """How a page is printed and scanned: shrunk, turned, moved (mm), with what grain, in black and white or in grey."""

    dpi: int = 200
    skew: float = 0.0
    shrunk: float = 1.0
    moved: tuple[float, float] = (0.0, 0.0)
    grain: float = 8.0
    is_black: bool = False
    quality: int = 75
    on_its_head: bool = False


@dataclass
class Filled:
    """A sheet with its ticks: for each place (from 0) which of its three boxes, as they were meant."""

    ticks: dict[int, set[int]] = field(default_factory=dict)

    def meant(self, place: int) -> tuple[bool, bool, bool]:
        there = self.ticks.get(place, set())
        return (0 in there, 1 in there, 2 in there)


@cache
def printed(language: str = "fr", number: int = 12345, most: int = CARDS) -> tuple[Picture, ...]:
    """Print the real sheet of the real edition, or of its first cards only, at 300 dots an inch."""
    known = {one.code: one for one in starter.load().interests}
    cards = (
        Card(number, pack, code, getattr(known[code], f"label_{language}"), known[code].riasec)
        for number, pack, code in rows(EDITION)[:most]
    )
    with translation.override(language):
        said = printing.answers(Deck(EDITION, tuple(cards)), Jobseeker(pk=number), language)
        return pictures(typeset(printing.HERE / "sheet.typ", "sheet", said))


def pictures(pdf: bytes) -> tuple[Picture, ...]:
    opened = pypdfium2.PdfDocument(pdf)
    return tuple(page.render(scale=DOTS / 72).to_pil().convert("L") for page in opened)


def places(page: int, cards: int = CARDS) -> list[int]:
    """Return the places of the cards on a page, from 1."""
    return [place for place in range(cards) if layout.row(place, cards).page == page]


def drawn_sheet(random: Random, pen: Pen) -> tuple[list[Picture], Filled]:
    """Fill in a whole sheet as one hand does."""
    filled = Filled()
    pages = []
    for number, page in enumerate(printed(), 1):
        copy = page.copy()
        for place in places(number):
            for box in chosen(random):
                filled.ticks.setdefault(place, set()).add(box)
                mark(copy, place, box, pen, random)
        pages.append(copy)
    return pages, filled


def chosen(random: Random) -> list[int]:
    pile = random.random()
    if pile > 0.45:
        return []
    return [0 if pile < 0.25 else 1, *([2] if random.random() < 0.4 else [])]


def mark(page: Picture, place: int, box: int, pen: Pen, random: Random, cards: int = CARDS) -> None:
    """Tick a box as a hand does: never quite in the middle, never quite straight."""
    x, y = layout.row(place, cards).boxes[box]
    at = (x + random.normal(0, 0.3), y + random.normal(0, 0.3))
    for stroke in strokes(pen.shape, random):
        line(page, [(at[0] + dx, at[1] + dy) for dx, dy in stroke], pen, random)


def strokes(shape: str, random: Random) -> Iterator[list[tuple[float, float]]]:
    """Draw a mark around the middle of its box, in mm."""
    size = random.uniform(0.85, 1.15)
    if shape in {"cross", "slash"}:
        reach = size * random.uniform(1.2, 2.2)
        yield [(-reach, reach), (reach, -reach)]
        if shape == "cross":
            yield [(-reach, -reach), (reach, reach)]
    elif shape in {"tick", "long", "small"}:
        size *= {"tick": 1.0, "long": 1.6, "small": 0.6}[shape]
        yield [(-1.4 * size, -0.2 * size), (-0.3 * size, 1.3 * size), (2.0 * size, -2.0 * size)]
    elif shape == "filled":
        across = np.linspace(-1.9, 1.9, 11) * size
        yield [(x, 1.9 * (-1) ** number) for number, x in enumerate(across)]
    elif shape == "ring":
        turn = np.linspace(0, 2 * np.pi, 16)
        yield [(1.4 * size * np.cos(one), 1.4 * size * np.sin(one)) for one in turn]
    else:
        yield [(-0.7, 0.0), (0.6, 0.5), (-0.5, -0.5), (0.7, -0.4), (-0.6, 0.5), (0.5, 0.1)]


def line(page: Picture, spots: list[tuple[float, float]], pen: Pen, random: Random) -> None:
    """Draw a stroke that trembles, in pieces of uneven ink; ink on ink is never lighter."""
    pieces = []
    for (ax, ay), (bx, by) in pairwise(spots):
        pieces += [(ax + (bx - ax) * part, ay + (by - ay) * part) for part in np.linspace(0, 1, 7)[:-1]]
    pieces.append(spots[-1])
    shaken = [((x + random.normal(0, 0.05)) * MM, (y + random.normal(0, 0.05)) * MM) for x, y in pieces]
    draw = ImageDraw.Draw(page)
    for start, end in pairwise(shaken):
        light = int(np.clip(random.normal(pen.light, 8), 0, 200))
        draw.line([start, end], fill=light, width=max(1, round(pen.width * MM)), joint="curve")


def stain(page: Picture, middle: tuple[float, float], radius: float = 35.0, light: int = 200) -> None:
    """Put a cup on a page (mm): a pale disc with a darker rim."""
    size = page.size
    x, y = middle[0] * MM, middle[1] * MM
    shade = Image.new("L", size, 255)
    draw = ImageDraw.Draw(shade)
    outer, inner = radius * MM, (radius - 1.5) * MM
    draw.ellipse([x - outer, y - outer, x + outer, y + outer], fill=light - 45)
    draw.ellipse([x - inner, y - inner, x + inner, y + inner], fill=light)
    shade = shade.filter(ImageFilter.GaussianBlur(4))
    points = np.asarray(page, dtype=np.float32) * np.asarray(shade, dtype=np.float32) / 255
    page.paste(Image.fromarray(points.astype(np.uint8)))


def scanned(page: Picture, how: Scanner, seed: int = 0) -> Picture:
    """Put a page through a printer's margins and a scanner."""
    random = np.random.default_rng(seed)
    scale = how.dpi / DOTS
    size = (round(page.width * scale), round(page.height * scale))
    radians = np.deg2rad(how.skew)
    cos, sin = np.cos(radians) / (scale * how.shrunk), np.sin(radians) / (scale * how.shrunk)
    middle = size[0] / 2 + how.moved[0] * MM * scale, size[1] / 2 + how.moved[1] * MM * scale
    plane = (
        cos,
        sin,
        page.width / 2 - cos * middle[0] - sin * middle[1],
        -sin,
        cos,
        page.height / 2 + sin * middle[0] - cos * middle[1],
    )
    blurred = page.filter(ImageFilter.BoxBlur(max(0.0, 0.5 / scale - 0.5)))
    fed = blurred.transform(size, Image.Transform.AFFINE, plane, Image.Resampling.BICUBIC, fillcolor=255)
    points = np.asarray(fed, dtype=np.float32) * 0.85 + 28
    points += random.normal(0, how.grain, points.shape)
    grey = Image.fromarray(points.clip(0, 255).astype(np.uint8))
    if how.is_black:
        grey = grey.point([255 if one > 150 else 0 for one in range(256)])
    if how.on_its_head:
        grey = grey.rotate(180)
    return grey


def as_kept(page: Picture, quality: int = 75) -> bytes:
    """Write what a scanner sends."""
    out = io.BytesIO()
    page.save(out, "JPEG", quality=quality, dpi=(200, 200))
    return out.getvalue()


def any_pen(random: Random) -> Pen:
    shape = str(random.choice(SHAPES))
    return Pen(shape, float(random.uniform(0.35, 0.75)), int(random.uniform(15, 95)))


def any_scanner(random: Random) -> Scanner:
    return Scanner(
        dpi=int(random.choice([100, 150, 200, 300])),
        skew=float(random.uniform(-3, 3)),
        shrunk=float(random.uniform(0.96, 1.0)),
        moved=(float(random.uniform(-2, 2)), float(random.uniform(-2, 2))),
        grain=float(random.uniform(2, 18)),
        is_black=bool(random.random() < 0.3),
        on_its_head=bool(random.random() < 0.3),
    )


@dataclass(frozen=True)
class Camera:
    """How a phone takes a page on a table: how far an edge is shortened, turned (degrees), in what shadow and grain."""

    slant: float = 0.0
    turned: float = 0.0
    fills: float = 0.92
    shadow: float = 0.3
    grain: float = 6.0
    blur: float = 0.6


def photographed(page: Picture, how: Camera, seed: int = 0) -> Picture:
    """Take a photo: the page gets narrower away from the camera, a hand throws its shadow, the table is dark."""
    random = np.random.default_rng(seed)
    wide, high = 1500, 2000
    scale = min(wide / page.width, high / page.height) * how.fills
    half = np.array([page.width, page.height]) * scale / 2
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * half
    # The far edge is shorter, and the page less high than seen from above; then any corner a little off.
    corners[:2, 0] *= 1 - how.slant
    corners[:2, 1] *= 1 - how.slant / 2
    corners += random.uniform(-0.25, 0.25, (4, 2)) * how.slant * half
    radians = np.deg2rad(how.turned)
    turn = np.array([[np.cos(radians), -np.sin(radians)], [np.sin(radians), np.cos(radians)]])
    corners = corners @ turn.T + np.array([wide, high]) / 2
    flat = np.array([(0, 0), (page.width, 0), (page.width, page.height), (0, page.height)])
    lines = [
        row
        for (x, y), (u, v) in zip(corners, flat, strict=True)
        for row in ([x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y])
    ]
    plane = np.linalg.solve(np.array(lines), flat.reshape(-1))
    less = page.filter(ImageFilter.BoxBlur(max(0.0, 0.5 / scale - 0.5)))
    taken = less.transform(
        (wide, high), Image.Transform.PERSPECTIVE, tuple(plane), Image.Resampling.BICUBIC, fillcolor=70
    ).filter(ImageFilter.GaussianBlur(how.blur))
    points = np.asarray(taken, dtype=np.float32) * 0.82 + 25
    points *= 1 - how.shadow * shade((high, wide), random)
    points += random.normal(0, how.grain, points.shape)
    return Image.fromarray(points.clip(0, 255).astype(np.uint8))


def shade(size: tuple[int, int], random: Random) -> np.ndarray:
    """Return where it is darker (0 to 1): less light to one side, and the edge of a hand's shadow."""
    down, across = np.mgrid[0 : size[0], 0 : size[1]] / max(size)
    angle = random.uniform(0, 2 * np.pi)
    along = np.cos(angle) * across + np.sin(angle) * down
    along = (along - along.min()) / (along.max() - along.min())
    edge = random.uniform(0.35, 0.65)
    found: np.ndarray = 0.5 * along + 0.5 / (1 + np.exp((edge - along) * random.uniform(20, 150)))
    return found


def any_camera(random: Random) -> Camera:
    return Camera(
        slant=float(random.uniform(0, 0.25)),
        turned=float(random.uniform(-12, 12)),
        fills=float(random.uniform(0.7, 0.97)),
        shadow=float(random.uniform(0, 0.6)),
        grain=float(random.uniform(2, 14)),
        blur=float(random.uniform(0.3, 1.6)),
    )
