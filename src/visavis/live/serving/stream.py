"""One open page: what waits to be sent to it."""

import asyncio
from dataclasses import dataclass, field

from visavis.live.serving.asking import Hearer

# So many events wait for a page; one that takes less is let go, and comes back by its last number.
MOST_WAITING = 500


@dataclass(eq=False)
class Stream:
    """What one page hears, from which number on, and what waits for it."""

    hearer: Hearer
    topics: tuple[str, ...]
    after: int
    waiting: list[bytes] = field(default_factory=list)
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    is_open: bool = True

    def put(self, event: bytes) -> None:
        """Let an event wait for the page."""
        if len(self.waiting) >= MOST_WAITING:
            self.is_open = False
        if self.is_open:
            self.waiting.append(event)
        self.wake.set()

    def beat(self, last: int) -> None:
        """Send how far the numbers are: a page that hears little does not fall behind, and a dead line is noticed."""
        self.put(f"id: {max(last, self.after)}\n\n".encode())

    def close(self) -> None:
        self.is_open = False
        self.wake.set()

    async def next(self) -> bytes:
        """Wait for what is to be sent; nothing when the stream is closed."""
        await self.wake.wait()
        self.wake.clear()
        data, self.waiting = b"".join(self.waiting), []
        return data
