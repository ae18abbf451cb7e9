"""What the page of an ideal profile shows: who it is from, shares with intervals, one's own marks, what moved."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from visavis.catalog.models import Occupation
from visavis.catalog.sheets import skills_of
from visavis.jobseekers.models import Jobseeker
from visavis.matches.bridge import ideal as ideal_bridge
from visavis.matches.bridge import traits
from visavis.matches.ideal import making as ideal
from visavis.matches.models import Correction, FamilyProfile, IdealProfile
from visavis.matches.models.ideal import LEAST_PEOPLE, TraitRow
from visavis.matches.pages import wording
from visavis.traces import figures
from visavis.ui import plots
from visavis.ui.dates import day

# Lines shown of each kind, the largest shares; what a counsellor emphasised is shown before.
MOST_LINES = {"skill": 8, "occupation": 4, "experience": 4, "training": 5}
MOST_MOVES = 5
MOST_INTERESTS = 8
LEAST_OTHERS = 3
SEED_ESSENTIAL, SEED_OPTIONAL = 12, 8

What = Correction.What


@dataclass(frozen=True)
class Reader:
    """For whom the page is drawn: a person with marks of her own, or nobody; and whether she reads of herself.

    Interests are for jobseekers and counsellors: never for an employer.
    """

    jobseeker: Jobseeker | None = None
    is_own: bool = False
    reads_interests: bool = False


@dataclass
class Sources:
    """All that is read for one page."""

    occupation: Occupation
    profile: IdealProfile | None
    before: IdealProfile | None
    hired_now: int
    corrections: list[Correction]
    marks: dict[str, set[str]] | None
    is_own: bool
    person: Jobseeker | None = None
    # The lines shown: the profile's own, else those of its family.
    rows: list[TraitRow] = field(default_factory=list)
    family: FamilyProfile | None = None
    stopped: set[str] = field(default_factory=set)
    labels: wording.Labels = field(default_factory=wording.Labels)

    @property
    def said(self) -> dict[str, str]:
        """Return what counsellors said of each trait."""
        return {correction.trait: correction.what for correction in self.corrections}


def read(occupation: Occupation, reader: Reader) -> Sources:
    """Read it in a fixed number of queries."""
    versions = list(IdealProfile.objects.of(occupation)[:2])
    profile, before = [*versions, None, None][:2]
    corrections = list(Correction.objects.present().filter(occupation=occupation).select_related("by"))
    person = reader.jobseeker
    sources = Sources(
        occupation=occupation,
        profile=profile if profile and not profile.is_seed else None,
        before=before,
        hired_now=ideal.hired_now(occupation),
        corrections=corrections,
        marks=None if person is None else traits.traits_held(person, occupation.pk),
        is_own=reader.is_own,
        person=person,
    )
    version, sources.rows = ideal_bridge.rows_of(occupation)
    if not version and sources.rows:
        sources.family = FamilyProfile.objects.of(occupation.family).first()
    sources.stopped = ideal_bridge.stopped(occupation.pk).get(occupation.pk, set())
    codes = {row["code"] for version in versions for row in version.rows}
    codes |= {row["code"] for row in sources.rows}
    sources.labels = wording.labels_of_traits(codes | {correction.trait for correction in corrections})
    return sources


def context(occupation: Occupation, reader: Reader) -> dict[str, Any]:
    """Return what the template shows."""
    sources = read(occupation, reader)
    return {
        "occupation": occupation,
        "is_own": reader.is_own,
        "source": source_words(sources),
        "waiting": waiting_words(sources),
        "family": family_words(sources),
        "plots": plots_of(sources),
        "seed": [] if sources.profile else seed(sources),
        "telling": telling(sources),
        "in_common": in_common(sources),
        "moves": move_words(sources),
        "corrections": [correction_words(one, sources) for one in sources.corrections],
        "stopped": [wording.trait(code, sources.labels) for code in sorted(sources.stopped)],
        "interests": interests(sources) if reader.reads_interests else None,
    }


# Who it is from ----------------------------------------------------------------------------------


def source_words(sources: Sources) -> str:
    """Say who the profile is from; under ten people, not how many."""
    profile = sources.profile
    if profile:
        return _(
            "Seen in %(hired)s people hired, of %(introduced)s introduced. Version %(version)s, %(date)s."
        ) % {
            "hired": profile.hired,
            "introduced": profile.introduced,
            "version": profile.version,
            "date": day(profile.made_at),
        }
    if not sources.hired_now:
        return _("From the catalogue: nobody was hired for this work here yet.")
    if sources.hired_now < LEAST_PEOPLE:
        return _(
            "From the catalogue: fewer than ten people were hired for this work here. "
            "What they have in common stays hidden until there are ten."
        )
    return _(
        "From the catalogue: people were hired for this work, but their profiles do not say enough yet. "
        "We look again every night."
    )


def waiting_words(sources: Sources) -> str:
    """Say that people were hired since: the shares wait, so that nobody can be read in them."""
    since = sources.hired_now - sources.profile.hired if sources.profile else 0
    if since <= 0:
        return ""
    return ngettext(
        "%(number)s more person was hired since.", "%(number)s more people were hired since.", since
    ) % {"number": since}


def family_words(sources: Sources) -> str:
    """Say that the lines are the family's, from how many people."""
    family = sources.family
    if family is None:
        return ""
    return _(
        "The lines below are those of its family, %(family)s: %(hired)s people hired, of %(introduced)s introduced."
    ) % {
        "family": wording.family(family.code),
        "hired": family.hired,
        "introduced": family.introduced,
    }


