"""A thread between Amélie and Bruno, and ways to write in it."""

from collections.abc import Callable
from typing import Any

import pytest

from tests import factories
from tests.personas import Town
from visavis.agencies.models import Absence
from visavis.common import clock
from visavis.mailboxes import services
from visavis.mailboxes.enums import Voice
from visavis.mailboxes.models import Message, Thread
from visavis.mailboxes.services import Written
from visavis.people.models import User

type Write = Callable[..., Message]


@pytest.fixture
def thread(town: Town) -> Thread:
    return town.thread


@pytest.fixture
def colleague(town: Town) -> User:
    """Somebody who works beside Bruno."""
    where = {"role": "counsellor", "role__organisation": town.agency.organisation}
    return factories.UserFactory(name="Carole", **where)


def away(town: Town, substitute: User | None = None) -> Absence:
    """Let Bruno be away today."""
    today = clock.today()
    who = {"agency": town.agency, "user": town.people["bruno"], "substitute": substitute}
    return Absence.objects.create(**who, starts_on=today, ends_on=today)


@pytest.fixture
def write(town: Town, thread: Thread) -> Write:
    """Write as somebody, in her thread or in another."""

    def wrote(body: str, by: str = "amelie", to: Thread | None = None, **more: Any) -> Message:
        author = town.people[by]
        target = to or thread
        voice = more.pop("voice", Voice.THEIRS if author.pk == target.person_id else Voice.OURS)
        written = Written(body=body, voice=voice, author=author, **more)
        return services.write(thread=target, written=written, by=author)

    return wrote
