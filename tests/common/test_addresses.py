"""Addresses filled in are those that `reverse` gives."""

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix

from visavis.common.addresses import address


def test_it_is_the_address_of_reverse() -> None:
    pages: list[tuple[str, dict[str, int | str]]] = [
        ("portal:home", {}),
        ("matches:opinion_of", {"vacancy_id": 12, "jobseeker_id": 340}),
        ("matches:opinion_of", {"jobseeker_id": 340, "vacancy_id": 12}),
        ("jobseekers:question", {"question": "place"}),
        ("jobseekers:person_question", {"question": "own-words", "jobseeker_id": 8}),
        ("introductions:still_there", {"introduction_id": 0, "months": 6}),
    ]
    for name, numbers in pages * 2:
        assert address(name, **numbers) == reverse(name, kwargs=numbers)


def test_it_stands_under_the_prefix_of_the_request() -> None:
    before = address("portal:desk_person", jobseeker_id=7)
    set_script_prefix("/under/")
    try:
        assert address("portal:desk_person", jobseeker_id=7) == "/under" + before
    finally:
        set_script_prefix("/")


@pytest.mark.parametrize("numbers", [{}, {"jobseeker_id": -7}, {"other": 7}])
def test_what_is_no_address_is_refused(numbers: dict[str, int]) -> None:
    with pytest.raises(NoReverseMatch):
        address("portal:desk_person", **numbers)
