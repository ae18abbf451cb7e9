"""A log without personal data."""

import logging
from traceback import format_tb
from types import TracebackType


class QuotingNothing(logging.Formatter):
    """Tells of each error its first line only: PostgreSQL quotes the person's row on the next ones."""

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
