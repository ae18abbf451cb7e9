"""Say which vacancies of several sources are one job. Pure: rows in, numbers out.

Two vacancies are the same job when all of this holds:
- they come from different sources, and each group has at most one of each source: what one source tells apart
  stays apart;
- same commune, same employer: the names are equal once folded and without their legal form, and the SIRETs do
  not differ when both are known;
- same title, once gender, endings and little words are taken off; or, with the same occupation, one title has a
  few words more and none of them tells a position from another (`TELLING`, numbers);
- nothing that both say differs: kind and length of contract, weekly hours, pay (a tenth aside), first day of
  work (a month aside), day of publication (`MOST_DAYS` aside);
- the descriptions are close: of the shingles of three words of the shorter one, `CLOSE` are in the other (the
  other may be cut), `VERY_CLOSE` when the titles are not equal. With hardly a description, contract and hours
  must both be known and equal.

The vacancy shown is ours if one is, else the one that was here first.
"""

import datetime as dt
import re
import unicodedata
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from visavis.folding import fold_signs
from visavis.vacancies.ads.terms import hours
from visavis.vacancies.ads.text import Text
from visavis.vacancies.words.text import words as cut_into_words

OURS = 0
CLOSE, VERY_CLOSE = 0.6, 0.9
FEW_SHINGLES, MANY_SHINGLES = 8, 40
MOST_DAYS = 45
MOST_DAYS_OF_START = 31
SHINGLE = 3
# Of one employer in one commune: above this, only the same title with the same text is looked for.
MOST_COMPARED = 500
LEGAL = re.compile(r"\b(?:sarl|sasu|sas|sa|eurl|snc|sci|scop|scic|selarl|ei|eirl|gie|ltd|gmbh|inc|llc|plc)\b")
LITTLE = frozenset(
    cut_into_words(
        "de du des d la le les l en un une et a au aux h f m x hf fh mf fm hfx ou the of and for to in on an"
        " e ere se trice rice euse eure ne ive ienne iere esse or ou er eur"
    )
)
# Words that tell one position of an employer from another.
TELLING = frozenset(
    cut_into_words(
        "nuit jour matin soir week end weekend weekends junior senior chef cheffe adjoint adjointe apprenti apprentie"
        " stagiaire stage alternance alternant alternante remplacement saisonnier saisonniere saison extra extras"
        " partiel mi responsable directeur directrice second commis etudiant etudiante night day evening part time"
        " assistant assistante premier premiere confirme debutant volant polyvalent polyvalente"
    )
)


@dataclass(frozen=True)
class Job:
    """What is compared of one vacancy; `source` is its feed's number, or OURS."""

    pk: int
    source: int
    siret: str
    title: str
    description: str
    occupation: str = ""
    contract: str = ""
    contract_months: int | None = None
    hours: tuple[float | None, float | None] = (None, None)
    pay: tuple[float | None, float | None] = (None, None)
    starts_on: dt.date | None = None
    published_on: dt.date | None = None

    @cached_property
    def words(self) -> frozenset[str]:
        return title_words(self.title)

    @cached_property
    def full_words(self) -> frozenset[str]:
        return frozenset(re.findall(r"[a-z0-9]+", fold_signs(self.title)))

    @cached_property
    def shingles(self) -> frozenset[int]:
        return shingles(self.description)

    @cached_property
    def weekly(self) -> tuple[float | None, float | None]:
        """Return the weekly hours of the fields, else those of the words."""
        if self.hours != (None, None):
            return self.hours
        text = Text(f"{self.title}\n{self.description[:4000]}")
        found = hours.hours_in(text) or hours.bare_hours_in(text)
        return (found.value.low, found.value.high) if found else (None, None)


def employer_key(name: str) -> str:
    """Write an employer's name in one way.

    >>> employer_key("S.A.R.L. Au Bon Pain") == employer_key("AU BON PAIN")
    True
    """
    folded = re.sub(r"(?<=\b[a-z])\.(?=[a-z]\b)", "", fold_signs(name))
    words = re.sub(r"[^a-z0-9]+", " ", folded)
    return " ".join(LEGAL.sub(" ", words).split()) or " ".join(words.split())


def title_words(title: str) -> frozenset[str]:
    """Cut a title to what it says of the work: gender, endings and little words do not.

    >>> title_words("Boulanger / Boulangère (H/F)") == title_words("boulanger")
    True
    >>> title_words("Vendeur fruits") == title_words("Vendeur poisson")
    False
    """
    words = re.findall(r"[a-z0-9]+", fold_signs(title))
    return frozenset(
        word if word[0].isdigit() else "chef" if word == "cheffe" else word.rstrip("s")[:6] or word
        for word in words
        if word not in LITTLE
    )


def shingles(text: str) -> frozenset[int]:
    words = plain_words(text)
    return frozenset(
        zlib.crc32(" ".join(words[n : n + SHINGLE]).encode()) for n in range(len(words) - SHINGLE + 1)
    )


def plain_words(text: str) -> list[str]:
    """Cut a long text into words without accents, in C: what it drops (œ, ’) it drops on both sides compared."""
    letters = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return re.findall(r"[a-z0-9]+", letters)


