"""A person who is invited chooses her time: signed in, or by the code of the letter that invites her."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from visavis.appointments import permissions, places, services
from visavis.appointments.enums import Way
from visavis.appointments.inviting.services import NotInvited
from visavis.appointments.models import Appointment, Invitation
from visavis.appointments.views.booking import STATUS_TAKEN, context_of, keep_place, wanted_of
from visavis.appointments.views.one import answer
from visavis.common.errors import Refused
from visavis.news.models import News
from visavis.people.requests import PersonRequest


@require_GET
def page(request: PersonRequest, invitation_id: int) -> HttpResponse:
    """Lead her on: to the free times, or to what she has chosen; who tells her of it, to her appointments."""
    rows = Invitation.objects.visible_to(request.user).select_related("appointment", "person")
    row = get_object_or_404(rows, pk=invitation_id)
    if row.person_id != request.user.pk:
        if permissions.may_book_for(request.user, row.person):
            return redirect("appointments:of", user_id=row.person_id)
        return redirect("appointments:invitations")
    if row.appointment is not None:
        return redirect(row.appointment.url)
    if row.is_open:
        return redirect("appointments:times", kind_id=row.kind_id)
    messages.warning(request, str(NotInvited.words))
    return redirect("appointments:mine")


def by_letter(request: HttpRequest, news: News, url: str) -> HttpResponse:
    """Show the invitation of a letter to the person it was written to: the free times, a look, and it is booked."""
    rows = Invitation.objects.visible_to(news.user).with_words().select_related("person__jobseeker")
    row = get_object_or_404(rows, pk=news.thing_id, person=news.user_id)
    if row.appointment is not None:
        booked = Appointment.objects.with_words().get(pk=row.appointment.pk)
        return answer(request, booked, news.user, url, is_by_letter=True)
    if not row.is_open:
        context = {"title": _("This invitation is over"), "agency": row.kind.agency}
        return render(request, "appointments/invitation_over.html", context)
    return _chosen(request, row, url) if request.method == "POST" else _shown(request, row, url)


def _shown(request: HttpRequest, row: Invitation, url: str, refusal: str = "") -> HttpResponse:
    """Show what is held for her, else the free times."""
    held = _held(row)
    context: dict[str, Any] = {
        "title": row.kind.title,
        "invited_until": row.until,
        "is_by_letter": True,
        "url": url,
    }
    if held is not None and not refusal:
        context |= {"title": _("Is this right?"), "held": held, "has_place": bool(places.free_for(held))}
        return render(request, "appointments/held.html", context)
    context |= context_of(request, row.kind, row.person, refusal)
    return render(request, "appointments/times.html", context, status=STATUS_TAKEN if refusal else 200)


def _held(row: Invitation) -> Appointment | None:
    mine = Appointment.objects.with_words().held_now().filter(person=row.person_id, kind=row.kind_id)
    return mine.order_by("-held_until").first()


def _chosen(request: HttpRequest, row: Invitation, url: str) -> HttpResponse:
    """Hold what is chosen, book what is held, or let it go."""
    act = request.POST.get("act", "")
    try:
        if act in ("book", "let-go"):
            held = _held(row)
            if held is None or held.uid != permissions.held_number(request.POST.get("held", "")):
                raise services.HoldOver
            if act == "let-go":
                services.let_go(uid=held.uid)
            else:
                booked = services.confirm(uid=held.uid, person=row.person, by=row.person)
                messages.success(request, _("Your appointment is booked."))
                keep_place(request, booked)
        else:
            wanted = wanted_of(request, row.kind, Way.LETTER)
            services.hold(wanted=wanted, person=row.person, by=row.person)
    except Refused as refusal:
        return _shown(request, row, url, str(refusal))
    return redirect(url)
