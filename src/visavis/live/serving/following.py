"""One follower a process reads what is new and gives it to every stream that may hear it."""

import asyncio
import json
import logging
import time
from collections import defaultdict
from collections.abc import AsyncIterator

import psycopg
from django.db import Error, connection

from visavis.live.numbering import CHANNEL
from visavis.live.serving import asking
from visavis.live.serving.asking import ASKING, FOLLOWING, Hearer, Row, ask
from visavis.live.serving.stream import Stream

log = logging.getLogger(__name__)
# How often SQLite is asked at rest; how long PostgreSQL is waited for; how long after it failed.
TICK_S, PATIENCE_S, AGAIN_S = 0.1, 5, 1
# Where something was written a moment ago more follows, and who has just come to hear is spoken to: pages of a room
# speak in turn until they see each other. What comes waits a part of the silence before it, and this much at least.
QUICK_S, PART = 0.005, 0.1
# Each stream is looked at once in so long: is its session still open, does it still take what it is sent?
BEAT_S = 15


def written(row: Row) -> bytes:
    """Write a bulletin as an event."""
    number, topic, _to, body = row
    data = json.dumps({"topic": topic, "body": body}, separators=(",", ":"))
    return f"id: {number}\ndata: {data}\n\n".encode()


class Follower:
    """What is new, and who hears it."""

    def __init__(self) -> None:
        self.of_topic: dict[str, set[Stream]] = defaultdict(set)
        self.streams: set[Stream] = set()
        self.last = 0
        self.ready = asyncio.Event()
        self.tasks: list[asyncio.Task[None]] = []
        self.lively_at = 0.0

    def liven(self) -> None:
        """Look more often for a moment."""
        self.lively_at = time.monotonic()

    async def join(self, stream: Stream) -> int:
        """Let a stream hear from here on, and return the number up to which it must read what it missed."""
        if not self.tasks or any(task.done() for task in self.tasks):
            self.ready.clear()
            self.tasks = [asyncio.create_task(self.follow()), asyncio.create_task(self.beat())]
        await self.ready.wait()
        # Nothing is awaited from here to the end: up to `last` from the table, beyond it from here.
        self.streams.add(stream)
        self.liven()
        for topic in stream.topics:
            self.of_topic[topic].add(stream)
        return self.last

    def leave(self, stream: Stream) -> None:
        """Let a stream go; a topic that nobody hears is forgotten."""
        self.streams.discard(stream)
        for topic in stream.topics:
            self.of_topic[topic].discard(stream)
            if not self.of_topic[topic]:
                del self.of_topic[topic]

    def give(self, rows: list[Row]) -> None:
        """Give each bulletin to whoever hears its topic."""
        for row in rows:
            self.last, event = row[0], written(row)
            for stream in self.of_topic.get(row[1], ()):
                if row[2] in (None, stream.hearer.user_id) and row[0] > stream.after:
                    stream.put(event)

    async def follow(self) -> None:
        """Read what is new whenever there may be something; a database that is away is asked again."""
        while True:
            try:
                if not self.ready.is_set():
                    self.last = await ask(FOLLOWING, asking.newest)
                    self.ready.set()
                async for _moment in self.woken():
                    while rows := await ask(FOLLOWING, asking.after, self.last):
                        self.give(rows)
            except (Error, psycopg.Error, OSError) as error:
                log.warning("what is new cannot be read: %s", type(error).__qualname__)
                await asyncio.sleep(AGAIN_S)

    async def woken(self) -> AsyncIterator[None]:
        """Yield at once, and whenever something may have come."""
        if connection.vendor != "postgresql":
            version: list[int] = []
            while True:
                # Once in a while without being told: a connection made anew counts from its own beginning.
                until = time.monotonic() + PATIENCE_S
                while time.monotonic() < until:
                    if await ask(FOLLOWING, asking.has_moved, version):
                        self.liven()
                        yield
                    silence_s = time.monotonic() - self.lively_at
                    await asyncio.sleep(min(TICK_S, max(QUICK_S, PART * silence_s)))
                yield
        given = {
            name: value
            for name, value in connection.get_connection_params().items()
            if name not in {"cursor_factory", "context", "prepare_threshold"}
        }
        async with await psycopg.AsyncConnection.connect(**given, autocommit=True) as listening:
            # A fixed word of ours.
            await listening.execute(f"LISTEN {CHANNEL}")
            while True:
                yield
                async for _told in listening.notifies(timeout=PATIENCE_S, stop_after=1):
                    pass

    async def beat(self) -> None:
        """Look at a part of the streams each second: who has signed out hears nothing more."""
        turn = 0
        while True:
            await asyncio.sleep(1)
            turn += 1
            due = [stream for place, stream in enumerate(list(self.streams)) if (place + turn) % BEAT_S == 0]
            known = {stream.hearer for stream in due if stream.hearer.session}
            try:
                there = await ask(ASKING, asking.still_there, known, self.heard_by(known)) if known else set()
            except (Error, OSError):
                # Nobody is put out because the database is away.
                there = known
            for stream in due:
                if stream.hearer.session and stream.hearer not in there:
                    stream.close()
                else:
                    stream.beat(self.last)

    def heard_by(self, hearers: set[Hearer]) -> dict[Hearer, frozenset[str]]:
        """Return all topics that each hears."""
        return {
            one: frozenset(
                topic for stream in self.streams if stream.hearer == one for topic in stream.topics
            )
            for one in hearers
        }
