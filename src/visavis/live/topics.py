"""Which topics there are, and who may hear each: apps join."""

from collections.abc import Callable

from visavis.people.models import User

MOST_TOPICS = 8
TOPICS: dict[str, Callable[[User | None, str], bool]] = {}
"""A kind of topic → whether somebody, or a visitor, may hear one of it. `queue:12` is the one that `queue` calls 12."""


def may_hear(user: User | None, topic: str) -> bool:
    """Say whether somebody may hear a topic today; nobody hears one that is none."""
    kind, _colon, which = topic.partition(":")
    rule = TOPICS.get(kind)
    return rule is not None and rule(user, which)


def is_me(user: User | None, which: str) -> bool:
    """Let her hear what is told to her alone: `me`."""
    return user is not None and not which
