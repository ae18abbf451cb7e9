"""Minutes of one meeting: written and shared by the service, read by the person."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from visavis.casefiles import compared, drafting, permissions, services
from visavis.casefiles.forms import MinutesForm
from visavis.casefiles.models import Minutes
from visavis.common.errors import Refused
from visavis.journal import services as journal
from visavis.news import channels
from visavis.people.models import User
from visavis.people.requests import PersonRequest, number_in

STATUS_MEANWHILE = 409


def minutes_of(actor: User, minutes_id: int) -> Minutes:
    """Return minutes that somebody may see, else 404."""
    rows = Minutes.objects.visible_to(actor)
    words = (
        "agency",
        "person__jobseeker",
        "appointment__kind",
        "appointment__agency",
        "saved_by",
        "writer",
        "thread",
    )
    return get_object_or_404(rows.select_related(*words), pk=minutes_id)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PersonRequest, minutes_id: int) -> HttpResponse:
    """Show minutes to the person, who may say that she has read them; let the service write and share them."""
    row = minutes_of(request.user, minutes_id)
    if row.person_id == request.user.pk:
        return _hers(request, row)
    if request.method == "POST":
        return _write(request, row)
    journal.read("minutes", row.pk, by=request.user.pk, person_id=row.person_id)
    return _show(
        request, row, MinutesForm(initial={"body": row.body, "agreed": row.agreed, "version": row.version})
    )


def _hers(request: PersonRequest, row: Minutes) -> HttpResponse:
    refusal = ""
    if request.method == "POST":
        try:
            services.note_read(minutes=row, number=number_in(request.POST.get("number", "")), by=request.user)
        except services.Meanwhile as refused:
            refusal = str(refused)
            row.refresh_from_db()
        else:
            messages.success(request, _("Noted: you have read these minutes."))
            return redirect(row.url)
    told = compared.told(list(row.versions.select_related("by")))
    context = {
        "title": _("Minutes of our meeting"),
        "row": row,
        "newest": told[0],
        "earlier": told[1:],
        "shown": drafting.shown_in(row, request.user, told[0].version.body),
        "refusal": refusal,
        "back_url": reverse("casefiles:mine"),
    }
    return render(request, "casefiles/read.html", context, status=STATUS_MEANWHILE if refusal else 200)


def _write(request: PersonRequest, row: Minutes) -> HttpResponse:
    """Save or share what was typed; what somebody else saved meanwhile stands beside it."""
    form = MinutesForm(request.POST)
    if not form.is_valid():
        return _show(request, row, form)
    is_shared = request.POST.get("act") == "share"
    try:
        (services.share if is_shared else services.save)(
            minutes=row, text=form.text, by=request.user, seen=form.seen
        )
    except services.Meanwhile as refused:
        theirs = minutes_of(request.user, row.pk)
        again = MinutesForm(request.POST.dict() | {"version": str(theirs.version)})
        again.add_error(None, str(refused))
        return _show(request, theirs, again, theirs=theirs)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _show(request, row, form)
    if is_shared:
        messages.success(request, channels.told(row.person, _("The minutes are shared.")))
    else:
        messages.success(request, _("The minutes are saved. The person does not read them yet."))
    return redirect(row.url)


def _show(
    request: PersonRequest, row: Minutes, form: MinutesForm, theirs: Minutes | None = None
) -> HttpResponse:
    row.ended_at = services.ended_of(row, request.user)
    context: dict[str, Any] = {
        "title": _("Minutes of a meeting"),
        "row": row,
        "form": form,
        "theirs": theirs,
        "versions": compared.told(list(row.versions.select_related("by"))),
        "shown": drafting.shown_in(row, request.user),
        "back_url": _back(row),
        "density": "staff",
    }
    return render(request, "casefiles/write.html", context, status=STATUS_MEANWHILE if theirs else 200)


def _back(row: Minutes) -> str:
    jobseeker = getattr(row.person, "jobseeker", None)
    return reverse("casefiles:of", kwargs={"jobseeker_id": jobseeker.pk}) if jobseeker else ""


@require_http_methods(["GET", "HEAD", "POST"])
def throw_away(request: PersonRequest, minutes_id: int) -> HttpResponse:
    """Ask, then delete minutes that nobody has shared."""
    row = minutes_of(request.user, minutes_id)
    if not permissions.can_write(request.user, row):
        raise Http404
    if request.method == "POST":
        try:
            services.throw_away(minutes=row, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(row.url)
        messages.success(request, _("The draft is thrown away."))
        return redirect(_back(row) or reverse("portal:home"))
    context = {
        "title": _("Throw these minutes away?"),
        "text": _("The draft is deleted at once, and cannot be brought back."),
        "save_label": _("Throw away"),
        "danger": True,
        "back_url": row.url,
    }
    return render(request, "ui/confirm.html", context)
