"""What we know and how: for whoever looks for work, and for whoever watches over the law; and her own row."""

from math import exp
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from visavis.people.requests import PersonRequest
from visavis.privacy.estimates import reports_needed, sway_of_one
from visavis.privacy.privset import PrivSet
from visavis.traces import keys, law, periods, permits
from visavis.traces.counting import GRACE, RULE, STEP
from visavis.traces.models import Stop
from visavis.traces.views.figures import quarter

FALLBACK_EPSILON = 1000


@login_not_required
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Say what is known, how, who sees it, under which law, and what is not protected."""
    period = periods.current()
    context = {
        "title": _("What we know and how"),
        "numbers": numbers(),
        "is_hers": permits.is_for(request.user),
        "articles": law.articles(),
        "seen": law.seen(),
        "kept": law.kept(),
        "is_collecting": period is not None,
        "fingerprint": period and keys.fingerprint(int(period.modulus)),
    }
    return render(request, "traces/knowing.html", context)


def numbers() -> dict[str, Any]:
    """Return the figures that the page tells: those of this deployment."""
    epsilon = settings.VISAVIS_REPORT_EPSILON or FALLBACK_EPSILON
    mechanism = PrivSet.best(k=len(periods.table()["interests"]), m=periods.M, epsilon_thousandths=epsilon)
    cap = max(settings.VISAVIS_REPORT_CAP, epsilon)
    return {
        "epsilon": number_format(epsilon / 1000, decimal_pos=1),
        "cap": number_format(cap / 1000, decimal_pos=1),
        "odds": number_format(round(exp(epsilon / 1000), 1), decimal_pos=1),
        "odds_in_all": str(round(exp(cap / 1000))),
        "reports_in_all": cap // epsilon,
        "interests": mechanism.k,
        "most": mechanism.m,
        "drawn": mechanism.s,
        "sway": round(sway_of_one(mechanism)),
        "needed": number_format(reports_needed(mechanism, RULE), decimal_pos=0, force_grouping=True),
        "widest": round(RULE.widest * 100),
        "step": number_format(STEP, force_grouping=True),
        "grace": GRACE.days,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: PersonRequest) -> HttpResponse:
    """Show her the permits given to her, and stop or allow them. Nobody else has this page."""
    user = request.user
    if not permits.can_have_permits(user):
        raise Http404
    if request.method == "POST":
        if request.POST.get("act") == "stop":
            permits.stop(by=user)
            messages.success(request, _("You will be given no permit any more."))
        elif request.POST.get("act") == "allow":
            permits.allow(by=user)
            messages.success(request, _("Permits can be given to you again."))
        return redirect("traces:mine")
    given = permits.of(user)
    context = {
        "title": _("Permits given to me"),
        "rows": [
            {"quarter": quarter(one.period), "epsilon": thousandths(one.epsilon_thousandths)} for one in given
        ],
        "spent": thousandths(permits.spent(user)),
        "cap": thousandths(settings.VISAVIS_REPORT_CAP),
        "is_stopped": Stop.objects.filter(user=user).exists(),
    }
    return render(request, "traces/mine.html", context)


def thousandths(number: int) -> str:
    return number_format(number / 1000, decimal_pos=1)