# The lines ---------------------------------------------------------------------------------------


def shown(sources: Sources, kind: str) -> list[TraitRow]:
    """Return the lines of a kind: without what was taken out, what was emphasised first."""
    said = sources.said
    kept = [
        r for r in sources.rows if traits.kind_of(r["code"]) == kind and said.get(r["code"]) != What.DROPPED
    ]
    kept.sort(key=lambda row: said.get(row["code"]) != What.EMPHASISED)
    kept = kept[: MOST_LINES[kind]]
    by_code = kind in {"experience", "training"}
    return sorted(kept, key=lambda row: row["code"] if by_code else -row["share"])


def plots_of(sources: Sources) -> list[plots.DotPlot]:
    """Draw each kind: shares of the hired with their interval, of all introduced, and one's own marks."""
    titles = {
        "skill": _("Skills"),
        "occupation": _("Work done before"),
        "experience": _("Time spent in this work"),
        "training": _("Level of training"),
    }
    drawn = []
    for kind in traits.KINDS:
        rows = [line(row, sources) for row in shown(sources, kind)]
        if rows:
            words = plots.DotWords(
                title=titles[kind],
                label=titles[kind],
                mean=_("People hired (%)"),
                span=_("Very likely between"),
                unit="%",
                against=_("All introduced (%)"),
                own="" if sources.marks is None else _("You") if sources.is_own else _("This person"),
            )
            drawn.append(plots.dots(rows, axis=(0, 100), words=words))
    return drawn


def line(row: TraitRow, sources: Sources) -> plots.DotRow:
    """Place one trait, in whole percents; what one has stands at the end of the axis."""
    code = row["code"]
    kind, _colon, bare = code.partition(":")
    label = (
        sources.labels.occupations.get(bare, bare)
        if kind == "occupation"
        else wording.trait(code, sources.labels)
    )
    has = sources.marks is not None and code in sources.marks.get(kind, ())
    mark = mark_words(code, sources)
    return plots.DotRow(
        label=f"{label} ({mark})" if mark else label,
        mean=percent(row["share"]),
        low=percent(row["low"]),
        high=percent(row["high"]),
        against=percent(row["introduced_share"]) if is_wide_enough(row) else None,
        own=100 if has else None,
        own_said=own_words(sources, kind, has=has),
    )


def is_wide_enough(row: TraitRow) -> bool:
    """Say whether the share of all introduced may be shown: not when it would point at one or two of the others."""
    return not 0 < row["introduced"] - row["hired"] < LEAST_OTHERS


def own_words(sources: Sources, kind: str, *, has: bool) -> str:
    if sources.marks is None:
        return ""
    if kind not in sources.marks:
        return pgettext("a line of a profile", "not said")
    return _("yes") if has else _("no")


def percent(share: float) -> int:
    """Return whole percents: a finer share would tell more than it knows."""
    return round(share * 100)


def telling(sources: Sources) -> list[str]:
    """Name the lines that count in the order of lists, the most telling first."""
    said = sources.said
    weights = {
        row["code"]: ideal_bridge.corrected(row["credit"], said[row["code"]])
        if row["code"] in said
        else row["credit"]
        for row in sources.rows
        if row["code"] not in sources.stopped
    }
    ordered = sorted(
        (code for code, weight in weights.items() if weight > 0), key=lambda code: -weights[code]
    )
    return [wording.trait(code, sources.labels) for code in ordered]


def in_common(sources: Sources) -> str:
    """Say how many of the lines she has, if any."""
    if sources.marks is None or not sources.rows:
        return ""
    lines = [row["code"] for kind in traits.KINDS for row in shown(sources, kind)]
    held = set().union(*sources.marks.values())
    number = sum(code in held for code in lines)
    if not number:
        return ""
    return ngettext(
        "%(number)s of these lines is there already.",
        "%(number)s of these lines are there already.",
        number,
    ) % {"number": number}


