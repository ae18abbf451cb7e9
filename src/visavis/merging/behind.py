"""What both files have: only the row of the file that stays goes on, and the page says so before the act and after."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from visavis.common import merging
from visavis.common.merging import Behind
from visavis.merging.models import Merge
from visavis.people.models import User

type Lines = list[tuple[str, int]]


def of_both(stays: int, goes: int) -> Lines:
    """Return what both accounts have, in words, with how many of the one that goes will stay behind."""
    return _lines(
        (one, one.of_both(_number(one, stays), _number(one, goes))) for one in merging.said().behind
    )


def left(row: Merge) -> Lines:
    """Return what stayed with the emptied account for as long as it is there; nothing of a merge that was undone."""
    goes = row.goes_id
    if goes is None or row.undone_at is not None:
        return []
    return _lines((one, one.rows(_number(one, goes)).count()) for one in merging.said().behind)


def _number(one: Behind, account: int) -> int | None:
    """Return what the column says of an account: its number, or that of its file."""
    target: Any = one.column.model._meta.get_field(one.column.name).related_model
    if target is User:
        return account
    found: int | None = target._base_manager.filter(user=account).values_list("pk", flat=True).first()
    return found


def _lines(counted: Iterable[tuple[Behind, int]]) -> Lines:
    return [(_(one.words), number) for one, number in counted if number]
