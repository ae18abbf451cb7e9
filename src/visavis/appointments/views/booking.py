"""Book an appointment, with or without an account: what for, when, a look, and it is booked."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from visavis.agencies.models import Agency
from visavis.appointments import limits, permissions, places, services, telling, week
from visavis.appointments.enums import Books, Channel, Nature, State, Way
from visavis.appointments.models import Appointment, Kind, Workshop
from visavis.appointments.services import Wanted
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.jobseekers.services import open_own, profile_of
from visavis.people import codes
from visavis.people.enums import Role
from visavis.people.forms import NameForm
from visavis.people.models import User
from visavis.people.requests import number_in
from visavis.people.services import AddressTaken
from visavis.people.views import signing_in

STATUS_TAKEN = 409
FARTHEST = dt.timedelta(days=800)


def person_of(request: HttpRequest) -> User | None:
    """Return who books for herself, if she is signed in."""
    actor = request.user
    return actor if isinstance(actor, User) and actor.has_role(Role.JOBSEEKER) else None


@login_not_required
@require_GET
def kinds(request: HttpRequest, agency_id: int) -> HttpResponse:
    """List what one may book in an agency."""
    agency = get_object_or_404(
        Agency.objects.visible_to(request.user).select_related("commune"), pk=agency_id
    )
    context = {
        "title": _("Book an appointment"),
        "agency": agency,
        "kinds": permissions.kinds_for(person_of(request), agency),
        "back_url": reverse("agencies:page", kwargs={"agency_id": agency.pk}),
    }
    return render(request, "appointments/kinds.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def times(request: HttpRequest, kind_id: int) -> HttpResponse:
    """Show the free times of a kind, and hold the one that is chosen."""
    kind, person = permissions.kind_for(request.user, kind_id), person_of(request)
    if not permissions.may_book(kind):
        if kind.books == Books.INVITED and not request.user.is_authenticated:
            return redirect(f"{reverse('account_login')}?next={request.path}")
        raise Http404
    if isinstance(request.user, User) and person is None:
        return redirect("appointments:kinds", agency_id=kind.agency_id)
    if kind.nature == Nature.FOLLOW_UP and person is None:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    if request.method == "POST":
        try:
            if person is None:
                limits.check(request, kind.pk)
            held = services.hold(wanted=wanted_of(request, kind), person=person, by=person)
        except Refused as refusal:
            return shown(request, kind, person, str(refusal))
        return redirect("appointments:held", uid=held.uid)
    return shown(request, kind, person)


def wanted_of(request: HttpRequest, kind: Kind, way: Way = Way.WEB) -> Wanted:
    """Read what was chosen: a time, or a workshop, and how to meet. Raises Taken."""
    channel = request.POST.get("channel") or (kind.channels[0] if kind.channels else "")
    if kind.is_workshop:
        number = number_in(request.POST.get("workshop", ""))
        shown_to = request.user if isinstance(request.user, User) else AnonymousUser()
        workshop = Workshop.objects.visible_to(shown_to).filter(kind=kind, pk=number).first()
        if workshop is None:
            raise services.Taken
        return Wanted(kind, workshop.starts_at, channel, way, workshop)
    starts_at = week.chosen(request.POST.get("at", ""))
    if starts_at is None:
        raise services.Taken
    return Wanted(kind, starts_at, channel, way)


def day_of(request: HttpRequest) -> dt.date | None:
    """Return from which day on free times are looked at; what is years away is none."""
    try:
        day = parse_date(request.GET.get("from", ""))
    except ValueError:
        return None
    return day if day is not None and abs(day - clock.today()) < FARTHEST else None


def context_of(
    request: HttpRequest, kind: Kind, person: User | None, refusal: str = "", **search: Any
) -> dict[str, Any]:
    """Return what a page of free times shows; after a refusal first the next three."""
    found: dict[str, Any] = {"kind": kind, "refusal": refusal, "channel": request.POST.get("channel", "")}
    ways = services.channels_for(kind, person)
    found["channels"] = [(one, Channel(one).label) for one in ways]
    if not ways:
        found["refusal"] = str(services.NoNumber.words)
    if kind.is_workshop:
        return found | {"workshops": week.workshops(kind)}
    if refusal:
        found["next_times"] = week.next_times(kind, services.next_free(kind, person))
    try:
        named = permissions.whom(person, kind)
    except Refused as no_counsellor:
        return found | {"refusal": str(no_counsellor)}
    return found | {"week": week.shown(kind, named, day_of(request), **search)}


def shown(request: HttpRequest, kind: Kind, person: User | None, refusal: str = "") -> HttpResponse:
    context = {
        "title": kind.title,
        "invited_until": vars(kind)["invited_until"],
        "back_url": reverse("appointments:kinds", kwargs={"agency_id": kind.agency_id}),
        **context_of(request, kind, person, refusal),
    }
    return render(request, "appointments/times.html", context, status=STATUS_TAKEN if refusal else 200)


def held_or_none(uid: UUID) -> Appointment | None:
    return (
        Appointment.objects.with_words().filter(uid=uid, state=State.HELD, in_place_of__isnull=True).first()
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def held(request: HttpRequest, uid: str) -> HttpResponse:
    """Show what is held; book it. Who has no account says first where to reach her."""
    number = permissions.held_number(uid)
    row, person = held_or_none(number), person_of(request)
    if isinstance(request.user, User) and person is None:
        raise Http404
    if row is None:
        return over(request, number, person)
    if row.person_id is not None and (person is None or row.person_id != person.pk):
        raise Http404
    here = reverse("appointments:held", kwargs={"uid": uid})
    if person is None:
        code_url = reverse("appointments:code", kwargs={"uid": uid})
        shown: dict[str, Any] = {"title": _("Where can we reach you?"), "chosen": row}
        return signing_in.ask_address(
            request, "appointments/contact.html", then=here, code_url=code_url, **shown
        )
    if request.method == "POST":
        if profile_of(person).pk is None:
            open_own(person)
        try:
            booked = services.confirm(uid=number, person=person, by=person)
        except services.HoldOver:
            return over(request, number, person)
        except Refused as refusal:
            # It cannot become hers: others may have the time, and she chooses again where she was.
            services.let_go(uid=number)
            messages.error(request, str(refusal))
            return redirect(around(row))
        messages.success(request, said_of(booked))
        keep_place(request, booked)
        return redirect(booked.url)
    context = {
        "title": _("Is this right?"),
        "held": row,
        "has_place": bool(places.free_for(row)),
        "back_url": around(row),
    }
    return render(request, "appointments/held.html", context)


def around(row: Appointment) -> str:
    """Return the address of the free times around the one that was chosen."""
    times = reverse("appointments:times", kwargs={"kind_id": row.kind_id})
    return f"{times}?from={row.starts_at.astimezone(row.zone):%Y-%m-%d}"


def keep_place(request: HttpRequest, booked: Appointment) -> None:
    """Keep a place of the agency for what was booked, where it was asked; say so when somebody was faster."""
    if "place" in request.POST and not places.keep(booked):
        messages.warning(
            request, _("The booth has just been taken. Choose another time, or use a device of yours.")
        )


def said_of(booked: Appointment) -> str:
    """Say that it is booked, and of the reminder only where one will go."""
    if booked.starts_at - clock.now() > telling.REMIND_BEFORE:
        return _("Your appointment is booked. We remind you two days before.")
    return _("Your appointment is booked.")


def over(request: HttpRequest, uid: UUID, person: User | None) -> HttpResponse:
    """Lead on whoever comes to what is held no more: to the appointment if it is hers, else to the beginning."""
    mine = Appointment.objects.filter(uid=uid, person=person).first() if person else None
    if mine is not None:
        return redirect(mine.url)
    messages.warning(request, str(services.HoldOver.words))
    return redirect("agencies:agencies")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, uid: str) -> HttpResponse:
    """Type the code; who has an account goes on, who has none gives her name first."""
    number = permissions.held_number(uid)
    row = held_or_none(number)
    if row is None:
        return over(request, number, person_of(request))
    here = reverse("appointments:held", kwargs={"uid": uid})
    way = signing_in.Way(here, here, reverse("appointments:name", kwargs={"uid": uid}))
    shown: dict[str, Any] = {"title": _("Type your code"), "chosen": row, "back_url": here}
    return signing_in.try_code(request, "appointments/code.html", way, **shown)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest, uid: str) -> HttpResponse:
    """Ask the name of somebody new, who has proved an address."""
    here = reverse("appointments:held", kwargs={"uid": permissions.held_number(uid)})
    address = codes.proven(request)
    if address is None or request.user.is_authenticated:
        return redirect(here)
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = signing_in.open_account(request, form.cleaned_data["name"], address)
        except AddressTaken:
            return signing_in.start_again(request, signing_in.HAS_ACCOUNT, here)
        return signing_in.let_in(request, user, method="code", then=here)
    context = {"title": _("What is your name?"), "form": form, "save_label": _("Continue")}
    return render(request, "ui/question.html", context)


@login_not_required
@require_POST
def let_go(request: HttpRequest, uid: str) -> HttpResponse:
    """Let go of what is held, to choose another time."""
    number = permissions.held_number(uid)
    row, person = held_or_none(number), person_of(request)
    if row is None or row.person_id not in (None, person.pk if person else None):
        return over(request, number, person)
    services.let_go(uid=number)
    return redirect(around(row))
