"""A thread between Amélie and Bruno, and ways to write in it."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.personas import Town
from visavis.mailboxes import services
from visavis.mailboxes.enums import Voice
from visavis.mailboxes.models import Message, Thread
from visavis.mailboxes.services import Written

type Write = Callable[..., Message]


@pytest.fixture
def thread(town: Town) -> Thread:
    return town.thread


@pytest.fixture
def write(town: Town, thread: Thread) -> Write:
    """Write as somebody, in her thread or in another."""

    def wrote(body: str, by: str = "amelie", to: Thread | None = None, **more: Any) -> Message:
        author = town.people[by]
        target = to or thread
        voice = more.pop("voice", Voice.THEIRS if author.pk == target.person_id else Voice.OURS)
        return services.write(
            thread=target, written=Written(body=body, voice=voice, author=author, **more), by=author
        )

    return wrote
