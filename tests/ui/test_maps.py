"""The map: where circles and names stand."""

from visavis.ui import maps
from visavis.ui.maps import Place, draw

VALENCE = Place("Valence", 44.93, 4.89, 85)
CREST = Place("Crest", 44.73, 5.02, 2)
LYON = Place("Lyon", 45.76, 4.84, 900)


def test_the_town_asked_for_is_in_the_middle_its_reach_is_a_ring_north_is_up_and_east_is_right() -> None:
    assert draw([], [VALENCE], None, 20) is None, "nothing found draws nothing"
    drawn = draw([VALENCE, CREST, LYON], [], VALENCE, 30)
    assert drawn and drawn.ring
    valence, crest = drawn.spots
    assert (valence.x, valence.y) == (drawn.ring.x, drawn.ring.y) == ("180", "180")
    assert (valence.place, crest.place, drawn.outside) == (VALENCE, CREST, 900)
    assert float(crest.x) > 180 and float(crest.y) > 180
    for reach_km, is_drawn in ((5.0, True), (50.0, False), (None, False)):
        way = maps.way(VALENCE, Place("Chabeuil", 44.90, 5.0), [], reach_km)
        assert (way.ring is not None) == is_drawn, "drawn where the circle fits"


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
