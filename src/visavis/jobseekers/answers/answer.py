"""What an answer is: read for the form, written from it, said in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Model

from visavis.common.prepared import Prepared, keep_with, together
from visavis.jobseekers.models import Jobseeker

type Data = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """Three functions. `read` gives plain data that can be digested; a profile not saved yet reads empty."""

    read: Callable[[Jobseeker], Data]
    write: Callable[[Jobseeker, Data], None]
    words: Callable[[Jobseeker], list[str]]


def rows[Row: Model](jobseeker: Jobseeker, name: str, *related: str) -> list[Row]:
    """Return the rows of one of her lists; what was prefetched is not asked again."""
    if jobseeker.pk is None:
        return []
    if name in getattr(jobseeker, "_prefetched_objects_cache", {}):
        return list(getattr(jobseeker, name).all())
    found: list[Row] = _of(name, related)(jobseeker.pk)
    return found


def read_together(jobseeker: Jobseeker, lists: Mapping[str, tuple[str, ...]]) -> None:
    """Read several of her lists at once, with what is related to each: `rows` then asks nothing."""
    found = together(*((_of(name, related), (jobseeker.pk,)) for name, related in lists.items()))
    for name, some in zip(lists, found, strict=True):
        keep_with(jobseeker, name, some)


@cache
def _of(name: str, related: tuple[str, ...]) -> Prepared[Any]:
    """Write the question for one of everybody's lists."""
    relation = getattr(Jobseeker, name).rel
    every = relation.related_model._default_manager.all()
    if related:
        every = every.select_related(*related)
    return Prepared(lambda person: every.filter(**{relation.field.name: person}))


def labels(codes: Iterable[str] | None, choices: Iterable[tuple[Any, Any]]) -> list[str]:
    """Return the words of codes, in the order of the choices."""
    kept = set(codes or [])
    return [str(label) for code, label in choices if code in kept]


def number(value: Any) -> str:
    """Write a number without useless zeros, as a form shows it."""
    return (
        "" if value is None else f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    )
