"""The site, in which everybody has looked at what is free before anybody takes it: the worst moment, each time."""

from collections.abc import Callable
from threading import Event
from typing import Any

from visavis.config.wsgi import application

# After the application, which loads the apps.
from visavis.appointments import services  # isort: skip

__all__ = ["application"]

# As long as it takes the other threads to look; longer or shorter, the guard must hold.
PAUSE_S = 0.15
NOTHING = Event()


def _then_wait(look: Callable[..., Any]) -> Callable[..., Any]:
    def looked(*asked: Any) -> Any:
        found = look(*asked)
        NOTHING.wait(PAUSE_S)
        return found

    return looked


services._candidates = _then_wait(services._candidates)
services._places = _then_wait(services._places)
