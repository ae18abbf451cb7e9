"""Both yes that one colleague noted alone: another one asks a side, and confirms them. No name is shown."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from visavis.common.errors import Refused
from visavis.introductions import cards, services, wording
from visavis.introductions.cards import EmployerCard
from visavis.introductions.enums import Act, Side
from visavis.introductions.models import Introduction
from visavis.introductions.wording import Story
from visavis.jobseekers.permissions import can_list_people
from visavis.people.requests import PersonRequest, number_in


@dataclass(frozen=True)
class Noted:
    """One introduction whose both yes one colleague noted: for which vacancy, by whom, until when it can be stopped."""

    row: Introduction
    title: str
    employer: EmployerCard
    story: Story
    by: str


@require_http_methods(["GET", "HEAD", "POST"])
def to_second(request: PersonRequest) -> HttpResponse:
    """List them for the colleagues of the agency, and confirm one."""
    actor = request.user
    if not can_list_people(actor):
        raise Http404
    rows = Introduction.objects.to_second(actor)
    if request.method != "POST":
        noted = [noted_of(row) for row in rows.with_person().prefetch_related("steps__by")]
        return render(request, "introductions/to_second.html", {"noted": noted})
    row = get_object_or_404(rows, pk=number_in(request.POST.get("introduction", "")))
    try:
        services.second(introduction=row, by=actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Both yes are confirmed. Both sides are told, and may reach each other."))
    return redirect("introductions:to_second")


def noted_of(row: Introduction) -> Noted:
    yes = [step.by for step in row.steps.all() if step.act in (Act.AGREE, Act.ASK, Act.ACCEPT) and step.by]
    return Noted(
        row,
        cards.title_of(row),
        cards.of_employer(row),
        wording.story(row, Side.COUNSELLOR),
        yes[-1].name if yes else "",
    )
