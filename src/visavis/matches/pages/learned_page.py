"""What the page of the learned score shows: what counts for each side, how well it foresees, the versions."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from visavis.matches.bridge import scoring
from visavis.matches.bridge.scoring import LEAST_ANSWERS
from visavis.matches.models import Run, ScoreModel
from visavis.matches.pages import wording
from visavis.ui import plots
from visavis.ui.dates import day

MOST_VERSIONS = 8
# Neighbours among the ten groups of a check are shown together.
GROUPS = 5
# In percent of what experts gave a part.
AXIS = (0, 200)
MUCH, HARDLY = 60, 20
SIDES = ("hers", "theirs")


@dataclass(frozen=True)
class Group:
    """Some pairs thought to have about the same chance, in percent: said, and what happened."""

    said: int
    happened: int
    low: int
    high: int


def context() -> dict[str, Any]:
    """Return what the template shows."""
    shown = ScoreModel.objects.in_use() or ScoreModel.objects.newest()
    return {
        "status": status(shown),
        "sides": [read_side(name, shown) for name in SIDES] if shown else [],
        "both": calibration(_("Foreseen, and what happened"), shown.figures.get("both")) if shown else None,
        "versions": [version(row) for row in ScoreModel.objects.order_by("-version")[:MOST_VERSIONS]],
    }


def status(shown: ScoreModel | None) -> list[str]:
    """Say what ranks the lists now, and from how many answers."""
    if shown is None:
        return [_("Nothing yet: the experts’ weights rank the lists."), counted()]
    told = _(
        "Version %(version)s, %(date)s: from %(hers)s answers of jobseekers and %(theirs)s of employers."
    ) % {
        "version": shown.version,
        "date": day(shown.made_at),
        "hers": number_format(shown.hers),
        "theirs": number_format(shown.theirs),
    }
    if shown.is_used and all(shown.weights[name]["way"] == scoring.EXPERTS for name in SIDES):
        used = _("It ranks the lists in the experts’ proportions: answers only set how high the chances are.")
        return [told, used, *in_lists(shown)]
    if shown.is_used:
        used = _(
            "The lists are ranked by it. Each side’s weights moved only where they foresaw answers surely better."
        )
        return [told, used, *in_lists(shown)]
    why = _(
        "The experts’ weights rank the lists: it did not foresee later answers better, or would lead lists astray."
    )
    return [told, why, *in_lists(shown)]


def counted() -> str:
    """Say how many answers the last night found, and how many it takes."""
    night = Run.objects.filter(hers__isnull=False).order_by("-pk").first()
    if night is None:
        return _("Answers are counted by night. It begins with %(least)s of one side.") % {
            "least": LEAST_ANSWERS
        }
    return _(
        "%(hers)s answers of jobseekers and %(theirs)s of employers are there. "
        "It begins with %(least)s of one side."
    ) % {
        "hers": number_format(night.hers or 0),
        "theirs": number_format(night.theirs or 0),
        "least": LEAST_ANSWERS,
    }


def in_lists(shown: ScoreModel) -> list[str]:
    """Say how lists would begin by it and by the experts' weights, where that was counted."""
    if "lists" not in shown.figures:
        return []
    learned, experts = shown.figures["lists"]["learned"], shown.figures["lists"]["experts"]
    words = {"learned": learned[0], "experts": experts[0], "people": number_format(learned[2])}
    if learned[0] == experts[0]:
        return [
            _(
                "Of %(people)s lists, %(learned)s begin with what was asked for; as many by the experts’ weights."
            )
            % words
        ]
    said = _(
        "Of %(people)s lists, %(learned)s begin with what was asked for; by the experts’ weights, %(experts)s."
    )
    return [said % words]


# One side --------------------------------------------------------------------------------------------


def read_side(name: str, shown: ScoreModel) -> dict[str, Any]:
    """Return what one side's answers say."""
    titles = {"hers": _("What makes jobseekers say yes"), "theirs": _("What makes employers say yes")}
    told = shown.weights[name]
    return {
        "title": titles[name],
        "id": name,
        "sentences": sentences(name, told),
        "weights": weights_plot(_("What each part counts"), told) if told["way"] != scoring.EXPERTS else None,
        "calibration": calibration(_("Foreseen, and what happened"), shown.figures.get(name)),
        "gain": gain(shown.figures.get(name)),
    }


