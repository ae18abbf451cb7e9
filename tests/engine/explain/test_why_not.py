"""The constraints a pair breaks, against plain loops and known answers."""

from hypothesis import given, settings

from tests.common.examples import examples
from tests.engine import brute_force
from tests.engine.lists.test_topk import alike_in
from tests.engine.markets import LINKS, TODAY, jobseekers, market_of, vacancies
from visavis.engine.explain.why_not import why_not
from visavis.engine.facts.records import Jobseeker, Vacancy


@given(jobseekers(), vacancies())
@settings(max_examples=examples(150))
def test_the_clashes_are_those_of_plain_loops(person: Jobseeker, work: Vacancy) -> None:
    expected = brute_force.clashes(person, work, TODAY)
    if not brute_force.is_related(person, work, LINKS, alike_in([work])):
        expected.add("unrelated")
    found = why_not(market_of([person], [work]), 0, 0)
    assert {clash.kind for clash in found} == expected
    assert len(found) == len(expected)


def test_both_sides_are_quoted_and_a_distance_without_the_doubt_about_the_place() -> None:
    for hers, theirs, said in [
        ({"contracts": ["permanent"]}, {"contract": "other"}, ("contract", ("permanent",), ("other",))),
        ({"licences": ["B"]}, {"licences": ["B", "C"]}, ("licences", ("B",), ("C",))),
        ({"languages": [("en", 2)]}, {"languages": [("en", 4)]}, ("languages", ("en:2",), ("en:4",))),
        ({"languages": [("en", 2)]}, {"languages": [("fr", 0)]}, ("languages", ("en:2",), ("fr:0",))),
        (
            {"avoided": ["night", "noise"]},
            {"conditions": ["noise"]},
            ("conditions", ("night", "noise"), ("noise",)),
        ),
        ({"lowest_pay": 13.0}, {"pay_min": 12.0}, ("pay", 13.0, 12.0)),
        ({"hours_min": 35.0}, {"hours_max": 20.0}, ("hours", 35.0, 20.0)),
        ({"hours_max": 20.0}, {"hours_min": 35.0}, ("hours", 20.0, 35.0)),
        ({"available_on": TODAY + 9}, {"starts_on": TODAY}, ("start", TODAY + 9.0, float(TODAY))),
        ({"wishes": ["J1506"]}, {"occupation": "F1703"}, ("unrelated", ("J1506",), ("F1703",))),
    ]:
        (clash,) = why_not(market_of([Jobseeker(**hers)], [Vacancy(**theirs)]), 0, 0)
        assert (clash.kind, clash.hers, clash.theirs) == said
    person = Jobseeker(latitude=45.0, longitude=2.0, radius_km=30.0)
    work = Vacancy(latitude=46.0, longitude=2.0, place_radius_km=40.0)
    (clash,) = why_not(market_of([person], [work]), 0, 0)
    assert (clash.kind, clash.hers, round(float(clash.theirs), 1)) == ("distance", 30.0, 71.2)
