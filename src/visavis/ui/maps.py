"""A map of what was found, drawn without anybody's help: places, the bigger towns around, and their names."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, EDGE = 360.0, 360.0, 24.0
MOST_TOWNS, MOST_PLACES, MOST_NAMES = 220, 80, 14
KM_A_DEGREE = 111.2
LEAST_KM = 6.0
LETTER, LINE = 8.4, 16.0
SMALLEST, BIGGEST = 4.0, 17.0

type Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Place:
    """A place with how many openings stand there; a town around has none."""

    name: str
    latitude: float
    longitude: float
    number: int = 0
    url: str = ""


@dataclass(frozen=True)
class Spot:
    """A place on the map: its middle and radius."""

    place: Place
    x: str
    y: str
    r: str


@dataclass(frozen=True)
class Name:
    words: str
    x: str
    y: str
    anchor: str


@dataclass(frozen=True)
class Ring:
    x: str
    y: str
    r: str


@dataclass(frozen=True)
class Map:
    """`towns` is a path of points; `outside` are the openings that stand beyond its edges."""

    spots: tuple[Spot, ...]
    names: tuple[Name, ...]
    towns: str
    ring: Ring | None
    scale_km: int
    scale: str
    outside: int


@dataclass(frozen=True)
class Frame:
    """The part of the earth that is drawn, as a plane: good enough for a country."""

    latitude: float
    longitude: float
    km: float
    """From the middle to an edge."""

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        per_km = (WIDTH / 2 - EDGE) / self.km
        wide = KM_A_DEGREE * math.cos(math.radians(self.latitude))
        x = WIDTH / 2 + (longitude - self.longitude) * wide * per_km
        return x, HEIGHT / 2 - (latitude - self.latitude) * KM_A_DEGREE * per_km

    def holds(self, x: float, y: float) -> bool:
        return 0 <= x <= WIDTH and 0 <= y <= HEIGHT


def number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def frame_of(places: Sequence[Place], around: Place | None, reach_km: float) -> Frame:
    """Frame the town asked for with its reach; else what holds nine openings of ten."""
    if around is not None:
        return Frame(around.latitude, around.longitude, max(reach_km * 1.15, LEAST_KM))
    all_of = [(one.latitude, one.longitude) for one in places for _ in range(min(one.number, 50))]
    south, north = ends([latitude for latitude, _ in all_of])
    west, east = ends([longitude for _, longitude in all_of])
    middle = (south + north) / 2
    wide = (east - west) * math.cos(math.radians(middle))
    return Frame(middle, (west + east) / 2, max(max(north - south, wide) * KM_A_DEGREE * 0.55, LEAST_KM))


def ends(values: list[float]) -> tuple[float, float]:
    rows = sorted(values)
    cut = len(rows) // 50
    return rows[cut], rows[-1 - cut]


def draw(
    places: Sequence[Place], towns: Iterable[Place], around: Place | None, reach_km: float
) -> Map | None:
    """Draw the fullest places, biggest first, so that no small one is hidden; nothing when nothing has a place."""
    if not places:
        return None
    frame = frame_of(places, around, reach_km)
    inside = [one for one in places if frame.holds(*frame.at(one.latitude, one.longitude))]
    most = max((one.number for one in inside), default=1)
    shown = sorted(inside, key=lambda one: -one.number)[:MOST_PLACES]
    spots = [spot(one, frame, most) for one in shown]
    seen = [point for one in towns if frame.holds(*(point := frame.at(one.latitude, one.longitude)))]
    km = scale_of(frame.km)
    return Map(
        spots=tuple(spots),
        names=tuple(named(spots)),
        towns="".join(f"M{x:.0f} {y:.0f}h0" for x, y in dict.fromkeys(seen[:MOST_TOWNS])),
        ring=ring(frame, around, reach_km),
        scale_km=km,
        scale=number(km * (WIDTH / 2 - EDGE) / frame.km),
        outside=sum(one.number for one in places) - sum(one.number for one in inside),
    )


@dataclass(frozen=True)
class Way:
    """From where one lives, in the middle of the map, to a place of work."""

    home: Name
    there: Name
    x: str
    y: str
    towns: tuple[Name, ...]
    ring: Ring | None
    scale_km: int
    scale: str


def way(home: Place, there: Place, towns: Iterable[Place], reach_km: float | None) -> Way:
    """Draw where the work is from home, the bigger towns around, and how far she goes if she said so and it fits."""
    frame = Frame(home.latitude, home.longitude, max(1.25 * far_km(home, there), LEAST_KM))
    x, y = frame.at(there.latitude, there.longitude)
    ends = [Spot(home, number(WIDTH / 2), number(HEIGHT / 2), "6"), Spot(there, number(x), number(y), "8")]
    around = [spot(one, frame, 1) for one in towns if one.name not in {home.name, there.name}]
    inside = [one for one in around if frame.holds(float(one.x), float(one.y))][:MOST_NAMES]
    names = {name.words: name for name in named([*ends, *inside])}
    km = scale_of(frame.km)
    return Way(
        home=names.pop(home.name, Name(home.name, ends[0].x, ends[0].y, "middle")),
        there=names.pop(there.name, Name("", ends[1].x, ends[1].y, "middle")),
        x=number(x),
        y=number(y),
        towns=tuple(names.values()),
        # A circle that leaves the drawing is none to whoever reads that there is one.
        ring=None if reach_km is None or reach_km > frame.km else ring(frame, home, reach_km),
        scale_km=km,
        scale=number(km * (WIDTH / 2 - EDGE) / frame.km),
    )


def far_km(one: Place, other: Place) -> float:
    """Return how far two places are, as flat as the map is."""
    wide = math.cos(math.radians(one.latitude))
    return KM_A_DEGREE * math.hypot(one.latitude - other.latitude, (one.longitude - other.longitude) * wide)


def spot(place: Place, frame: Frame, most: int) -> Spot:
    x, y = frame.at(place.latitude, place.longitude)
    r = SMALLEST + (BIGGEST - SMALLEST) * math.sqrt(place.number / most)
    return Spot(place, number(x), number(y), number(r))


def ring(frame: Frame, around: Place | None, reach_km: float) -> Ring | None:
    if around is None:
        return None
    return Ring(number(WIDTH / 2), number(HEIGHT / 2), number(reach_km * (WIDTH / 2 - EDGE) / frame.km))


def scale_of(km: float) -> int:
    """Return a round length of about a quarter of the map."""
    return max(one for one in (1, 2, 5, 10, 20, 50, 100, 200) if one == 1 or one <= km / 2)


def named(spots: Sequence[Spot]) -> Iterable[Name]:
    """Name the fullest places, each where its name covers neither a fuller spot nor another name."""
    taken: list[Box] = []
    for one in spots[:MOST_NAMES]:
        taken.append(box(one))
        x, y, r = float(one.x), float(one.y), float(one.r)
        long = LETTER * len(one.place.name)
        for name_x, name_y, anchor in (
            (x + r + 3, y + 5, "start"), (x - r - 3, y + 5, "end"), (x, y - r - 4, "middle"), (x, y + r + 14, "middle"),
        ):  # fmt: skip
            left = name_x - {"start": 0.0, "end": long, "middle": long / 2}[anchor]
            place = (left, name_y - LINE + 3, left + long, name_y + 3)
            if (
                left >= 0
                and left + long <= WIDTH
                and 0 < name_y < HEIGHT
                and not any(meet(place, other) for other in taken)
            ):
                taken.append(place)
                yield Name(one.place.name, number(name_x), number(name_y), anchor)
                break


def box(one: Spot) -> Box:
    x, y, r = float(one.x), float(one.y), float(one.r)
    return x - r, y - r, x + r, y + r


def meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
