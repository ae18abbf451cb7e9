"""Two matches side by side: the same parts aligned, drawn, and the difference in a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from visavis.jobseekers.models import Jobseeker
from visavis.matches.pages import fit, wording
from visavis.matches.pages.fit import Fit
from visavis.matches.pages.wording import Reasons, Told
from visavis.ui import plots

# Less than this between two scores is no difference worth a word, logits.
ALIKE = 0.15
NAMED = 2


@dataclass(frozen=True)
class Part:
    """One part of both scores, logits; None when that pair has nothing to say of it."""

    name: str
    first: float
    second: float


@dataclass(frozen=True)
class One:
    """One of two matches: how well it suits, and why."""

    fit: Fit
    told: Told


@dataclass(frozen=True)
class Compared:
    """Two matches, the parts aligned, the plot and the sentence."""

    first: One
    second: One
    parts: list[Part]
    plot: plots.DotPlot
    sentence: str


def compare(
    first: Reasons, second: Reasons, names: tuple[str, str], people: tuple[Jobseeker, Jobseeker]
) -> Compared:
    """Compare the reasons of two pairs; `names` are what the page calls the two, `people` are in them."""
    labels = wording.labels_for([first, second])
    scores = [sum(reason["logit"] for reason in one) for one in (first, second)]
    fits = [fit.of_pair(*pair) for pair in zip(scores, (first, second), people, strict=True)]
    parts = aligned(first, second)
    return Compared(
        first=One(fits[0], wording.told(first, labels)),
        second=One(fits[1], wording.told(second, labels)),
        parts=parts,
        plot=drawn(parts, names),
        sentence=difference(parts, apart(scores, fits), names),
    )


def aligned(first: Reasons, second: Reasons) -> list[Part]:
    """Return every part in which one of the two has a weight, in the order of the score."""
    sums: list[dict[str, float]] = [{}, {}]
    for found, reasons in zip(sums, (first, second), strict=True):
        for reason in reasons:
            found[reason["part"]] = found.get(reason["part"], 0.0) + reason["logit"]
    return [
        Part(name, sums[0].get(part, 0.0), sums[1].get(part, 0.0))
        for part, name in wording.part_names().items()
        if part != "base" and (sums[0].get(part) or sums[1].get(part))
    ]


def drawn(parts: Sequence[Part], names: tuple[str, str]) -> plots.DotPlot:
    """Draw both on one axis, the same to the left and to the right of nothing."""
    widest = max((abs(value) for part in parts for value in (part.first, part.second)), default=1.0) or 1.0
    rows = [
        plots.DotRow(
            part.name,
            mean=round(part.first, 1),
            low=round(min(part.first, part.second), 1),
            high=round(max(part.first, part.second), 1),
            own=round(part.second, 1),
        )
        for part in parts
    ]
    words = plots.DotWords(
        title=_("What each reason weighs: against on the left, for on the right"),
        label=_("Reason"),
        mean=names[0],
        span=_("Difference"),
        own=names[1],
        axis=_("Weight"),
    )
    return plots.dots(rows, axis=(-widest, widest), words=words)


def apart(scores: Sequence[float], fits: Sequence[Fit]) -> float:
    """Return by how much the first suits better, logits: never against the levels that the page shows."""
    levels, logits = fits[0].order - fits[1].order, scores[0] - scores[1]
    return logits if levels * logits >= 0 and (abs(logits) >= ALIKE or not levels) else levels * ALIKE


def difference(parts: Sequence[Part], apart: float, names: tuple[str, str]) -> str:
    """Say which suits better, mainly why, and in what the other is ahead."""
    if abs(apart) < ALIKE:
        return _("Both suit about as well: look at what matters most to the person.")
    better, other = (names[0], names[1]) if apart > 0 else (names[1], names[0])
    sign = 1 if apart > 0 else -1
    gains = sorted(parts, key=lambda part: -sign * (part.first - part.second))
    ahead = [part.name.lower() for part in gains if sign * (part.first - part.second) > ALIKE / 2][:NAMED]
    behind = [part.name.lower() for part in reversed(gains) if sign * (part.first - part.second) < -ALIKE / 2]
    words = {
        "better": better,
        "other": other,
        "why": ", ".join(ahead) or _("several small differences"),
        "behind": ", ".join(behind[:NAMED]),
    }
    if behind:
        return (
            _("“%(better)s” suits better, first for: %(why)s. “%(other)s” is ahead for: %(behind)s.") % words
        )
    return _("“%(better)s” suits better, first for: %(why)s.") % words