def shares(told: dict[str, Any]) -> dict[str, tuple[int, int, int]]:
    """Return weight, low and high of each part in percent of what experts gave it; history is left out at 0."""
    found = {}
    for part in scoring.FEATURES:
        ends = [told[key].get(part, 0.0) for key in ("weights", "low", "high")]
        if part != scoring.HISTORY or ends[0] > 0:
            weight, low, high = (round(100 * end / scoring.EXPERT_WEIGHT) for end in ends)
            found[part] = weight, low, high
    return found


def weights_plot(title: str, told: dict[str, Any]) -> plots.DotPlot:
    """Draw what each part counts, beside what experts gave it."""
    names = wording.part_names()
    rows = [
        plots.DotRow(names[part], weight, low, high, against=None if part == scoring.HISTORY else 100)
        for part, (weight, low, high) in shares(told).items()
    ]
    words = plots.DotWords(
        title=title,
        label=_("Part of the score"),
        mean=_("What it counts (%)"),
        span=_("Very likely between"),
        unit="%",
        against=_("Experts’ weight"),
    )
    return plots.dots(rows, axis=AXIS, words=words)


def sentences(name: str, told: dict[str, Any]) -> list[str]:
    """Say in words what counts and what hardly does."""
    if told["way"] == scoring.EXPERTS:
        return [
            _(
                "Answers do not yet say clearly which parts count more than others. "
                "All keep the proportions that experts gave them."
            )
        ]
    names, found = wording.part_names(), shares(told)
    ordered = sorted(found, key=lambda part: -found[part][0])
    much = [names[part] for part in ordered if found[part][0] >= MUCH]
    hardly = [
        names[part] for part in ordered if found[part][2] - found[part][0] < MUCH and found[part][0] < HARDLY
    ]
    said = []
    if much:
        said.append(_("Counts most: %(parts)s.") % {"parts": ", ".join(much)})
    if hardly:
        said.append(_("Hardly counts: %(parts)s.") % {"parts": ", ".join(hardly)})
    if "reasons" in told["way"]:
        said.append(_("The reasons of a no helped to tell."))
    if "history" in told["way"]:
        said.append(_("The choices of people alike helped to tell."))
    return said


# How well it foresees --------------------------------------------------------------------------------


def calibration(title: str, figures: dict[str, Any] | None) -> plots.DotPlot | None:
    """Draw for pairs thought to have about the same chance how many said yes; nothing without later answers."""
    if figures is None:
        return None
    rows = [
        plots.DotRow(
            _("Foreseen: %(said)s%%") % {"said": group.said},
            group.happened,
            group.low,
            group.high,
            against=group.said,
        )
        for group in groups(figures)
    ]
    words = plots.DotWords(
        title=title,
        label=_("Chance foreseen"),
        mean=_("Said yes (%)"),
        span=_("Very likely between"),
        unit="%",
        against=_("Foreseen (%)"),
    )
    return plots.dots(rows, axis=(0, 100), words=words)


def groups(figures: dict[str, Any]) -> list[Group]:
    """Put neighbouring groups together."""
    bins, found = figures["bins"], []
    step = len(bins) // GROUPS
    for first in range(0, step * GROUPS, step):
        some = bins[first : first + step]
        many = sum(one["answers"] for one in some)
        said, happened = (
            sum(one[key] * one["answers"] for one in some) / many for key in ("said", "happened")
        )
        low, high = scoring.interval(happened, many)
        found.append(Group(*(round(100 * value) for value in (said, happened, low, high))))
    return found


def gain(figures: dict[str, Any] | None) -> str:
    """Say how often, of two pairs, it put the one that got a yes before the one that got a no."""
    if figures is None or figures["order"] != figures["order"]:
        return ""
    return _(
        "Checked on %(answers)s later answers that it had not seen. Of a yes and a no, it put the yes first "
        "%(order)s times out of 100. Chance alone would: 50."
    ) % {"answers": figures["answers"], "order": round(100 * figures["order"])}


def version(row: ScoreModel) -> dict[str, Any]:
    return {
        "number": row.version,
        "day": day(row.made_at),
        "hers": number_format(row.hers),
        "theirs": number_format(row.theirs),
        "state": _("Used") if row.is_used else _("Not used"),
    }