def settle(jobs: Sequence[Job]) -> dict[int, int | None]:
    """Return, for each job of one employer in one commune, the one shown in its place, or None when it is shown."""
    if len(jobs) > MOST_COMPARED:
        return _settle_many(jobs)
    shown: list[Job] = []
    sources: dict[int, set[int]] = {}
    found: dict[int, int | None] = {}
    for job in in_order(jobs):
        best: tuple[float, int] | None = None
        for other in shown:
            if job.source in sources[other.pk]:
                continue
            likeness = same_job(job, other)
            if likeness and (best is None or (likeness, -other.pk) > (best[0], -best[1])):
                best = (likeness, other.pk)
        found[job.pk] = best[1] if best else None
        if best:
            sources[best[1]].add(job.source)
        else:
            shown.append(job)
            sources[job.pk] = {job.source}
    return found


def in_order(jobs: Iterable[Job]) -> list[Job]:
    """Ours first, then those that were here first."""
    return sorted(jobs, key=lambda job: (job.source != OURS, job.pk))


def _settle_many(jobs: Sequence[Job]) -> dict[int, int | None]:
    """Settle more jobs than can be compared one by one: those of the same title and the same text go together."""
    alike: dict[tuple[frozenset[str], int], list[Job]] = {}
    for job in jobs:
        text = zlib.crc32(" ".join(plain_words(job.description)).encode())
        alike.setdefault((job.words, text), []).append(job)
    found: dict[int, int | None] = {}
    for group in alike.values():
        # One of each source at a time, so that no group grows beyond what can be compared.
        for start in range(0, len(group), MOST_COMPARED):
            found |= settle(in_order(group)[start : start + MOST_COMPARED])
    return found


def same_job(one: Job, other: Job) -> float:
    """Return how close two vacancies are when they are the same job, in (0, 1]; 0 when they are not."""
    if one.source == other.source or (one.siret and other.siret and one.siret != other.siret):
        return 0.0
    is_same_title = bool(one.words) and one.words == other.words
    if not is_same_title and not titles_agree(one, other):
        return 0.0
    if not (dates_agree(one, other) and terms_agree(one, other)):
        return 0.0
    fewest = min(len(one.shingles), len(other.shingles))
    if fewest < FEW_SHINGLES:
        return 0.5 if is_same_title and terms_are_known(one, other) else 0.0
    likeness = len(one.shingles & other.shingles) / fewest
    if is_same_title:
        return likeness if likeness >= CLOSE else 0.0
    return likeness if likeness >= VERY_CLOSE and fewest >= MANY_SHINGLES else 0.0


def titles_agree(one: Job, other: Job) -> bool:
    """Say whether one title only adds words that do not tell positions apart, for the same occupation."""
    if not one.occupation or one.occupation != other.occupation or not one.words or not other.words:
        return False
    if not (one.words < other.words or other.words < one.words):
        return False
    more = one.full_words ^ other.full_words
    return not more & TELLING and not any(word[0].isdigit() for word in more)


def dates_agree(one: Job, other: Job) -> bool:
    pairs = (
        (one.published_on, other.published_on, MOST_DAYS),
        (one.starts_on, other.starts_on, MOST_DAYS_OF_START),
    )
    return all(not first or not second or abs((first - second).days) <= most for first, second, most in pairs)


def terms_agree(one: Job, other: Job) -> bool:
    if one.contract and other.contract and one.contract != other.contract:
        return False
    if one.contract_months and other.contract_months and one.contract_months != other.contract_months:
        return False
    return ranges_meet(one.weekly, other.weekly, 0.03) and ranges_meet(one.pay, other.pay, 0.1)


def terms_are_known(one: Job, other: Job) -> bool:
    return bool(one.contract and one.contract == other.contract) and None not in (*one.weekly, *other.weekly)


def ranges_meet(
    one: tuple[float | None, float | None], other: tuple[float | None, float | None], slack: float
) -> bool:
    """Say whether two ranges meet, a share aside; an unknown end is the known one."""
    bounds = []
    for low, high in (one, other):
        if low is None and high is None:
            return True
        bounds.append((low if low is not None else high, high if high is not None else low))
    (low, high), (other_low, other_high) = bounds
    assert low is not None and high is not None and other_low is not None and other_high is not None
    return low * (1 - slack) <= other_high and other_low * (1 - slack) <= high


def blocks[T](rows: Iterable[tuple[T, int, str, str]]) -> Mapping[tuple[str, str], list[T]]:
    """Group (row, source, commune, employer) by commune and employer; keep groups that two sources share."""
    found: dict[tuple[str, str], list[T]] = {}
    sources: dict[tuple[str, str], set[int]] = {}
    keys: dict[str, str] = {}
    for row, source, commune, employer in rows:
        key = (commune, keys.setdefault(employer, employer_key(employer)))
        found.setdefault(key, []).append(row)
        sources.setdefault(key, set()).add(source)
    return {key: group for key, group in found.items() if len(sources[key]) > 1 and key[1]}