# The catalogue -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class SeedLine:
    """One skill of the catalogue; `is_held` is None when there is nobody to mark, or she has named no skill."""

    label: str
    is_held: bool | None
    mark: str


def seed(sources: Sources) -> list[dict[str, Any]]:
    """Return the skills that the catalogue gives, in two groups."""
    is_english = (get_language() or "fr").startswith("en")
    essential, optional = skills_of(sources.occupation, is_english=is_english)
    hers = None if sources.marks is None else sources.marks.get("skill")
    groups = []
    for title, skills, most in (
        (_("Asked for, says the catalogue"), essential, SEED_ESSENTIAL),
        (_("Useful besides, says the catalogue"), optional, SEED_OPTIONAL),
    ):
        kept = [s for s in skills if sources.said.get(f"skill:{s.pk}") != What.DROPPED]
        lines = [
            SeedLine(
                skill.label,
                None if hers is None else f"skill:{skill.pk}" in hers,
                mark_words(f"skill:{skill.pk}", sources),
            )
            for skill in kept[:most]
        ]
        if lines:
            groups.append({"title": title, "lines": lines})
    return groups


# What moved, what was corrected ------------------------------------------------------------------


def move_words(sources: Sources) -> list[str]:
    """Say what the present version changed, the most first."""
    now, before = sources.profile, sources.before
    if now is None:
        return []
    if before is None or before.is_seed:
        return [_("This is the first version drawn from people hired. Before it, the catalogue spoke alone.")]
    more = now.hired - before.hired
    first = (
        ngettext(
            "%(number)s more person hired than in version %(version)s.",
            "%(number)s more people hired than in version %(version)s.",
            more,
        )
        if more > 0
        else ngettext(
            "%(number)s person fewer than in version %(version)s.",
            "%(number)s people fewer than in version %(version)s.",
            -more,
        )
    )
    sentences = [first % {"number": abs(more), "version": before.version}]
    lines = {row["code"] for kind in traits.KINDS for row in shown(sources, kind)}
    told = [move for move in ideal.moves(now, before) if move.trait in lines or move.after is None]
    return sentences + [move_sentence(move, sources.labels) for move in told[:MOST_MOVES]]


def move_sentence(move: ideal.Move, labels: wording.Labels) -> str:
    words = {"trait": wording.trait(move.trait, labels)}
    if move.before is None:
        return _("%(trait)s: new, %(after)s%%") % {**words, "after": percent(move.after or 0.0)}
    if move.after is None:
        return _("%(trait)s: no longer shown") % words
    shares = {"before": percent(move.before), "after": percent(move.after)}
    return _("%(trait)s: from %(before)s%% to %(after)s%%") % {**words, **shares}


def mark_words(code: str, sources: Sources) -> str:
    """Return how a line is marked: what a counsellor said of it, else that it is too unequal to count."""
    if code in sources.stopped:
        return _("not counted: groups do not have it equally")
    return short_words(sources.said.get(code, ""))


def short_words(what: str) -> str:
    """Return how a corrected line is marked; nothing for a line that nobody corrected."""
    words = {
        What.DROPPED: _("taken out by a counsellor"),
        What.SET_ASIDE: _("not counted, says a counsellor"),
        What.EMPHASISED: _("counts more, says a counsellor"),
        What.KEPT: _("counts all the same, says a counsellor"),
    }
    return words[What(what)] if what else ""


def correction_words(correction: Correction, sources: Sources) -> dict[str, Any]:
    return {
        "id": correction.pk,
        "label": wording.trait(correction.trait, sources.labels),
        "mark": short_words(correction.what),
        "reason": correction.reason,
        "at": correction.at,
        "by": correction.by.name if correction.by else "",
    }


# Interests -----------------------------------------------------------------------------------------


def interests(sources: Sources) -> plots.DotPlot | None:
    """Draw what people who look for work of this family say they like: shares reported, with their intervals.

    Nothing of it counts against anybody, and no employer reads it.
    """
    found = figures.shares(sources.occupation.family)[:MOST_INTERESTS]
    if not found:
        return None
    labels = wording.interests(code for code, *_share in found)
    person = sources.person
    hers = set() if person is None else set(person.interests.values_list("interest_id", flat=True))
    rows = [
        plots.DotRow(
            labels.get(code, code),
            percent(share),
            percent(low),
            percent(high),
            own=100 if code in hers else None,
            own_said=_("yes") if code in hers else pgettext("a line of a profile", "not said"),
        )
        for code, share, low, high in found
    ]
    words = plots.DotWords(
        title=_("What they like"),
        label=_("Interest"),
        mean=_("Named among five (%)"),
        span=_("Very likely between"),
        unit="%",
        own="" if person is None else _("You") if sources.is_own else _("This person"),
    )
    return plots.dots(rows, axis=(0, 100), words=words)
