"""Cursors: where the next page begins, in a word that programs do not read."""

import base64
import binascii
import datetime as dt
import json

from visavis.api import problems, wording
from visavis.api.problems import Problem

LARGEST = 2**63 - 1


def write(*place: int | str) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def number(cursor: str) -> int:
    """Read a cursor that is one number."""
    match _parts(cursor):
        case [int(found)] if 0 <= found <= LARGEST:
            return found
    raise _wrong()


def instant_and_number(cursor: str) -> tuple[dt.datetime, int]:
    """Read a cursor that is an instant and a number."""
    match _parts(cursor):
        case [str(text), int(found)] if 0 <= found <= LARGEST:
            try:
                instant = dt.datetime.fromisoformat(text)
            except ValueError as error:
                raise _wrong() from error
            if instant.tzinfo is not None:
                return instant, found
    raise _wrong()


def _parts(cursor: str) -> object:
    try:
        return json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, RecursionError) as error:
        raise _wrong() from error


def _wrong() -> Problem:
    return Problem(problems.INVALID, errors=wording.cursor_wrong())
