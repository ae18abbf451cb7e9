"""Give a vacancy its occupation."""

from collections.abc import Sequence
from dataclasses import dataclass

from visavis.catalog import titles
from visavis.catalog.models import Domain, Occupation

FEED = "feed"


@dataclass(frozen=True)
class OccupationFound:
    """`how`: given (its code is in the catalogue), feed (its code was added), esco, isco, title (by our index)."""

    occupation: Occupation
    how: str


# From these scores on, a title and an official label name an occupation of ours, whatever the edition of the code.
SURE_TITLE, SURE_LABEL = 0.8, 0.75


def by_code(code: str, label: str = "", title: str = "") -> OccupationFound | None:
    """Find an occupation by its ROME code; one of another edition by title or label; else it is a fact: add it."""
    if not code:
        return None
    known = Occupation.objects.filter(pk=code).first()
    if known:
        return OccupationFound(known, "feed" if known.source == FEED else "given")
    if not label:
        return None
    for words, sure in ((title, SURE_TITLE), (label, SURE_LABEL)):
        if (ours := titles.occupations_for([words])[0]) and ours[1] >= sure:
            return OccupationFound(ours[0], "title")
    domain, _new = Domain.objects.get_or_create(code=code[0], defaults={"label_fr": code[0]})
    added, _new = Occupation.objects.get_or_create(
        code=code, defaults={"label_fr": label[:250], "domain": domain, "source": FEED}
    )
    return OccupationFound(added, "feed")


def by_title(*candidates: str) -> OccupationFound | None:
    """Find an occupation by the first of these titles that the index knows."""
    return by_titles([candidates])[0]


def by_titles(wanted: Sequence[Sequence[str]]) -> list[OccupationFound | None]:
    """Find the occupation of each by the first of its titles that the index knows; all at once is faster."""
    found: list[OccupationFound | None] = [None] * len(wanted)
    for turn in range(max(map(len, wanted), default=0)):
        left = [
            (place, names[turn])
            for place, names in enumerate(wanted)
            if found[place] is None and turn < len(names) and names[turn].strip()
        ]
        if not left:
            continue
        answers = titles.occupations_for([name for _place, name in left])
        for (place, _name), answer in zip(left, answers, strict=True):
            if answer:
                found[place] = OccupationFound(answer[0], "title")
    return found


class Crosswalk:
    """The occupations that ESCO's addresses and ISCO's groups lead to, read once."""

    def __init__(self) -> None:
        self.by_esco: dict[str, Occupation] = {}
        self.by_isco: dict[str, list[Occupation]] = {}
        for occupation in Occupation.objects.filter(is_current=True).order_by("pk"):
            if occupation.esco_uri:
                self.by_esco.setdefault(occupation.esco_uri, occupation)
            if occupation.isco:
                self.by_isco.setdefault(occupation.isco, []).append(occupation)

    def find(self, isco: str, esco_uri: str) -> OccupationFound | None:
        """Return the occupation of an ESCO address, or of an ISCO group that has only one."""
        if esco_uri in self.by_esco:
            return OccupationFound(self.by_esco[esco_uri], "esco")
        group = self.by_isco.get(isco, [])
        return OccupationFound(group[0], "isco") if len(group) == 1 else None
