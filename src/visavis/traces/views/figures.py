"""Public figures: what people of a family like, with intervals, and how many more reports the others need."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from visavis.catalog import starter
from visavis.catalog.models import Interest
from visavis.traces import periods
from visavis.traces.counting import RULE
from visavis.traces.models import Figure, Period, Standing
from visavis.ui import plots

AT_MOST = 20
# Fewer reports than these are told as "fewer": how many a small group sent is nobody's business.
TOLD_FROM = 100


@login_not_required
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """Show the figures of a quarter: the latest that has any, everybody first, then a family."""
    period = Period.objects.filter(standings__isnull=False).order_by("-starts_on").first()
    asked = request.GET.get("group", "")
    named = names()
    group = asked if asked in named else ""
    context: dict[str, Any] = {
        "title": _("What people here like"),
        "period": period and quarter(period),
        "widest": round(RULE.widest * 100),
        "group_name": named[group],
        "group": group,
        "plot": None,
        "standing": None,
        "published": [],
        "missing": [],
    }
    if period:
        context["plot"] = plot(period, group, named[group])
        own = period.standings.filter(group=group).first()
        context["standing"] = own and told(own, named)
        others = [told(one, named) for one in period.standings.exclude(group="") if one.group in named]
        context["published"] = [one for one in others if one["is_published"]]
        context["missing"] = [one for one in others if not one["is_published"]]
    return render(request, "traces/figures.html", context)


def names() -> dict[str, str]:
    """Return the groups in words: everybody, domains, families."""
    is_french = (get_language() or "fr").startswith("fr")
    domains = ((one.code.lower(), one.label_fr, one.label_en) for one in starter.load().domains)
    every = {code: fr if is_french else en for code, fr, en in (*domains, *periods.groups())}
    return {"": _("Everybody who reported")} | every


def quarter(period: Period) -> str:
    year, _hyphen, number = period.code.partition("-")
    return _("quarter %(number)s of %(year)s") % {"number": number, "year": year}


def plot(period: Period, group: str, name: str) -> plots.DotPlot | None:
    """Draw the published shares of a group, the best liked first."""
    rows = list(Figure.objects.filter(period=period, group=group)[:AT_MOST])
    if not rows:
        return None
    labels = {one.code: one.label for one in Interest.objects.filter(code__in=[row.interest for row in rows])}
    drawn = [
        plots.DotRow(labels.get(row.interest, row.interest), part(row.share), part(row.low), part(row.high))
        for row in rows
    ]
    words = plots.DotWords(
        name,
        label=_("Interest"),
        mean=_("People who name it, in a hundred"),
        span=_("The truth lies in it 95 times in a hundred"),
    )
    return plots.dots(drawn, axis=(0, max(row.high or 0 for row in drawn)), words=words)


def part(share: float) -> float:
    return round(share * 100, 1)


def told(standing: Standing, named: dict[str, str]) -> dict[str, Any]:
    """Say how far a group is."""
    return {
        "group": standing.group,
        "name": named[standing.group],
        "reports": number_words(standing.reports),
        "is_published": not standing.more_needed,
        "missing": ngettext(
            "about %(number)s more report is needed",
            "about %(number)s more reports are needed",
            standing.more_needed,
        )
        % {"number": grouped(rounded(standing.more_needed))},
        "missing_number": grouped(rounded(standing.more_needed)),
    }


def number_words(reports: int) -> str:
    if reports < TOLD_FROM:
        return _("fewer than %(number)s") % {"number": TOLD_FROM}
    return grouped(rounded(reports))


def grouped(number: int) -> str:
    return number_format(number, force_grouping=True)


def rounded(number: int) -> int:
    """Round to hundreds, up: an exact number would tell when one more came."""
    return -(-number // 100) * 100
