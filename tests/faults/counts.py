"""What became of what people were told: found, lost, done twice, unknown."""

import datetime as dt
import re
import uuid
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from tests.faults.acts import Crowd
from tests.faults.parts import wait
from tests.faults.service import Service
from visavis.people.sessions.store import name_of

NUMBER = re.compile(r"<out-(\d+)-")


@dataclass(frozen=True)
class Counts:
    """Acts and messages, counted after all is quiet.

    Found, lost: what was confirmed and is in the database, or is not; a code that came, or that nothing explains.
    Twice: forms kept more than once, codes that came more than once. Unknown: handed over to a mail server without
    an answer, never sent again. Waiting: claimed by a worker that was killed, sent again a minute later.
    """

    asked: int
    confirmed: int
    found: int
    lost_sessions: int
    lost_messages: int
    lost_codes: int
    messages_twice: int
    codes_twice: int
    unknown: int
    waiting: int

    @property
    def lost(self) -> int:
        return self.lost_sessions + self.lost_messages + self.lost_codes

    @property
    def doubled(self) -> int:
        return self.messages_twice + self.codes_twice

    def __str__(self) -> str:
        said = asdict(self) | {"lost": self.lost, "doubled": self.doubled}
        return ", ".join(f"{said[one]} {one}" for one in (
            "asked", "confirmed", "found", "lost", "doubled", "unknown", "waiting"
        ))  # fmt: skip


def settled(crowd: Crowd, since: dt.datetime, *, waits: bool) -> Counts:
    """Let the worker end, and count. `since` is the last kill; with `waits`, what the dead had in hand is awaited."""
    service = crowd.service
    wait(lambda: is_quiet(service, since, waits=waits), lambda: f"messages wait: {service.log('worker')}")
    return counted(crowd)


def is_quiet(service: Service, since: dt.datetime, *, waits: bool) -> bool:
    """Say whether nothing is left to send but what a dead worker claimed."""
    left = service.database.rows("SELECT claimed_at FROM people_outgoing WHERE handed_at IS NULL")
    return not left if waits else all(one is not None and moment(one) < since for (one,) in left)


def counted(crowd: Crowd) -> Counts:
    rows, received = crowd.service.database.rows, crowd.service.received()
    sessions = {one for (one,) in rows("SELECT session_key FROM people_session")}
    kept = {uuid.UUID(str(one)) for (one,) in rows("SELECT form FROM mailboxes_message")}
    messages = {one for (one,) in rows("SELECT id FROM mailboxes_message")} - crowd.before["messages"]
    lost_sessions = sum(name_of(one.session) not in sessions for one in crowd.codes)
    lost_messages = len(set(crowd.written) - kept)

    came = {int(found[1]) for name, _address in received if (found := NUMBER.match(name))}
    gone = {
        number: bool(handed)
        for number, handed in rows("SELECT id, was_handed FROM faults_gone")
        if number not in crowd.before["codes"]
    }
    left = {
        number: handed is not None
        for number, handed in rows("SELECT id, handed_at FROM people_outgoing")
        if number not in crowd.before["codes"]
    }
    unknown = sum(handed and number not in came for number, handed in (gone | left).items())
    waiting = sum(not handed for handed in left.values())
    given_up = sum(not handed and number not in came for number, handed in gone.items())
    reached = {address for _name, address in received}
    silent = sum(one.address not in reached for one in crowd.codes)
    return Counts(
        asked=crowd.asked["code"] + crowd.asked["message"],
        confirmed=crowd.confirmed,
        found=crowd.confirmed - lost_sessions - lost_messages,
        lost_sessions=lost_sessions,
        lost_messages=lost_messages,
        lost_codes=max(given_up, silent - unknown - waiting),
        # A form that nobody could confirm any more may be kept all the same.
        messages_twice=len(messages) - len(kept & set(crowd.forms)),
        codes_twice=sum(number > 1 for number in Counter(name for name, _address in received).values()),
        unknown=unknown,
        waiting=waiting,
    )


def moment(given: Any) -> dt.datetime:
    """Read an instant as either database gives it."""
    found = given if isinstance(given, dt.datetime) else dt.datetime.fromisoformat(str(given))
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)
