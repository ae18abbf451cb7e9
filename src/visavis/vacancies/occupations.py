"""Give a vacancy its occupation."""

from dataclasses import dataclass

from visavis.catalog import titles
from visavis.catalog.models import Domain, Occupation

FEED = "feed"


@dataclass(frozen=True)
class OccupationFound:
    """`how`: given (its code is in the catalogue), feed (its code was added), title (by our index)."""

    occupation: Occupation
    how: str


def by_code(code: str, label: str = "") -> OccupationFound | None:
    """Find an occupation by its ROME code; an official code with its label that we lack is a fact: add it."""
    if not code:
        return None
    known = Occupation.objects.filter(pk=code).first()
    if known:
        return OccupationFound(known, "feed" if known.source == FEED else "given")
    if not label:
        return None
    domain, _new = Domain.objects.get_or_create(code=code[0], defaults={"label_fr": code[0]})
    added, _new = Occupation.objects.get_or_create(
        code=code, defaults={"label_fr": label[:250], "domain": domain, "source": FEED}
    )
    return OccupationFound(added, "feed")


def by_title(*candidates: str) -> OccupationFound | None:
    """Find an occupation by the first of these titles that the index knows."""
    for title in candidates:
        if title.strip() and (found := titles.occupation_for(title)):
            return OccupationFound(found[0], "title")
    return None
