"""What one change would open, in words, and what it would add to a person's chances, drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from visavis.catalog.enums import Condition, ContractKind, LanguageLevel, Licence, SpokenLanguage, Transport
from visavis.catalog.models.labels import label_of
from visavis.catalog.named import OCCUPATIONS, SKILLS
from visavis.common.prepared import Prepared
from visavis.jobseekers import changing, reach
from visavis.jobseekers.answers.lists import wish_words, wishes
from visavis.jobseekers.changing import Proposed
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.opened import Opened
from visavis.jobseekers.questions import BY_SLUG
from visavis.matches.bridge import in_memory, market, one_person, reading
from visavis.matches.bridge.one_person import Unlock
from visavis.matches.models import Match
from visavis.ui import plots
from visavis.vacancies.models import SkillAsked, Vacancy

SHOWN = 8
# Of what is shown, how many may be of one kind: all of them skills would hide the rest.
OF_A_KIND = 2
# What a person is proposed first of a kind that has steps: ten kilometres, five hours, one euro, two weeks.
STEPS = {"radius": 10.0, "hours_more": 5.0, "hours_fewer": 5.0, "pay": 1.0, "start": 14.0}
# On foot or by bicycle nobody goes ten kilometres farther.
FARTHER_BY_OWN_FORCE_KM = 5
# Less than this, one agreement in twenty lists, is no gain worth a word.
LEAST_GAIN = 0.05


@dataclass(frozen=True)
class Change:
    """One change, the openings it would bring, what it would add, and examples."""

    sentence: str
    openings: str
    chance: str
    gain: float
    examples: list[str]
    key: str
    button: str
    instead_of: list[tuple[int, str]]


TITLES = Prepared(lambda numbers: Vacancy.objects.filter(pk__in=numbers).values_list("pk", "title"))


def changes(owner: Opened) -> list[Change]:
    """Return the changes that add most, the best first, each with the button that makes it.

    Where one more occupation needs the place of another, she says which: only she knows it.
    """
    jobseeker = owner.jobseeker
    found = shown_to(jobseeker)
    labels = labels_of(found)
    shown = {pk for unlock in found for pk in unlock.vacancies}
    places = instead_of(jobseeker) if any(one.kind == "occupation" for one in found) else []
    titles = dict(TITLES(sorted(shown))) if shown else {}
    return [
        Change(
            sentence(unlock, labels, from_km(unlock, jobseeker)),
            openings(unlock.count),
            chance(unlock.gain),
            unlock.gain,
            [titles[pk] for pk in unlock.vacancies if pk in titles],
            key_of(unlock),
            button(unlock),
            places if unlock.kind == "occupation" else [],
        )
        for unlock in found
    ]


def proposed(unlock: Unlock, jobseeker: Jobseeker, instead: int | None = None) -> Proposed:
    if unlock.kind != "occupation" or not instead_of(jobseeker):
        instead = None
    return Proposed(unlock.kind, unlock.code, unlock.amount, from_km(unlock, jobseeker), instead)


def from_km(unlock: Unlock, jobseeker: Jobseeker) -> float | None:
    """Return how far people usually go, where farther is counted from there: she has not said how far she goes."""
    if unlock.kind != "radius" or reach.radius_km(jobseeker) is not None:
        return None
    return reading.usual_km(jobseeker.transport, jobseeker.commune_id)


def instead_of(jobseeker: Jobseeker) -> list[tuple[int, str]]:
    """Return the wishes of which one gives its place to a new occupation; none while there is room."""
    wished = wishes(jobseeker)
    return [(wish.pk, wish_words(wish)) for wish in wished] if changing.is_full(wished) else []


def key_of(unlock: Unlock) -> str:
    """Return how a form names a change."""
    return f"{unlock.kind}:{unlock.code}:{unlock.amount:g}"


def to_make(jobseeker: Jobseeker, key: str, instead: int | None) -> Proposed | None:
    """Return the change that a form names, if it is one of those shown."""
    for unlock in shown_to(jobseeker):
        if key_of(unlock) == key:
            return proposed(unlock, jobseeker, instead)
    return None


def button(unlock: Unlock) -> str:
    """Name the act: what she can do already she says; what she accepts she accepts."""
    if unlock.kind in ("skill", "licence", "language"):
        return {
            "skill": _("I can do this already"),
            "licence": _("I hold it already"),
            "language": _("I speak it already"),
        }[unlock.kind]
    return _("Make this change")


def shown_to(jobseeker: Jobseeker) -> list[Unlock]:
    work = in_memory.WORK.at_hand()
    person = market.people_of({jobseeker.pk: reading.person_at_hand(jobseeker)})
    by_own_force = jobseeker.transport in (Transport.WALK, Transport.BIKE)
    steps = STEPS | {"radius": FARTHER_BY_OWN_FORCE_KM} if by_own_force else STEPS
    found = one_person.changes_for(work, person, steps)
    if by_own_force:
        found = [one for one in found if one.kind != "radius" or one.amount <= FARTHER_BY_OWN_FORCE_KM]
    return chosen(found)


def chosen(found: Sequence[Unlock]) -> list[Unlock]:
    """Choose what to show: one step of what has steps, two of a kind at most, those that add most first."""
    kept: list[Unlock] = []
    usual = [unlock for unlock in found if unlock.amount == STEPS.get(unlock.kind, unlock.amount)]
    missed = {unlock.kind for unlock in found} - {unlock.kind for unlock in usual}
    usual += [
        max((one for one in found if one.kind == kind), key=lambda one: one.amount) for kind in sorted(missed)
    ]
    for unlock in sorted(usual, key=lambda one: (-round(one.gain, 4), -one.count, one.kind, one.code)):
        same = sum(one.kind == unlock.kind for one in kept)
        if same < OF_A_KIND and len(kept) < SHOWN and (unlock.count or unlock.gain >= LEAST_GAIN):
            kept.append(unlock)
    return kept


def openings(count: int) -> str:
    if not count:
        return _("No new opening: it counts for those you have")
    return ngettext("%(number)s more opening", "%(number)s more openings", count) % {"number": count}


def chance(gain: float) -> str:
    """Say how many times more both would say yes, on average."""
    if gain < LEAST_GAIN:
        return _("It adds hardly any chance")
    return _("Yes from both sides: about %(number)s more") % {"number": number_format(gain, 1)}


def plot(found: Sequence[Change]) -> plots.BarPlot | None:
    """Draw what each change would add."""
    rows = [
        plots.BarRow(one.sentence, max(one.gain, 0.0), number_format(max(one.gain, 0.0), 1)) for one in found
    ]
    if not any(row.value >= LEAST_GAIN for row in rows):
        return None
    return plots.bars(
        rows,
        title=_("Yes from both sides that each change adds, on average"),
        label_words=pgettext("what one would do", "Change"),
        value_words=_("Yes added"),
    )


def labels_of(found: Sequence[Unlock]) -> dict[tuple[str, str], str]:
    """Return the names of the skills and occupations."""
    codes = {kind: [one.code for one in found if one.kind == kind] for kind in ("skill", "occupation")}
    return {
        (kind, code): label_of(french, english)
        for kind, asked in (("skill", SKILLS), ("occupation", OCCUPATIONS))
        for code, french, english in asked(codes[kind])
    }


def sentence_of(asked: Proposed, jobseeker: Jobseeker) -> str:
    """Return a change that is about to be made in words."""
    unlock = Unlock(asked.kind, asked.code, asked.amount, 0, (), 0.0)
    labels = labels_of([unlock])
    if (wish := changing.replaced(jobseeker, asked)) is not None:
        words = {"label": labels.get(("occupation", asked.code), asked.code), "other": wish_words(wish)}
        return _("Look for: %(label)s, instead of: %(other)s") % words
    return sentence(unlock, labels, asked.from_km)


# Each is looked up when it is said: a page says a few of them.
SENTENCES = {
    "radius": gettext_lazy("Go %(number)s km farther"),
    "licence": gettext_lazy("Hold the licence %(label)s"),
    "language": gettext_lazy("Speak %(label)s at level %(level)s"),
    "contract": gettext_lazy("Accept another contract: %(label)s"),
    "condition": gettext_lazy("Accept: %(label)s"),
    "pay": gettext_lazy("Accept %(number)s € less an hour"),
    "start": gettext_lazy("Start %(number)s days earlier"),
    "hours_more": gettext_lazy("Work up to %(number)s hours more a week"),
    "hours_fewer": gettext_lazy("Work from %(number)s hours fewer a week"),
    "skill": gettext_lazy("Learn: %(label)s"),
    "occupation": gettext_lazy("Also look for: %(label)s"),
}


def sentence(unlock: Unlock, labels: dict[tuple[str, str], str], from_km: float | None = None) -> str:
    """Return a change in words."""
    kind, code, amount = unlock.kind, unlock.code, unlock.amount
    if from_km is not None:
        return _("Go up to %(number)s km") % {"number": number_format(ceil(from_km + amount), 0)}
    number = number_format(amount, decimal_pos=0 if amount == int(amount) else 2)
    named = {
        "licence": Licence,
        "language": SpokenLanguage,
        "contract": ContractKind,
        "condition": Condition,
    }
    label = named[kind](code).label if kind in named and code in named[kind].values else code
    level = LanguageLevel(int(amount)).name if kind == "language" else ""
    return str(SENTENCES[kind]) % {"number": number, "label": labels.get((kind, code), label), "level": level}


# One answer ------------------------------------------------------------------------------------------

ASKING_SKILLS = Prepared(
    lambda vacancies: (
        SkillAsked.objects.filter(vacancy__in=vacancies, is_essential=True)
        .order_by()
        .values_list("vacancy")
        .distinct()
    )
)


@dataclass(frozen=True)
class Asked:
    """The question whose answer would tell most of how well a list suits her, and why."""

    text: str
    url: str
    label: str


def one_answer(owner: Opened, matches: Sequence[Match]) -> Asked | None:
    """Return the question that would tell most where too little is known to say how well these openings suit."""
    person, many = owner.jobseeker, len(matches)
    if not matches or person.says_what_she_can_do:
        return None
    work = [match.vacancy for match in matches]
    asks = {
        "wanted": 0 if "wanted" in person.answered else many,
        "skills": len(ASKING_SKILLS([vacancy.pk for vacancy in work])),
        "experience": sum((vacancy.experience_months or 0) > 0 for vacancy in work),
    }
    slug = max(asks, key=lambda one: asks[one])
    why = {
        "wanted": "",
        "skills": ngettext(
            "%(number)s of these openings asks for skills.",
            "%(number)s of these openings ask for skills.",
            asks["skills"],
        ),
        "experience": ngettext(
            "%(number)s of these openings asks for experience.",
            "%(number)s of these openings ask for experience.",
            asks["experience"],
        ),
    }[slug]
    known = _("We know too little to say how well these openings suit. One answer would tell much.")
    return Asked(
        " ".join([known, why % {"number": asks[slug]}]).strip(),
        owner.url("question", question=slug),
        str(BY_SLUG[slug].title),
    )
