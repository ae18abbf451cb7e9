"""Give a vacancy its occupation, and the others that it is as well."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from visavis.catalog import starter, titles
from visavis.catalog.models import Domain, Mobility, Occupation, Title
from visavis.folding import fold_words
from visavis.vacancies.ads import occupations as weighed
from visavis.vacancies.models import Vacancy

FEED = titles.FEED


@dataclass(frozen=True)
class OccupationFound:
    """`how`: given (its code is in the catalogue), feed (its code was added), esco, isco, title (by our index).

    `others`: the codes of what the opening is besides ("Serveur / barman").
    """

    occupation: Occupation
    how: str
    others: tuple[str, ...] = ()


SURE_TITLE, SURE_LABEL, NEAR_LABEL, NEAR_ELSEWHERE = 0.8, 0.75, 0.5, 0.6
"""From these scores on, a title names an occupation of ours; an official label does; or it is near one of its own
domain, or of another: "chef d'équipe" in a factory is not near one of cleaners."""


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
    another job. One that is not in the catalogue is found by what names the job, else it is a fact: it is added, and
    all are read once more, for a title may name what was not known before.
    """
    given = _given({ad.code for ad in ads})
    before = Title.objects.count()
    found = _all_by_code(ads, given)
    if Title.objects.count() > before:
        titles.forget()
        found = _all_by_code(ads, given)
    return _with_codes(_with_others(found, [_said_by(ad) for ad in ads]), ads)


def _with_codes(found: Sequence[OccupationFound | None], ads: Sequence[Said]) -> list[OccupationFound | None]:
    """Add the code that an ad bears where its title named ours, if both are one trade: care "K1301" and "K1302"."""
    brought = set(Occupation.objects.filter(source=FEED).values_list("pk", flat=True))
    return [
        replace(one, others=(*one.others, ad.code))
        if one
        and one.how == "title"
        and ad.code in brought - {one.occupation.pk, *one.others}
        and titles.is_one_trade(ad.title, one.occupation.pk, ad.code)
        else one
        for one, ad in zip(found, ads, strict=True)
    ]


def _all_by_code(ads: Sequence[Said], given: Mapping[str, Occupation]) -> list[OccupationFound | None]:
    named = titles.scores_for([ad.title for ad in ads])
    return [_by_code(ad, given.get(ad.code), own) for ad, own in zip(ads, named, strict=True)]


def others(occupation: Occupation, title: str) -> tuple[str, ...]:
    """Return the codes of the other jobs that a title names."""
    return others_of([(occupation.pk, title)])[0]


def others_of(ads: Sequence[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Return the same for many, each the code of an occupation and a title; all at once is faster."""
    several = titles.several_in([title for _code, title in ads])
    return [weighed.others(code, jobs) for (code, _title), jobs in zip(ads, several, strict=True)]


def names(vacancy: Vacancy) -> str:
    """Return how the catalogue calls what a vacancy is, the foremost first."""
    known = Occupation.objects.in_bulk(vacancy.other_occupations)
    besides = [str(known[code].label) for code in vacancy.other_occupations if code in known]
    return ", ".join([str(vacancy.occupation.label), *besides]) if vacancy.occupation else ""


def _said_by(ad: Said) -> list[str]:
    """Return the title, and the official one that was chosen, if it says the same in the words of the catalogue."""
    return [ad.title, *([ad.chosen] if titles.says(ad.title, ad.chosen) else [])]


def _with_others(
    found: Sequence[OccupationFound | None], said: Sequence[Sequence[str]]
) -> list[OccupationFound | None]:
    """Add what else the titles of each name, the first that names several jobs."""
    named = iter(titles.several_in([words for some in said for words in some]))
    several = [[next(named) for _words in some] for some in said]
    return [
        one
        and replace(
            one,
            others=next(filter(None, (weighed.others(one.occupation.pk, jobs) for jobs in some)), one.others),
        )
        for one, some in zip(found, several, strict=True)
    ]


def _given(codes: set[str]) -> dict[str, Occupation]:
    """Return the occupation of each code that the catalogue has, or has what a later edition took it out of."""
    known = starter.rome_codes()
    wanted = codes | {known[code] for code in codes if known.get(code)}
    ours = Occupation.objects.exclude(source=FEED).in_bulk(wanted)
    found = {code: ours.get(code) or ours.get(known.get(code, "")) for code in codes}
    return {code: one for code, one in found.items() if one}


def _by_code(ad: Said, given: Occupation | None, named: Mapping[str, float]) -> OccupationFound | None:
    is_said = titles.says(ad.title, ad.label)
    if given:
        instead = "" if is_said else weighed.named_instead(named, given.pk)
        other = Occupation.objects.filter(pk=instead).first() if instead else None
        if not other:
            return OccupationFound(given, "given")
        # A code that the title half says as well stays beside it.
        is_said_too = named.get(given.pk, 0.0) >= weighed.HALF_SAID
        return OccupationFound(other, "title", (given.pk,) if is_said_too else ())
    if not ad.label:
        return None
    sure = [] if is_said else [(ad.title, SURE_TITLE), (ad.chosen, SURE_TITLE)]
    if ad.code not in starter.rome_codes():
        sure.append((ad.label, SURE_LABEL))
    for words, enough in sure:
        if (
            (ours := titles.occupations_for([words])[0])
            and ours[1] >= enough
            and _is_in_place(ours[0], ad, named)
        ):
            return OccupationFound(ours[0], FEED if ours[0].source == FEED else "title")
    return OccupationFound(_added(ad), FEED)


def _is_in_place(found: Occupation, ad: Said, named: Mapping[str, float]) -> bool:
    """Say whether an occupation stands for a code that the catalogue lacks; one of a feed only if plainly named."""
    return found.source != FEED or found.pk in {ad.code, weighed.named_instead(named, ad.code)}


def _added(ad: Said) -> Occupation:
    """Add an occupation that only a feed knows, beside those of ours that its label, or the title chosen, is like."""
    domain, _new = Domain.objects.get_or_create(code=ad.code[0], defaults={"label_fr": ad.code[0]})
    added, is_new = Occupation.objects.get_or_create(
        code=ad.code, defaults={"label_fr": ad.label[:250], "domain": domain, "source": FEED}
    )
    # What is chosen among the official titles of a code is one of them.
    for label in {ad.label, ad.chosen} - {""}:
        own = {"occupation": added, "label": label[:250], "language": "fr", "source": FEED}
        Title.objects.get_or_create(code=f"{FEED}:{ad.code}:{fold_words(label)}"[:80], defaults=own)
    answers = titles.scores_for([ad.label, ad.chosen]) if is_new else []
    like = {code for named in answers for code, score in named.items() if score >= _near_from(ad.code, code)}
    like -= {added.pk}
    near = Occupation.objects.filter(pk__in=like).order_by("pk")
    ways = [way for other in near for way in ((added, other), (other, added))]
    Mobility.objects.bulk_create(
        Mobility(origin=one, target=other, kind=Mobility.Kind.NEAR, source=FEED) for one, other in ways
    )
    return added


def _near_from(code: str, other: str) -> float:
    return NEAR_LABEL if code[0] == other[0] else NEAR_ELSEWHERE


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
    return _with_others(found, [names[:1] for names in wanted])


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
