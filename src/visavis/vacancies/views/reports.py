"""Report an ad, without an account; and the agency's page of what is reported, where it hides and shows again."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from visavis.common.errors import Refused
from visavis.tries import limits, marks
from visavis.tries.limits import DAY, Share
from visavis.vacancies import hiding, reporting, services
from visavis.vacancies.forms import HideForm, ReportForm
from visavis.vacancies.models import Report, Vacancy
from visavis.vacancies.views.public import over
from visavis.vacancies.views.request import SignedIn, allow, editable


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, vacancy_id: int) -> HttpResponse:
    """Ask in one tap what is wrong with an open ad, and say what happens next."""
    vacancy = get_object_or_404(Vacancy.objects.once_shown(), pk=vacancy_id)
    if "done" in request.GET:
        return render(request, "vacancies/reported.html", {"title": _("Thank you: a person reads it")})
    if not Vacancy.objects.live().filter(pk=vacancy.pk).exists():
        return over(request, vacancy)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            if is_new_to_us(place_of(request), vacancy):
                reporting.report(vacancy=vacancy, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("words", str(refusal))
        else:
            return redirect(f"{request.path}?done=yes")
    context = {"title": _("Report this ad"), "vacancy": vacancy, "form": form, "reasons": reporting.ONE_TAP}
    return render(request, "vacancies/report.html", context)


REPORTS = Share(3, 3, DAY)


def place_of(request: HttpRequest) -> str:
    """Return where a report comes from: an account, else a network."""
    who = request.user
    return f"user-{who.pk}" if who.is_authenticated else marks.network(request)


def is_new_to_us(place: str, vacancy: Vacancy) -> bool:
    """Count a report by ad and by where it comes from, so that nobody shuts others out.

    The same place is written down three times a day for one ad, and may report any other ad; whoever comes
    after that is thanked all the same: the agency already reads that ad.
    """
    return limits.count([(marks.mark("report", vacancy.pk, place), REPORTS)]) is None


@require_GET
def reports(request: SignedIn) -> HttpResponse:
    """List the ads that are reported, then those that are hidden."""
    allow(reporting.can_settle(request.user))
    waiting = Report.objects.visible_to(request.user).waiting().select_related("vacancy__employer")
    shown = Vacancy.objects.visible_to(request.user).filter(state=Vacancy.State.HIDDEN)
    hidden = shown.exclude(pk__in=[row.vacancy_id for row in waiting]).select_related("employer")
    context = {
        "title": _("Ads to read"),
        "reported": ads(waiting),
        "hidden": [told(vacancy, []) for vacancy in hidden.order_by("-changed_at")[:100]],
        "density": "staff",
    }
    return render(request, "vacancies/reports.html", context)


def ads(waiting: Iterable[Report]) -> list[dict[str, Any]]:
    """Return the reported ads, the one that waits longest first."""
    found: dict[int, list[Report]] = {}
    for row in waiting:
        found.setdefault(row.vacancy_id, []).append(row)
    return [told(rows[0].vacancy, rows) for rows in found.values()]


def told(vacancy: Vacancy, rows: list[Report]) -> dict[str, Any]:
    """Return what the page says of one ad."""
    counts: dict[str, int] = {}
    for row in rows:
        if not row.is_of_reading:
            counts[row.get_why_display()] = counts.get(row.get_why_display(), 0) + 1
    return {
        "vacancy": vacancy,
        "counts": list(counts.items()),
        "words": [row.words for row in rows if row.words],
        "since": rows[0].at if rows else None,
        "why": max((row.why for row in rows), key=[row.why for row in rows].count, default=""),
        "is_asked": any(row.is_of_reading for row in rows),
        "warnings": services.warnings_about(vacancy),
        "hiding": hiding.present(vacancy),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def hide(request: SignedIn, vacancy_id: int) -> HttpResponse:
    """Ask why, then hide an ad from everybody."""
    vacancy = settled(request, vacancy_id)
    form = HideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            hiding.hide(vacancy=vacancy, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(
                request, _("The ad is hidden. Whoever answered it is told. You can show it again below.")
            )
        return redirect("vacancies:reports")
    context = {
        "form": form,
        "title": _("Hide this ad?"),
        "text": vacancy.title,
        "save_label": _("Hide the ad"),
        "danger": True,
        "back_url": reverse("vacancies:page", kwargs={"vacancy_id": vacancy.pk}),
    }
    return render(request, "ui/confirm.html", context)


@require_POST
def show_again(request: SignedIn, vacancy_id: int) -> HttpResponse:
    """Show a hidden ad again; words that the law forbids need a reason."""
    vacancy = settled(request, vacancy_id)
    try:
        services.let_stand(
            vacancy=vacancy, legal_exception=request.POST.get("legal_exception", ""), by=request.user
        )
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The ad is shown again, and its answers stand again."))
    return redirect("vacancies:reports")


@require_POST
def leave(request: SignedIn, vacancy_id: int) -> HttpResponse:
    """Leave an ad as it is: what was reported is settled."""
    hiding.leave(vacancy=settled(request, vacancy_id), by=request.user)
    messages.success(request, _("The ad stays as it is. The reports are settled."))
    return redirect("vacancies:reports")


@require_POST
def ask_agency(request: SignedIn, vacancy_id: int) -> HttpResponse:
    """Ask the agency whether the words of an ad may stand."""
    vacancy = editable(request, vacancy_id)
    reporting.ask_agency(vacancy=vacancy, words=request.POST.get("words", ""), by=request.user)
    messages.success(request, _("It is asked. The agency reads your ad, and calls you."))
    return redirect("vacancies:check", vacancy_id=vacancy.pk)


def settled(request: SignedIn, vacancy_id: int) -> Vacancy:
    """Return a vacancy to whoever may hide it, or answer 404."""
    allow(reporting.can_settle(request.user))
    return get_object_or_404(Vacancy.objects.visible_to(request.user), pk=vacancy_id)
