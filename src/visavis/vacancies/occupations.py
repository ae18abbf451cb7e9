"""Give a vacancy its occupation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from visavis.catalog import starter, titles
from visavis.catalog.models import Domain, Mobility, Occupation

FEED = "feed"


@dataclass(frozen=True)
class OccupationFound:
    """`how`: given (its code is in the catalogue), feed (its code was added), esco, isco, title (by our index)."""

    occupation: Occupation
    how: str


SURE_TITLE, SURE_LABEL, NEAR_LABEL = 0.8, 0.75, 0.5
"""From these scores on, a title names an occupation of ours; an official label does, or something near it."""

PLAIN_TITLE, SILENT_TITLE = 0.86, 0.5
"""From the first on, a title plainly names an occupation, if it scores less than the second for that of its code."""

VERY_TITLE, LESS = 0.9, 0.06
"""From the first on, a title is the very title of an occupation; so much less says that it is not one of its code."""


@dataclass(frozen=True)
class Said:
    """What an ad says of its occupation: a ROME code, its label, the title, and the official title that was chosen."""

    code: str
    label: str = ""
    title: str = ""
    chosen: str = ""


def by_codes(ads: Sequence[Said]) -> list[OccupationFound | None]:
    """Find the occupations of ads that bear a code; all at once is faster.

    A code of the catalogue, or taken out of one of it by a later edition, is right unless the title plainly names
    another job. One that is not in the catalogue is found by what names the job, else it is a fact: it is added.
    """
    given = _given({ad.code for ad in ads})
    named = titles.scores_for([ad.title for ad in ads])
    return [_by_code(ad, given.get(ad.code), own) for ad, own in zip(ads, named, strict=True)]


def _given(codes: set[str]) -> dict[str, Occupation]:
    """Return the occupation of each code that the catalogue has, or has what a later edition took it out of."""
    known = starter.rome_codes()
    wanted = codes | {known[code] for code in codes if known.get(code)}
    ours = Occupation.objects.exclude(source=FEED).in_bulk(wanted)
    found = {code: ours.get(code) or ours.get(known.get(code, "")) for code in codes}
    return {code: one for code, one in found.items() if one}


def _by_code(ad: Said, given: Occupation | None, named: Mapping[str, float]) -> OccupationFound | None:
    best, score = max(named.items(), key=lambda one: one[1], default=("", 0.0))
    is_said = titles.says(ad.title, ad.label)
    if given:
        is_other = not is_said and _is_another(score, named.get(given.pk, 0.0))
        other = Occupation.objects.filter(pk=best).first() if is_other else None
        return OccupationFound(other, "title") if other else OccupationFound(given, "given")
    if not ad.label:
        return None
    sure = [] if is_said else [(ad.title, SURE_TITLE), (ad.chosen, SURE_TITLE)]
    if ad.code not in starter.rome_codes():
        sure.append((ad.label, SURE_LABEL))
    for words, enough in sure:
        if (ours := titles.occupations_for([words])[0]) and ours[1] >= enough:
            return OccupationFound(ours[0], FEED if ours[0].source == FEED else "title")
    return OccupationFound(_added(ad), FEED)


def _is_another(best: float, own: float) -> bool:
    """Say whether a title plainly names another job, by its scores for its best occupation and for that of its code."""
    return (best >= VERY_TITLE and own <= best - LESS) or (best >= PLAIN_TITLE and own < SILENT_TITLE)


def _added(ad: Said) -> Occupation:
    """Add an occupation that only a feed knows, beside those of ours that its label, or the title chosen, is like."""
    domain, _new = Domain.objects.get_or_create(code=ad.code[0], defaults={"label_fr": ad.code[0]})
    added, is_new = Occupation.objects.get_or_create(
        code=ad.code, defaults={"label_fr": ad.label[:250], "domain": domain, "source": FEED}
    )
    answers = titles.scores_for([ad.label, ad.chosen]) if is_new else []
    like = {code for named in answers for code, score in named.items() if score >= NEAR_LABEL} - {added.pk}
    near = Occupation.objects.filter(pk__in=like).order_by("pk")
    ways = [way for other in near for way in ((added, other), (other, added))]
    Mobility.objects.bulk_create(
        Mobility(origin=one, target=other, kind=Mobility.Kind.NEAR, source=FEED) for one, other in ways
    )
    return added


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
