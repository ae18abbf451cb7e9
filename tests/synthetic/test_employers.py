"""Employers have a kind, a name that reads well, and hire the whole catalogue between them."""

from visavis.catalog import starter
from visavis.synthetic.employers import Hiring
from visavis.synthetic.kinds import KINDS, TEMPORARY


def test_every_occupation_is_hired_and_demand_adds_up_to_the_market() -> None:
    catalogue = starter.load()
    assert {code for kind in KINDS for code in kind.hires} == set(catalogue.occupation)
    assert len({kind.code for kind in KINDS}) == len(KINDS)
    hiring = Hiring(starter.load())
    assert abs(sum(hiring.kind_weight.values()) - 1) < 1e-9
    assert 0.1 < hiring.kind_weight[TEMPORARY.code] < 0.35


def test_names_are_complete_and_a_few_employers_are_of_many_kinds(employers, make_market) -> None:
    for one in employers:
        assert "{" not in one.name and one.name.strip() == one.name and one.name[0].isupper()
        assert " de Le " not in one.name and " de A" not in one.name
        assert len(one.section) == 1 and one.size > 0
    assert len({one.id for one in employers}) == len(employers)
    few = make_market().employers(30)
    assert len(few) == 30 and [one.id for one in few][:2] == ["E000001", "E000002"]
    assert len({one.kind for one in few}) >= 18
