"""A log without personal data, as lines to read or as JSON."""

import datetime as dt
import json
import logging
import re
from traceback import format_tb
from types import TracebackType

from visavis.common import numbers

# What nobody meant to write into a log, and an error may quote: an e-mail address, a number of 9 to 14 digits.
MARKS = (
    # It begins where a run of signs does: from each sign on, a long path would be read to its end.
    (re.compile(r"(?<![^\s<>'\"=/(),;:@])[^\s<>'\"=/(),;:@]++@[^\s<>'\"/(),;:@]+"), "…@…"),
    (re.compile(r"(?<![\w-])\+?\d(?:[ .]?\d){8,13}(?![\w-])"), "…"),
)


def masked(text: str) -> str:
    """Return a text without what looks like an e-mail address or a phone number."""
    for pattern, instead in MARKS:
        text = pattern.sub(instead, text)
    return text


class QuotingNothing(logging.Formatter):
    """Tells of each error its first line only: PostgreSQL quotes the person's row on the next ones."""

    def format(self, record: logging.LogRecord) -> str:
        number = numbers.current()
        return masked(super().format(record)) + (f" [{number}]" if number else "")

    def formatException(  # noqa: N802  (logging's own name)
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        told = []
        error = ei[1]
        while error:
            first = str(error).partition("\n")[0]
            told.append("".join(format_tb(error.__traceback__)) + f"{type(error).__qualname__}: {first}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\ncaused by:\n".join(told)


class AsJson(QuotingNothing):
    """One object a line: when, how grave, by whom, what; the request's number; where an error came from."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        if number := numbers.current():
            told["request"] = number
        if record.exc_info:
            told["error"] = masked(self.formatException(record.exc_info))
        return json.dumps(told, ensure_ascii=False)
