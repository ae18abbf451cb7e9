"""What one does at a station while one sits there, besides the whole site."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from visavis.appointments.rooms import room_of
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.people.models import User
from visavis.people.requests import PersonRequest, number_in
from visavis.queues import expected
from visavis.queues import services as queue
from visavis.queues.models import Ticket
from visavis.stations import booths, handing_out, middleware, print_list, printing, reservations, sittings
from visavis.stations.enums import End
from visavis.stations.models import Sitting, Station
from visavis.stations.models.station import rules_of
from visavis.stations.views.kiosk import station_of

MOST_SHEETS = 60


def sitting_of(request: HttpRequest) -> Sitting:
    """Return the sitting of who asks; anybody else gets 404."""
    found: Sitting | None = getattr(request, "sitting", None)
    if found is None:
        raise Http404
    return found


def back(request: HttpRequest) -> HttpResponse:
    """Lead back to the page from which a button of the bar was pressed."""
    asked = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, None) and asked.startswith("/") and len(asked) < 500
    return redirect(asked if is_ours else "stations:home")


@login_not_required
@never_cache
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what one can do here."""
    sitting = sitting_of(request)
    agency = sitting.station.agency
    day = queue.today(agency)
    her = request.user if isinstance(request.user, User) else None
    mine = Ticket.objects.of_day(agency, day).here().filter(person=her).first() if her else None
    context: dict[str, Any] = {
        "sitting": sitting,
        "agency": agency,
        "is_hers": her is not None,
        "appointment": expected.appointment_of(agency, her, day) if her else None,
        "interview": booths.interview_at(sitting),
        "mine": mine or sitting.ticket,
        "left": printing.left(sitting),
        "to_print": sum(not one.is_out for one in print_list.of(request)),
        "hosts": rules_of(agency).hosts if sitting.station.is_machine else [],
        "call": sittings.help_for(sitting),
    }
    interview = context["interview"]
    if her is not None and interview is not None and interview.person_id == her.pk:
        context["room"] = room_of(interview, her)
    with timezone.override(agency.zone):
        return render(request, "stations/home.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def still(request: HttpRequest) -> HttpResponse:
    """Ask whether somebody is there, where no script counts."""
    sitting_of(request)
    if request.method == "POST":
        return redirect("stations:home")
    return render(request, "stations/still.html", {"is_asked": True})


@login_not_required
@require_POST
def beat(request: HttpRequest) -> HttpResponse:
    """Tell the page how long is left; note that somebody touched it. Between two people, keep the line moving."""
    station, now = station_of(request), clock.now()
    Station.objects.filter(pk=station.pk).exclude(heard_at__gt=now - Station.SILENT / 5).update(heard_at=now)
    sitting: Sitting | None = getattr(request, "sitting", None)
    if sitting is None:
        reservations.settle(station.agency)
        kept = reservations.kept_for(station)
        return JsonResponse({"over": True, "kept": kept.ticket.number if kept else 0})
    if request.POST.get("active"):
        sittings.note_use(sitting, now)
    sittings.mind_the_end(sitting)
    left = max(0, int((sitting.ends_at - now).total_seconds()))
    return JsonResponse({"left": left, "closing": sitting.to_closing})


@login_not_required
@require_POST
def more(request: HttpRequest) -> HttpResponse:
    """Give more time while nobody waits."""
    try:
        sittings.extend(sitting=sitting_of(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("You have more time."))
    return back(request)


@login_not_required
@require_POST
def help_(request: HttpRequest) -> HttpResponse:
    """Call somebody of the agency."""
    sittings.call_help(station=sitting_of(request).station)
    messages.success(request, _("Reception is told: stay here, go on meanwhile."))
    return back(request)


@require_POST
def check_in(request: PersonRequest) -> HttpResponse:
    """Say that she has come for her appointment: she gets a ticket, and who receives her knows."""
    sitting = sitting_of(request)
    try:
        given = queue.come_in(agency=sitting.station.agency, by=None, person=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("stations:home")
    said = _("You are announced: your number is %(number)s. The screen of the hall calls it.")
    messages.success(request, said % {"number": given.number})
    return redirect("stations:home")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def prints(request: HttpRequest) -> HttpResponse:
    """Show what she wants on paper, to hand out one by one; put a document there, or take it out."""
    sitting = sitting_of(request)
    if request.method == "POST":
        path, act = asked_path(request), request.POST.get("act", "")
        if act == "out":
            print_list.take_out(request, path)
            return redirect("stations:prints")
        name = request.POST.get("name", "").strip()[: print_list.LONGEST_NAME]
        job = print_list.Job(path, name, max(1, number_in(request.POST.get("pages", ""))))
        try:
            print_list.keep(request, job)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("stations:prints")
    rows, left = print_list.of(request), printing.left(sitting)
    context = {"rows": rows, "left": left, "back_url": reverse("stations:home")}
    return render(request, "stations/prints.html", context)


def asked_path(request: HttpRequest) -> str:
    """Return the page of ours of which a form speaks; anything else is 404."""
    path = request.POST.get("path", "")
    if not path.startswith("/") or not url_has_allowed_host_and_scheme(path, None) or len(path) > 500:
        raise Http404
    return path


@login_not_required
@require_POST
def hand_out(request: HttpRequest) -> HttpResponse:
    """Take the pages of a PDF off the balance, and lead to it."""
    sitting = sitting_of(request)
    path, pages = asked_path(request), number_in(request.POST.get("pages", ""))
    try:
        printing.hand_out(sitting=sitting, pages=pages)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(path)
    mark = handing_out.allow(request, path, pages)
    print_list.note_out(request, path)
    return redirect(f"{path}{'&' if '?' in path else '?'}handed={mark}")


@login_not_required
@require_POST
def hand_out_page(request: HttpRequest) -> HttpResponse:
    """Take the sheets of a page off the balance, before the browser prints it."""
    pages = number_in(request.POST.get("pages", ""))
    try:
        printing.hand_out(sitting=sitting_of(request), pages=min(pages, MOST_SHEETS))
    except Refused as refusal:
        return JsonResponse({"refused": str(refusal)})
    return JsonResponse({"refused": ""})


@login_not_required
@require_POST
def finish(request: HttpRequest) -> HttpResponse:
    """Finish and wipe: by her own hand, or by the page's when nobody is there or the time is over."""
    sitting = sitting_of(request)
    asked = request.POST.get("why", "")
    if asked == End.TIME and sitting.to_closing:
        asked = End.CLOSING
    why = End(asked) if asked in {End.IDLE, End.TIME, End.CLOSING} else End.FINISHED
    return middleware.finished(request, sitting, why)
