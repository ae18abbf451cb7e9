"""Send one request, keep nothing of it, and return what is wrong."""

import logging
import traceback
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote_from_bytes

from django.core.cache import cache
from django.db import transaction
from django.test import Client

from tests.hostile import judge

FORM = "application/x-www-form-urlencoded"

type Pairs = Iterable[tuple[str, str | bytes]]


def encoded(pairs: Pairs) -> str:
    """Write pairs as a body or a query string; a value of bytes goes as it is."""
    return "&".join(f"{percent(name)}={percent(value)}" for name, value in pairs)


def percent(value: str | bytes) -> str:
    return quote_from_bytes(value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass"), "")


def sampled[T](items: list[T], count: int, key: str) -> list[T]:
    """Choose a few of many, always the same ones for a key, spread over the list."""
    if count >= len(items):
        return items
    start = zlib.crc32(key.encode())
    return [items[(start + n * len(items) // count) % len(items)] for n in range(count)]


@contextmanager
def undone() -> Iterator[None]:
    """Run a block, then put the database back as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Visitor:
    """One browser: it forgets after every request, so that each finds the same town."""

    def __init__(self, client: Client, *, signed_in: bool) -> None:
        self.client, self.signed_in = client, signed_in
        self.wrong: list[str] = []
        self.count = 0

    def ask(self, method: str, address: str, body: bytes = b"", kind: str = FORM, **extra: Any) -> Any:
        """Send a request; whatever is wrong with the answer is kept in `wrong`."""
        self.count += 1
        cache.clear()
        kept = {name: morsel.value for name, morsel in self.client.cookies.items()}
        said = f"{method} {address[:120]} {body[:120]!r}"
        response = None
        try:
            with undone():
                response = self.client.generic(method, address, body, content_type=kind, **extra)
        except Exception as error:  # noqa: BLE001  (whatever a view raises is what is looked for)
            where = traceback.extract_tb(error.__traceback__)
            ours = [frame for frame in where if "visavis" in frame.filename] or where
            self.wrong.append(
                f"{said}: {type(error).__name__} {str(error)[:200]} at {ours[-1].filename}:{ours[-1].lineno}"
            )
        else:
            signed_in = self.signed_in and "HTTP_COOKIE" not in extra
            typed = "?" not in address and bool(body)
            found = judge.complaints(response, signed_in=signed_in, typed=typed)
            self.wrong += [f"{said}: {one}" for one in found]
        finally:
            self.client.cookies.clear()
            self.client.cookies.load(kept)
        return response


class Listener(logging.Handler):
    """Keep every record of every logger, as it would be written."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {self.format(record)}")

    def telling(self) -> list[str]:
        """Return the lines that hold what belongs to a person, or what a person typed."""
        return [line for line in self.lines if judge.PERSONAL.search(line) or judge.TYPED.search(line)]


@contextmanager
def listening() -> Iterator[Listener]:
    """Hear every logger while the block runs."""
    listener, root = Listener(), logging.getLogger()
    before = root.level
    root.addHandler(listener)
    root.setLevel(logging.INFO)
    try:
        yield listener
    finally:
        root.removeHandler(listener)
        root.setLevel(before)
