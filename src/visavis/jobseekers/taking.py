"""What she alone takes away beside her answers: apps add their own, so that nobody imports upwards."""

from collections.abc import Callable

from visavis.people.models import User

HERS_ALONE: dict[str, Callable[[User], object]] = {}
"""A word for what is added to her own file, and the function that gives it. Never given to her counsellor."""


def all_of(user: User) -> dict[str, object]:
    return {name: give(user) for name, give in HERS_ALONE.items()}
