"""Addresses filled in are those that `reverse` gives."""

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix

from visavis.common.addresses import address


def test_it_is_the_address_of_reverse_under_the_prefix_of_the_request() -> None:
    pages: list[tuple[str, dict[str, int | str]]] = [
        ("portal:home", {}),
        ("matches:opinion_of", {"vacancy_id": 12, "jobseeker_id": 340}),
        ("matches:opinion_of", {"jobseeker_id": 340, "vacancy_id": 12}),
        ("jobseekers:question", {"question": "place"}),
        ("jobseekers:person_question", {"question": "own-words", "jobseeker_id": 8}),
        ("introductions:still_there", {"introduction_id": 0, "months": 6}),
    ]
    for prefix in ("/", "/under/", "/"):
        set_script_prefix(prefix)
        try:
            for name, numbers in pages:
                assert address(name, **numbers) == reverse(name, kwargs=numbers)
                assert address(name, **numbers).startswith(prefix)
        finally:
            set_script_prefix("/")
    for nowhere in ({}, {"jobseeker_id": -7}, {"other": 7}):
        with pytest.raises(NoReverseMatch):
            address("portal:desk_person", **nowhere)
