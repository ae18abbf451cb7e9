"""Staff invite one or several people to choose a time: counted first, then told; and what became of it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from visavis.agencies.models import Agency
from visavis.appointments import permissions
from visavis.appointments.enums import Books
from visavis.appointments.forms import InviteForm, MoreForm
from visavis.appointments.inviting import more, room, services
from visavis.appointments.models import Invitation, Kind, OtherDay, TimesAsked
from visavis.appointments.receiving import counsellors_of
from visavis.appointments.views.desk import person_for
from visavis.common.errors import Refused
from visavis.jobseekers import choosing
from visavis.jobseekers.followed import counsellor_of
from visavis.jobseekers.models import Jobseeker
from visavis.journal import services as journal
from visavis.news import channels
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.requests import PersonRequest

A_PAGE = 50


def kinds_of(actor: User) -> Any:
    """Return the kinds to which people of somebody's agencies are invited."""
    given = Kind.objects.filter(agency__in=Agency.objects.of(actor), is_open=True)
    return given.exclude(books=Books.AGENCY).select_related("agency__commune")


@require_http_methods(["GET", "HEAD", "POST"])
def several(request: PersonRequest) -> HttpResponse:
    """Choose to what, whom and until when; look at the free times; invite. Who was ticked elsewhere comes by POST."""
    actor = counsellor_of(request)
    step = request.POST.get("step", "")
    # What comes without a step was not checked yet, and stays as it was typed.
    kinds = kinds_of(actor)
    form = InviteForm(kinds, request.POST) if step else InviteForm(kinds, initial=request.POST.dict())
    if request.method != "POST":
        return _choose(request, form)
    people = choosing.ticked(actor, choosing.numbers(request.POST))
    if step not in ("check", "send", "more") or not form.is_valid():
        return _choose(request, form, people)
    if not people:
        form.add_error(None, _("Tick at least one person."))
        return _choose(request, form, people)
    return _decide(request, form, people, reverse("appointments:invite"))


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: PersonRequest, user_id: int, kind_id: int) -> HttpResponse:
    """Invite one person to a kind, from her page: the free times are counted first."""
    person = person_for(request.user, user_id)
    kind = get_object_or_404(kinds_of(request.user), pk=kind_id)
    given = {"kind": str(kind.pk), "days": request.POST.get("days", str(services.DAYS))}
    form = InviteForm(kinds_of(request.user), given)
    if not form.is_valid():
        raise Http404
    if request.method != "POST":
        journal.read("appointments", person.pk, by=request.user.pk, person_id=person.pk)
    back = reverse("appointments:of", kwargs={"user_id": person.pk})
    return _decide(request, form, [person.jobseeker], back)


