"""The map: where circles and names stand."""

import pytest

from visavis.ui import maps
from visavis.ui.maps import Place, draw

VALENCE = Place("Valence", 44.93, 4.89, 85)
CREST = Place("Crest", 44.73, 5.02, 2)
LYON = Place("Lyon", 45.76, 4.84, 900)


def test_nothing_found_draws_nothing() -> None:
    assert draw([], [VALENCE], None, 20) is None


def test_the_town_asked_for_is_in_the_middle_and_its_reach_is_a_ring() -> None:
    drawn = draw([VALENCE, CREST, LYON], [], VALENCE, 30)
    assert drawn and drawn.ring
    assert (drawn.spots[0].x, drawn.spots[0].y) == (drawn.ring.x, drawn.ring.y) == ("180", "180")
    assert [spot.place.name for spot in drawn.spots] == ["Valence", "Crest"]
    assert drawn.outside == 900


def test_north_is_up_and_east_is_right() -> None:
    drawn = draw([VALENCE, CREST], [], VALENCE, 30)
    assert drawn
    crest = next(spot for spot in drawn.spots if spot.place is CREST)
    assert float(crest.x) > 180 and float(crest.y) > 180


def test_no_name_covers_another_or_leaves_the_map() -> None:
    crowd = [Place(f"Saint-Quelque-Part-{n}", 44.9 + n / 500, 4.9, 40 - n) for n in range(30)]
    drawn = draw(crowd, [], None, 20)
    assert drawn and drawn.names
    boxes = []
    for name in drawn.names:
        long = maps.LETTER * len(name.words)
        left = float(name.x) - {"start": 0, "end": long, "middle": long / 2}[name.anchor]
        assert left >= 0 and left + long <= maps.WIDTH
        boxes.append((left, float(name.y) - 13, left + long, float(name.y) + 3))
    assert not any(maps.meet(one, other) for at, one in enumerate(boxes) for other in boxes[at + 1 :])


def test_one_far_island_does_not_shrink_the_country() -> None:
    country = [Place(f"p{n}", 44 + n / 50, 2 + n / 50, 1) for n in range(100)]
    drawn = draw([*country, Place("Saint-Denis", -20.88, 55.45, 1)], [], None, 20)
    assert drawn and drawn.outside >= 1 and drawn.scale_km >= 20


@pytest.mark.parametrize(("reach_km", "is_drawn"), [(5.0, True), (50.0, False), (None, False)])
def test_how_far_she_goes_is_drawn_where_the_circle_fits(reach_km: float | None, is_drawn: bool) -> None:
    assert (maps.way(VALENCE, Place("Chabeuil", 44.90, 5.0), [], reach_km).ring is not None) == is_drawn
