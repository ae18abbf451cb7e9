"""What one may agree to. An app that uses something only with a yes names its purpose here, in its `ready()`.

Another kind of agreement, which has its proof elsewhere, joins her page by `OTHERS`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from visavis.people.models import User


@dataclass(frozen=True)
class Purpose:
    """One purpose: its name, the words of the yes, where it is given again, and what ends the use at once."""

    title: Promise
    words: Promise
    give_url: Callable[[], str]
    stop: Callable[[User, User | None], object]
    """Ends the use of a person's data, in the caller's transaction; the second is who took the yes back, or nobody."""


PURPOSES: dict[str, Purpose] = {}


@dataclass(frozen=True)
class Other:
    """An agreement whose proof another app keeps: what, in words, and where it is taken back."""

    title: str
    words: str
    url: str
    action: str


OTHERS: list[Callable[[User], Iterable[Other]]] = []
