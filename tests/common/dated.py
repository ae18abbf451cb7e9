"""Rows that are made now, of which the night is asked what it does later."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import models

from tests.personas import Town
from visavis.common import clock
from visavis.journal import services as journal


def of(model: type[models.Model], **said: Any) -> Callable[[Town, str], models.Model]:
    """Make a row now; a value may be a function of the town, and `MARK` stands for what differs."""

    def make(town: Town, mark: str) -> models.Model:
        values = {
            name: value(town) if callable(value) else mark if value == "MARK" else value
            for name, value in said.items()
        }
        return model._default_manager.create(**values)

    return make


def now(_town: Town) -> dt.datetime:
    return clock.now()


def today(_town: Town) -> dt.date:
    return clock.today()


def her(town: Town) -> Any:
    return town.people["amelie"]


def entry(_town: Town, mark: str) -> models.Model:
    return journal.read(mark, 1, by=1, person_id=2)
