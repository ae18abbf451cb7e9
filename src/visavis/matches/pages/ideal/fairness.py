"""The fairness page of a profile: what each of its lines does to groups of people, and which stopped counting."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from visavis.catalog.models import Department, Occupation
from visavis.matches.bridge import ideal as ideal_bridge
from visavis.matches.models import Correction, LineAudit
from visavis.matches.models.family import GapRow, Interval
from visavis.matches.pages import wording
from visavis.ui import plots

MOST_LINES, MOST_DRAWN, MOST_GROUPS = 12, 8, 4
# What the law names and no file of the service holds.
NOT_HELD = ("sex", "age", "disability")

What = Correction.What


@dataclass
class Read:
    """All that is read for one page."""

    occupation: Occupation
    audits: dict[str, LineAudit]
    credits: dict[str, float]
    kept: dict[str, Correction]
    labels: wording.Labels = field(default_factory=wording.Labels)
    departments: dict[str, str] = field(default_factory=dict)

    @property
    def stopped(self) -> dict[str, list[str]]:
        """Return the lines too unequal to count, with the columns that say so."""
        found: dict[str, list[str]] = {}
        for column, audit in self.audits.items():
            for trait in audit.stopped:
                found.setdefault(trait, []).append(column)
        return found

    def group(self, column: str, code: str) -> str:
        """Return a group in words."""
        if not code:
            return pgettext("groups of people", "all the others")
        if column == "department":
            return self.departments.get(code, code)
        return group_words().get((column, code), code)


def read(occupation: Occupation) -> Read:
    """Read it in a fixed number of queries."""
    _version, rows = ideal_bridge.rows_of(occupation)
    audits = {one.column: one for one in LineAudit.objects.filter(occupation=occupation).order_by("column")}
    kept = Correction.objects.present().filter(occupation=occupation, what=What.KEPT)
    found = Read(
        occupation, audits, {row["code"]: row["credit"] for row in rows}, {one.trait: one for one in kept}
    )
    traits = {gap["trait"] for audit in audits.values() for gap in audit.gaps}
    found.labels = wording.labels_of_traits(traits | found.stopped.keys())
    if "department" in audits:
        codes = {gap["group"] for gap in audits["department"].gaps}
        codes |= {gap["against"] for gap in audits["department"].gaps}
        found.departments = dict(Department.objects.filter(pk__in=codes).values_list("pk", "name"))
    return found


def columns() -> dict[str, str]:
    """Return the columns in words, those of the law first."""
    return {
        "sex": _("Women and men"),
        "age": _("Age"),
        "disability": _("Disability"),
        "place": _("Town or village"),
        "department": _("Department"),
    }


def group_words() -> dict[tuple[str, str], str]:
    """Return the groups whose codes are known, in words."""
    return {
        ("sex", "F"): _("women"),
        ("sex", "M"): _("men"),
        ("disability", "yes"): _("people with a disability"),
        ("disability", "no"): _("people without a disability"),
        ("age", "0-24"): _("people under 25"),
        ("age", "25-49"): _("people of 25 to 49"),
        ("age", "50+"): _("people of 50 and more"),
        ("place", "small-town"): _("people of places under 10,000 inhabitants"),
        ("place", "large-town"): _("people of larger towns"),
    }


def context(occupation: Occupation, asked: str) -> dict[str, Any]:
    """Return what the template shows; `asked` is the column chosen."""
    found = read(occupation)
    names = columns()
    order = [name for name in names if name in found.audits]
    order += [name for name in found.audits if name not in names]
    chosen = asked if asked in found.audits else order[0] if order else ""
    return {
        "columns": [
            {
                "label": names.get(name, name),
                "url": f"?{urlencode({'by': name})}",
                "is_current": name == chosen,
            }
            for name in order
        ],
        "measured_at": found.audits[chosen].measured_at if chosen else None,
        "comparisons": comparisons(found, chosen) if chosen else [],
        "stopped": [stop_words(trait, where, found) for trait, where in sorted(found.stopped.items())],
        "not_held": ", ".join(str(names[name]) for name in NOT_HELD if name not in found.audits),
        "chosen": names.get(chosen, chosen),
    }


def stop_words(trait: str, where: Iterable[str], found: Read) -> dict[str, Any]:
    """Say of a line that is too unequal: by what, and whether a counsellor keeps it and why."""
    names = columns()
    kept = found.kept.get(trait)
    return {
        "label": wording.trait(trait, found.labels),
        "columns": ", ".join(str(names.get(name, name)) for name in where),
        "reasons": [
            gap_words(gap, column, found)
            for column in where
            for gap in found.audits[column].gaps
            if gap["trait"] == trait and ideal_bridge.is_large(gap)
        ][:2],
        "kept": kept.reason if kept else "",
        "kept_at": kept.at if kept else None,
    }


def gap_words(gap: GapRow, column: str, found: Read) -> str:
    """Say who has a line: 20% of women, 90% of men."""
    return _("%(share)s%% of %(group)s have it, %(other_share)s%% of %(others)s.") % {
        "share": percent(gap["share"]),
        "group": found.group(column, gap["group"]),
        "other_share": percent(gap["share_others"]),
        "others": found.group(column, gap["against"]),
    }


# One column --------------------------------------------------------------------------------------


def comparisons(found: Read, column: str) -> list[dict[str, Any]]:
    """Return the comparisons of a column: what is drawn, and each line in figures and words."""
    pairs: dict[tuple[str, str], list[GapRow]] = {}
    for gap in found.audits[column].gaps:
        pairs.setdefault((gap["group"], gap["against"]), []).append(gap)
    widest = sorted(pairs, key=lambda pair: (-max(_weight(gap, found) for gap in pairs[pair]), pair))
    shown = sorted(widest[:MOST_GROUPS])
    most = MOST_LINES // len(shown) if shown else 0
    return [
        _comparison(sorted(pairs[pair], key=lambda gap: -_weight(gap, found))[: max(most, 3)], column, found)
        for pair in shown
    ]


def _weight(gap: GapRow, found: Read) -> float:
    """Order lines: those that count first, the most unequal first."""
    return (found.credits.get(gap["trait"], 0.0) > 0) + abs(gap["having"][0])


def _comparison(gaps: list[GapRow], column: str, found: Read) -> dict[str, Any]:
    group, against = (found.group(column, gaps[0][side]) for side in ("group", "against"))
    title = _("%(group)s, compared with %(others)s") % {"group": group, "others": against}
    title = title[:1].upper() + title[1:]
    words = plots.DotWords(
        title=title,
        label=_("Line"),
        mean=_("Have it: difference in points"),
        span=_("Very likely between"),
        against=_("No difference"),
    )
    rows = []
    for gap in gaps[:MOST_DRAWN]:
        mean, low, high = map(percent, gap["having"])
        rows.append(plots.DotRow(wording.trait(gap["trait"], found.labels), mean, low, high, against=0))
    return {
        "title": title,
        "group": group,
        "others": against,
        "plot": plots.dots(rows, axis=(-100, 100), words=words),
        "lines": [_line(gap, column, found) for gap in gaps if "logits" in gap or ideal_bridge.is_large(gap)],
    }


def _line(gap: GapRow, column: str, found: Read) -> dict[str, Any]:
    return {
        "label": wording.trait(gap["trait"], found.labels),
        "share": percent(gap["share"]),
        "other_share": percent(gap["share_others"]),
        "logits": span_words(gap.get("logits"), 2),
        "places": span_words(gap.get("places"), 1),
        "verdict": verdict_words(gap, found.audits[column], found),
        "is_stopped": gap["trait"] in found.stopped and gap["trait"] not in found.kept,
    }


def verdict_words(gap: GapRow, audit: LineAudit, found: Read) -> str:
    """Say what a difference is, and what follows."""
    if not ideal_bridge.is_large(gap):
        return (
            _("No clear difference.")
            if ideal_bridge.is_none_seen(gap)
            else _("A difference under one fifth.")
        )
    trait = gap["trait"]
    if trait in audit.stopped:
        if trait in found.kept:
            return _("Too unequal. A counsellor keeps it.")
        return _("Too unequal: it stopped counting.")
    if why := audit.justified.get(trait):
        return {
            "sheet": _("Too unequal, but the sheet of the work calls it essential: it counts."),
            "asked": _("Too unequal, but at least half of the vacancies ask for it: it counts."),
        }[why]
    return _("Unequal, but it counts for nothing anyway.")


def span_words(found: Interval | None, decimals: int) -> str:
    """Write a difference with its interval; a line that counts for nothing moves nothing."""
    if found is None:
        return pgettext("what a line moves", "nothing")
    gap, low, high = (signed(value, decimals) for value in found)
    return _("%(gap)s (%(low)s to %(high)s)") % {"gap": gap, "low": low, "high": high}


def signed(value: float, decimals: int) -> str:
    """Write a number with its sign."""
    rounded = round(value, decimals)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return f"{sign}{number_format(abs(rounded), decimal_pos=decimals)}"


def percent(share: float) -> int:
    return round(share * 100)
