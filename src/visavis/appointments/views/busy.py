"""A counsellor's own calendar: where it is read from, whether it was, and what is booked at a busy time."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from visavis.appointments import receiving
from visavis.appointments.busy import codes, services
from visavis.appointments.forms import CalendarFileForm, OutsideAddressForm
from visavis.appointments.models import OutsideCalendar
from visavis.common.uploading import is_too_big, sized
from visavis.people.requests import PersonRequest


def asked(request: PersonRequest) -> str:
    """Return what a form asks for; where no button was named, what it was filled in for."""
    return request.POST.get("act") or (
        "file" if request.FILES else "address" if "address" in request.POST else ""
    )


@sized
@require_http_methods(["GET", "HEAD", "POST"])
def outside(request: PersonRequest) -> HttpResponse:
    """Let a counsellor have her own calendar read: by an address, or once from a file."""
    agency = receiving.where_one_receives(request.user).order_by("pk").first()
    if agency is None:
        raise Http404
    act = asked(request) if request.method == "POST" else ""
    address = OutsideAddressForm(request.POST if act == "address" else None)
    file = CalendarFileForm(*((request.POST, request.FILES) if act == "file" else ()))
    if is_too_big(request):
        # What is too large was left on the wire; an address typed beside it is still there.
        act, file = "big", CalendarFileForm({})
        address = OutsideAddressForm(initial={"address": request.POST.get("address", "")})
        file.errors["file"] = file.error_class([codes.why("big")])
    if act == "address" and address.is_valid():
        services.keep_address(user=request.user, address=address.cleaned_data["address"])
        messages.success(request, _("It is read within a minute, then each hour."))
        return redirect(request.path)
    if act == "file" and file.is_valid():
        try:
            services.keep_file(user=request.user, data=file.cleaned_data["file"].read())
        except codes.Unreadable as refusal:
            file.add_error("file", codes.why(refusal.why))
        else:
            messages.success(request, _("The calendar is read. What is busy in it is not free any more."))
            return redirect(request.path)
    if act == "now":
        services.now(user=request.user)
        messages.success(
            request, _("It is read within a minute. Load this page again to see what became of it.")
        )
        return redirect(request.path)
    if act == "end":
        services.end(user=request.user)
        messages.success(request, _("It is read no more. What was busy in it is free again."))
        return redirect(request.path)
    row = OutsideCalendar.objects.visible_to(request.user).first()
    context = {
        "title": _("My own calendar"),
        "row": row,
        "why": codes.why(row.refusal) if row else "",
        "is_stale": row is not None and row.is_stale(codes.STALE_AFTER),
        "conflicts": services.conflicts(row) if row else [],
        "busy": row.busy.count() if row else 0,
        "address": address,
        "file": file,
        "form": file if act in {"file", "big"} else address,
        "density": "staff",
        "back_url": reverse("appointments:receiving", kwargs={"agency_id": agency.pk}),
    }
    status = 413 if is_too_big(request) else 200
    return render(request, "appointments/outside.html", context, status=status)
