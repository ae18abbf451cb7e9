"""What differs between wanting a work, being proposed for it and being hired; and the versions of a profile."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from visavis.catalog.models import Occupation
from visavis.matches.bridge import traits
from visavis.matches.ideal import making as ideal
from visavis.matches.models import Correction, IdealProfile
from visavis.matches.models.ideal import LEAST_PEOPLE, TraitRow
from visavis.matches.pages import wording
from visavis.matches.pages.ideal import page as ideal_page
from visavis.matches.pages.ideal.page import percent
from visavis.ui import plots
from visavis.ui.dates import day

MOST_LINES = 6
MOST_VERSIONS = 12
# A share of one or two people is not told.
LEAST_HOLDERS = 3

type Counts = tuple[int, int]


@dataclass(frozen=True)
class Line:
    """One line at the three stages: who has it, of how many; None where that may not be told."""

    row: TraitRow
    wished: Counts | None
    proposed: Counts | None

    @property
    def hired(self) -> Counts:
        return self.row["hired"], self.row["hired_known"]

    @property
    def others(self) -> Counts | None:
        """Those proposed and not hired."""
        if self.proposed is None:
            return None
        return self.proposed[0] - self.hired[0], self.proposed[1] - self.hired[1]

    @property
    def distance(self) -> float:
        """How far hired people stand from those who wish, or else from those proposed."""
        from_whom = self.wished or self.proposed
        return 0.0 if from_whom is None else abs(share(self.hired) - share(from_whom))


def share(counts: Counts) -> float:
    return counts[0] / counts[1]


def line_of(row: TraitRow) -> Line:
    """Return a line with only what may be told: ten people known, and never one or two of them."""
    wished = row.get("wished", 0), row.get("wished_known", 0)
    proposed = row["introduced"], row["introduced_known"]
    is_wide = ideal_page.is_wide_enough(row)
    return Line(
        row, wished if _may_tell(wished) else None, proposed if is_wide and _may_tell(proposed) else None
    )


def _may_tell(counts: Counts) -> bool:
    have, known = counts
    return known >= LEAST_PEOPLE and not 0 < have < LEAST_HOLDERS


def context(occupation: Occupation) -> dict[str, Any]:
    """Return what the page of the three stages shows."""
    profile = IdealProfile.objects.of(occupation).first()
    if profile is None or profile.is_seed:
        return {"lines": [], "source": "", "wished": 0}
    out = set(
        Correction.objects.present()
        .filter(occupation=occupation, what=Correction.What.DROPPED)
        .values_list("trait", flat=True)
    )
    lines = [line_of(row) for row in profile.rows if row["code"] not in out]
    lines.sort(key=lambda line: (-line.distance, line.row["code"]))
    shown = lines[:MOST_LINES]
    labels = wording.labels_of_traits([line.row["code"] for line in shown])
    return {
        "source": source_words(profile),
        "lines": [
            {"plot": plot(line, labels), "sentences": sentences(line)} for line in shown if line.distance
        ],
    }


def source_words(profile: IdealProfile) -> str:
    """Say of whom the page is; how many wish for it only from ten on."""
    words = {
        "version": profile.version,
        "date": day(profile.made_at),
    }
    counts = {"hired": profile.hired, "introduced": profile.introduced, "wished": profile.wished}
    if profile.wished < LEAST_PEOPLE:
        return _("%(hired)s people hired, of %(introduced)s proposed. Version %(version)s, %(date)s.") % (
            counts | words
        )
    return _(
        "%(wished)s people wished for this work that day, %(introduced)s were proposed to employers, "
        "%(hired)s were hired. Version %(version)s, %(date)s."
    ) % (counts | words)


def plot(line: Line, labels: wording.Labels) -> plots.DotPlot:
    """Draw one line: its share at each stage, with intervals."""
    stages = [
        (_("Wish for this work"), line.wished),
        (_("Proposed to an employer"), line.proposed),
        (pgettext("people", "Hired"), line.hired),
    ]
    rows = []
    for label, counts in stages:
        if counts is not None:
            low, high = traits.interval(*counts)
            rows.append(plots.DotRow(label, percent(share(counts)), percent(low), percent(high)))
    name = wording.trait(line.row["code"], labels)
    words = plots.DotWords(
        title=name, label=_("Stage"), mean=_("Have it (%)"), span=_("Very likely between"), unit="%"
    )
    return plots.dots(rows, axis=(0, 100), words=words)


def sentences(line: Line) -> list[str]:
    """Say where the share surely changes: on the way to being proposed, and from there to being hired."""
    told = []
    if line.wished and line.proposed:
        told.append(
            _step(
                traits.difference(line.proposed, line.wished),
                _("Proposed more often than it is found among those who wish."),
                _("Proposed less often than it is found among those who wish."),
                _("No clear difference between those who wish and those proposed."),
            )
        )
    if line.others and line.others[1]:
        told.append(
            _step(
                traits.difference(line.hired, line.others),
                _("Employers hire more often those who have it."),
                _("Employers hire less often those who have it."),
                _("No clear difference between those hired and the others proposed."),
            )
        )
    return told


def _step(found: tuple[float, float, float], more: str, less: str, unclear: str) -> str:
    _gap, low, high = found
    return more if low > 0 else less if high < 0 else unclear


# Versions ------------------------------------------------------------------------------------------


def versions(occupation: Occupation) -> dict[str, Any]:
    """Return the versions, the last one first, with what each changed; and every mark, taken back or not."""
    rows = list(IdealProfile.objects.of(occupation).select_related("family")[: MOST_VERSIONS + 1])
    marks = list(Correction.objects.filter(occupation=occupation))
    codes = {row["code"] for version in rows for row in version.rows} | {mark.trait for mark in marks}
    labels = wording.labels_of_traits(codes)
    pairs = list(zip(rows, [*rows[1:], None], strict=False))[:MOST_VERSIONS]
    return {
        "versions": [version_words(now, before, labels) for now, before in pairs],
        "marks": [
            {
                "label": wording.trait(mark.trait, labels),
                "mark": ideal_page.short_words(mark.what),
                "reason": mark.reason,
                "at": mark.at,
                "ended_at": mark.ended_at,
            }
            for mark in marks
        ],
    }


def version_words(now: IdealProfile, before: IdealProfile | None, labels: wording.Labels) -> dict[str, Any]:
    """Say of one version from whom it is and what it changed."""
    return {
        "number": now.version,
        "at": now.made_at,
        "from": from_whom(now),
        "moves": [
            ideal_page.move_sentence(move, labels)
            for move in ideal.moves(now, before)[: ideal_page.MOST_MOVES]
        ],
    }


def from_whom(version: IdealProfile) -> str:
    """Say from how many people a version is; under ten, that the catalogue spoke."""
    if version.is_seed:
        return _("From the catalogue: fewer than ten people hired.")
    told = ngettext(
        "From %(hired)s person hired, of %(introduced)s introduced.",
        "From %(hired)s people hired, of %(introduced)s introduced.",
        version.hired,
    ) % {"hired": version.hired, "introduced": version.introduced}
    if version.family is None or not version.family.priors:
        return told
    return (
        told
        + " "
        + _("Drawn towards its family, %(family)s, version %(version)s.")
        % {
            "family": wording.family(version.family.code),
            "version": version.family.version,
        }
    )
