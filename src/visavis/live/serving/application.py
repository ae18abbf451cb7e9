"""The address of open pages: `GET /live/?topics=queue:12&after=345` answers with server-sent events (WHATWG HTML, 9.2).

A page says which topics it hears and the number up to which it knows them; after a cut the browser says the last
number itself (`Last-Event-ID`). What cannot be told any more is said by the event `reset`: load the page anew.
"""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.db import Error

from visavis.live.serving import asking
from visavis.live.serving.asking import ASKING, Hearer, ask
from visavis.live.serving.following import Follower, written
from visavis.live.serving.stream import Stream
from visavis.live.topics import MOST_TOPICS

type Scope = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
type Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

log = logging.getLogger(__name__)
PATH, HEALTH = "/live/", "/live/health/"
# One browser holds one; so many browsers of one person, so many streams in all, half of them of people signed in.
OF_ONE, MOST, OF_VISITORS = 6, 4_000, 2_000
LONGEST_NUMBER = 18
# Whoever was cut comes back within so many milliseconds: not all at once.
BACK_MS, SPREAD_MS = 500, 2_000
STREAM = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-cache, no-transform"),
    (b"x-accel-buffering", b"no"),
]


class Live:
    """The application, and its one follower."""

    def __init__(self) -> None:
        self.follower: Follower | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if scope["method"] != "GET" or scope["path"] != PATH:
            await answer(send, 200 if scope["path"] == HEALTH else 404)
            return
        await self.hear(scope, receive, send)

    async def hear(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Open a stream for who may hear what she asks for; say by a status why not."""
        self.follower = self.follower or Follower()
        headers = {name.decode().lower(): value.decode("latin-1") for name, value in scope["headers"]}
        topics, after = asked(scope["query_string"].decode("latin-1"), headers)
        beside = of_pages(headers.get("origin", ""))
        if not 0 < len(topics) <= MOST_TOPICS:
            await answer(send, 400, beside)
            return
        try:
            hearer = await ask(ASKING, asking.hearer, headers.get("cookie", ""), topics)
        except (Error, OSError):
            await answer(send, 503, beside)
            return
        if hearer is None or self.is_full_for(hearer):
            await answer(send, 403 if hearer is None else 429, beside)
            return
        await self.serve(Stream(hearer, topics, after or 0), after, receive, send, beside)

    def is_full_for(self, hearer: Hearer) -> bool:
        """Say whether she has enough streams, or all visitors have: who is signed in always finds a place."""
        assert self.follower is not None
        streams = self.follower.streams
        if hearer.user_id is None:
            return sum(one.hearer.user_id is None for one in streams) >= OF_VISITORS
        return len(streams) >= MOST or sum(one.hearer == hearer for one in streams) >= OF_ONE

    async def serve(
        self,
        stream: Stream,
        after: int | None,
        receive: Receive,
        send: Send,
        beside: list[tuple[bytes, bytes]],
    ) -> None:
        """Send what she missed, then what comes, until one of the two goes."""
        follower = self.follower
        assert follower is not None
        gone = asyncio.create_task(ends(receive, stream))
        try:
            upto = await follower.join(stream)
            await send({"type": "http.response.start", "status": 200, "headers": STREAM + beside})
            await self.send(send, await self.first(stream, after, upto))
            while stream.is_open:
                if data := await stream.next():
                    await self.send(send, data)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            follower.leave(stream)
            gone.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await gone

    async def first(self, stream: Stream, after: int | None, upto: int) -> bytes:
        """Return what a stream begins with: when to come back, what was missed, how far the numbers are."""
        rows: list[asking.Row] | None = []
        if after is not None and after < upto:
            try:
                rows = await ask(ASKING, asking.missed, stream.topics, after, upto)
            except (Error, OSError):
                rows = None
        begins = f"retry: {BACK_MS + secrets.randbelow(SPREAD_MS)}\n\n".encode()
        if rows is None:
            begins += b"event: reset\ndata:\n\n"
        else:
            begins += b"".join(written(row) for row in rows if row[2] in (None, stream.hearer.user_id))
        return begins + f"id: {max(upto, stream.after)}\n\n".encode()

    @staticmethod
    async def send(send: Send, data: bytes) -> None:
        await send({"type": "http.response.body", "body": data, "more_body": True})


def asked(query: str, headers: dict[str, str]) -> tuple[tuple[str, ...], int | None]:
    """Read which topics are asked for, and after which number."""
    given = parse_qs(query)
    topics = tuple(dict.fromkeys(filter(None, given.get("topics", [""])[0].split(","))))
    number = headers.get("last-event-id", "") or given.get("after", [""])[0]
    is_number = number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER
    return topics, int(number) if is_number else None


def of_pages(origin: str) -> list[tuple[bytes, bytes]]:
    """Let the site's own pages read it where they lie at another port: in the demonstration, without a proxy."""
    ours = urlsplit(settings.SITE_URL)
    if not settings.VISAVIS_LIVE_URL.startswith("http") or origin != f"{ours.scheme}://{ours.netloc}":
        return []
    return [
        (b"access-control-allow-origin", origin.encode("latin-1")),
        (b"access-control-allow-credentials", b"true"),
        (b"vary", b"Origin"),
    ]


async def ends(receive: Receive, stream: Stream) -> None:
    """Close a stream when its page is gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
    stream.close()


async def answer(send: Send, status: int, beside: list[tuple[bytes, bytes]] | None = None) -> None:
    """Answer with nothing but a status."""
    headers = [(b"cache-control", b"no-store"), (b"content-type", b"text/plain"), *(beside or [])]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