def _decide(request: PersonRequest, form: InviteForm, people: Sequence[Jobseeker], back: str) -> HttpResponse:
    """Show what will happen; ask for more times; or invite."""
    kind: Kind = form.cleaned_data["kind"]
    days: int = form.cleaned_data["days"]
    step = request.POST.get("step", "")
    sorted_out = services.sort(kind, people)
    until = services.last_day(kind, days)
    rooms = room.of(kind, sorted_out.people, until)
    if step == "send":
        try:
            made = services.invite(kind=kind, people=people, days=days, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            words = ngettext(
                "%(n)s person is invited to choose a time.",
                "%(n)s people are invited to choose a time.",
                len(made),
            )
            messages.success(
                request, " ".join([words % {"n": len(made)}, *_how(one.person_id for one in made)])
            )
            return redirect("appointments:invitations")
    if step == "more" and room.missing(rooms):
        more.ask(kind=kind, rooms=rooms, until=until, by=request.user)
        messages.success(
            request, _("More times are asked for: it stands on the home page of who can open them.")
        )
    context = {
        "title": _("Free times first, then the invitation"),
        "kind": kind,
        "days": days,
        "until": until,
        "sorted": sorted_out,
        "rooms": rooms,
        "missing": room.missing(rooms),
        "how": _how(one.user_id for one in sorted_out.people),
        "chosen": people,
        "back_url": back,
        "density": "staff",
    }
    return render(request, "appointments/invite_check.html", context)


def _how(people: Iterable[int]) -> list[str]:
    """Say by which channels these people are told, and what somebody has to say."""
    return channels.how(User.objects.filter(pk__in=[*people]))


def _choose(
    request: PersonRequest, form: InviteForm, people: Sequence[Jobseeker] | None = None
) -> HttpResponse:
    some = choosing.offered(request, people, home=reverse("appointments:invite"), what_for="invite")
    context = some | {
        "title": _("Invite several people to an appointment"),
        "form": form,
        "back_url": reverse("appointments:invitations"),
        "density": "staff",
    }
    return render(request, "appointments/invite.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: PersonRequest) -> HttpResponse:
    """List the invitations and where each stands; take one back."""
    actor = request.user
    if not permissions.may_see_invitations(actor):
        raise Http404
    rows = Invitation.objects.visible_to(actor).exclude(person=actor.pk)
    if request.method == "POST":
        return _act(request, rows)
    shows = {
        "open": (_("Not chosen yet"), rows.open()),
        "none-free": (_("No time is free"), rows.open().filter(none_free_since__isnull=False)),
        "expired": (_("No time chosen by the last day"), rows.filter(state=Invitation.State.EXPIRED)),
        "booked": (_("A time is chosen"), rows.filter(state=Invitation.State.BOOKED)),
    }
    show = request.GET.get("show", "")
    show = show if show in shows else "open"
    page = Paginator(shows[show][1].with_words(), A_PAGE).get_page(request.GET.get("page"))
    journal.listed("invitations", by=actor.pk, shown=len(page.object_list), asked=(show, page.number))
    filters = [
        {"url": f"?show={slug}", "label": label, "count": found.count(), "is_current": slug == show}
        for slug, (label, found) in shows.items()
    ]
    context = {
        "title": _("Invitations to choose a time"),
        "page_obj": page,
        "filters": filters,
        "current": shows[show][0],
        "asked": TimesAsked.objects.visible_to(actor).waiting().select_related("kind", "counsellor"),
        "may_book": actor.has_role(Role.COUNSELLOR, Role.RECEPTION),
        "may_invite": actor.has_role(Role.COUNSELLOR),
        "show": show,
        "back_url": reverse("portal:home"),
        "density": "staff",
    }
    return render(request, "appointments/invitations.html", context)


def _act(request: PersonRequest, rows: Any) -> HttpResponse:
    """Take an invitation back."""
    given = request.POST.get("take_back", "")
    row = get_object_or_404(rows, pk=int(given) if given.isdecimal() and len(given) < 16 else 0)
    if services.take_back(invitation=row, by=request.user):
        messages.success(request, _("The invitation is taken back."))
    else:
        messages.info(request, _("This invitation was answered or over already."))
    return redirect(request.get_full_path())


@require_http_methods(["GET", "HEAD", "POST"])
def times_asked(request: PersonRequest, asked_id: int) -> HttpResponse:
    """Open more times: hours of a day, of oneself, or of a colleague for the head."""
    actor = request.user
    rows = TimesAsked.objects.visible_to(actor).select_related("kind__agency__commune", "counsellor", "by")
    asked = get_object_or_404(rows, pk=asked_id)
    form = MoreForm(_receivers(actor, asked), request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        user = given.pop("counsellor")
        other = OtherDay(agency=asked.kind.agency, user=user, is_there=True, **given)
        try:
            made = more.give(asked=asked, other=other, by=actor)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = ngettext("%(n)s time more is free.", "%(n)s times more are free.", made)
            messages.success(request, words % {"n": made})
            return redirect(request.path)
    context = {
        "title": _("More times are needed"),
        "asked": asked,
        "form": form,
        "free": room.times(asked.kind, asked.counsellor, asked.until),
        "open": Invitation.objects.open().filter(kind=asked.kind).count(),
        "back_url": reverse("appointments:invitations"),
        "density": "staff",
    }
    return render(request, "appointments/times_asked.html", context)


@require_POST
def enough(request: PersonRequest, asked_id: int) -> HttpResponse:
    """Say that there are enough times."""
    asked = get_object_or_404(TimesAsked.objects.visible_to(request.user), pk=asked_id)
    more.end(asked=asked, by=request.user)
    messages.success(request, _("Noted: there are enough times."))
    return redirect("appointments:invitations")


def _receivers(actor: User, asked: TimesAsked) -> Any:
    """Return of whom more hours may be opened: of whom they are asked, oneself, or of anybody for the head."""
    works = counsellors_of(asked.kind.agency)
    if asked.counsellor_id is not None:
        return works.filter(pk=asked.counsellor_id)
    is_head = asked.kind.agency.organisation_id in actor.organisation_ids(Role.HEAD)
    return works.order_by("name") if is_head else works.filter(pk=actor.pk)
