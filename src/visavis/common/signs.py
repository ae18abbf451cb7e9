"""Is everything running? Each part of the service says one sign of its own, and the pages of health fold them.

A part adds a function to `SIGNS` in its `ready()`. A sign holds no personal data: its level is shown to anybody.
"""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visavis.common import clock

type Level = Literal["well", "look", "wrong"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sign:
    """What a part says: well, look (it works, but see to it) or wrong, and in words what to do; `age_s` in seconds."""

    name: str
    title: str | Promise
    level: Level
    words: str | Promise
    age_s: float | None = None


SIGNS: dict[str, Callable[[], Sign]] = {}


def all_signs() -> list[Sign]:
    """Ask every part. One that fails is wrong, and the next is asked all the same."""
    return [_asked(name, sign) for name, sign in SIGNS.items()]


def _asked(name: str, sign: Callable[[], Sign]) -> Sign:
    try:
        return sign()
    except Exception as error:  # noqa: BLE001  (in any way: the others are asked all the same)
        log.error("the sign %s failed: %s", name, type(error).__qualname__)
        return Sign(name, name, "wrong", _("It cannot be asked. The log says why."))


@dataclass(frozen=True, slots=True)
class Ages:
    """From which age on a part is to be seen to, from which it is wrong, and what is said of each level."""

    look: dt.timedelta
    wrong: dt.timedelta
    words: dict[Level, str | Promise]

    def sign(self, name: str, title: str | Promise, moment: dt.datetime) -> Sign:
        """Return the sign of what was last done, or has waited, since a moment."""
        age = clock.now() - moment
        level: Level = "wrong" if age >= self.wrong else "look" if age >= self.look else "well"
        return Sign(name, title, level, self.words[level], age.total_seconds())
