"""One introduction: where it stands, whose turn it is, both cards, and what one can do now."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from visavis.common.errors import Refused
from visavis.introductions import (
    cards,
    lasting,
    offers,
    permissions,
    stories,
    timeline,
    undoing,
    waiting,
    wording,
)
from visavis.introductions.enums import Act, Side, State
from visavis.introductions.forms import ActForm, form_for
from visavis.introductions.models import Introduction
from visavis.introductions.services import Moved, NotNow
from visavis.introductions.views.acting import act_asked, perform
from visavis.introductions.views.answering import Answering, answering
from visavis.jobseekers.away import away
from visavis.people.requests import PersonRequest

LABELS: dict[Act, Promise] = {
    Act.ACCEPT: gettext_lazy("Yes, I want to go on"),
    Act.DECLINE: gettext_lazy("No, not this one"),
    Act.AGREE: gettext_lazy("Yes, I want to meet this person"),
    Act.SECOND: gettext_lazy("Yes, it is so: go on now"),
    Act.REFUSE: gettext_lazy("No, I do not go on"),
    Act.TAKE_TIME: gettext_lazy("Take this time"),
    Act.OTHER_TIME: gettext_lazy("None of these times suits"),
    Act.SET_TIME: gettext_lazy("Propose a time to meet"),
    Act.CANCEL: gettext_lazy("Cancel the meeting"),
    Act.DECLARE: gettext_lazy("There is a hire"),
    Act.CONFIRM: gettext_lazy("Yes, the hire is so"),
    Act.DISPUTE: gettext_lazy("No, this is not so"),
    Act.NOT_HIRE: gettext_lazy("It does not lead to a hire"),
    Act.WITHDRAW: gettext_lazy("Take it back"),
    Act.UNDO: gettext_lazy("Take my last answer back"),
}
SIDES: dict[Side, Promise] = {
    Side.JOBSEEKER: gettext_lazy("What the person says"),
    Side.EMPLOYER: gettext_lazy("What the employer says"),
    Side.COUNSELLOR: gettext_lazy("What I note as counsellor"),
}


@dataclass(frozen=True)
class Offer:
    """One thing to do now: its words, and its form."""

    label: str | Promise
    form: ActForm
    is_one_tap: bool
    is_open: bool


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PersonRequest, introduction_id: int) -> HttpResponse:
    """Show where it stands, and do what one side says."""
    found = answering(request, introduction_id)
    if request.method != "POST":
        return show(request, found)
    act = act_asked(request.POST.get("act", ""))
    if act is None:
        messages.error(
            request, _("We did not understand this answer. Nothing was changed: please choose again.")
        )
        return redirect("introductions:page", introduction_id=found.row.pk)
    form = form_for(act, found.side, found.row, request.POST)
    if not form.is_valid():
        odd = form.page_is_odd
        return show(request, found, form.again(found.row, str(Moved())) if odd else form)
    try:
        perform(found, form)
    except Refused as refusal:
        fresh = answering(request, introduction_id)
        stale = isinstance(refusal, Moved | NotNow)
        return show(request, fresh, form.again(fresh.row, str(refusal)), status=409 if stale else 200)
    messages.success(request, done(act))
    return after(found)


def done(act: Act) -> str:
    """Say what has just happened."""
    if act == Act.UNDO:
        return _("Your last answer is taken back. Below you read where it stands now.")
    return _("Your answer is kept. You can take it back for one day.")


def after(found: Answering) -> HttpResponse:
    """Lead back to the page, or to the vacancy when the employer no longer sees it."""
    if Introduction.objects.visible_to(found.actor).filter(pk=found.row.pk).exists():
        address = found.row.url
        return redirect(f"{address}?for={found.side}" if len(found.sides) > 1 else address)
    return redirect("introductions:of_vacancy", vacancy_id=found.row.vacancy_id)


def show(
    request: PersonRequest, found: Answering, form: ActForm | None = None, status: int = 200
) -> HttpResponse:
    return render(request, "introductions/page.html", context_of(found, form), status=status)


def context_of(found: Answering, form: ActForm | None = None) -> dict[str, Any]:
    """Return all that a page says of an introduction to one reader."""
    row, reader = found.row, found.reader
    person = cards.of_person(row)
    shown, questions = offers_of(found, form), waiting.questions_of(row)
    is_on_page = form is not None and any(offer.form is form for offer in shown)
    return {
        "title": person.title if reader == Side.EMPLOYER else row.vacancy.title,
        "row": row,
        "reader": reader.value,
        "side": found.side.value,
        "story": wording.story(row, reader),
        "person": person,
        "is_before_both_yes": row.is_open and not permissions.identity_is_shared(row),
        "lasting": lasting.words(row, reader),
        "employer": cards.of_employer(row),
        "name": row.jobseeker.user.name if reader == Side.COUNSELLOR else "",
        "away": away(row.jobseeker) if reader == Side.JOBSEEKER else None,
        "note": row.note if reader != Side.EMPLOYER else "",
        "hire": stories.hire_of(row),
        "questions": questions,
        "is_gone": any(question.is_gone for question in questions),
        "lines": timeline.lines(row, reader),
        "taps": [offer for offer in shown if offer.is_one_tap],
        "folded": [offer for offer in shown if not offer.is_one_tap],
        "undo": undo_of(found),
        "form": form,
        "typed": form.typed() if form and not is_on_page else [],
        "sides": sides_of(found),
        "back_url": back_url(found),
        "density": "staff" if reader == Side.COUNSELLOR else "",
    }


def offers_of(found: Answering, form: ActForm | None) -> list[Offer]:
    """Return what the side can do now; the form that was answered takes the place of its own."""
    shown = []
    for place, act in enumerate(offers.offered(found.row, found.side, found.actor)):
        answered = form is not None and form.asked == act
        kept = form if form is not None and answered else form_for(act, found.side, found.row)
        one_tap = offers.is_one_tap(found.row, found.side, act)
        is_set = stories.situation_of(found.row) == stories.Situation.TO_MEET
        is_first = place == 0 and not one_tap and not is_set and act not in offers.NOES
        shown.append(Offer(label_of(act, found), kept, one_tap, answered or is_first))
    return shown


def label_of(act: Act, found: Answering) -> str | Promise:
    """Return the words of an act."""
    if act == Act.TAKE_TIME and len(found.row.times_left()) > 1:
        return _("Take one of these times")
    if act == Act.SET_TIME and found.row.meeting_at is not None:
        return _("Propose another time")
    if act == Act.WITHDRAW and found.row.state == State.AGREED:
        return _("I no longer want to go on")
    return LABELS[act]


def undo_of(found: Answering) -> ActForm | None:
    """Return the form that takes the last answer back, while it may be."""
    return form_for(Act.UNDO, found.side, found.row) if undoing.can_undo(found.row, found.actor) else None


def sides_of(found: Answering) -> list[dict[str, Any]]:
    """Return the sides one may note an answer for, for `ui/filters.html`."""
    if len(found.sides) < 2 or not found.row.is_open:
        return []
    here = found.row.url
    return [
        {"url": f"{here}?for={side}", "label": SIDES[side], "count": None, "is_current": side == found.side}
        for side in found.sides
    ]


def back_url(found: Answering) -> str:
    """Return where the reader came from."""
    if found.is_hers:
        return reverse("introductions:mine")
    if found.reader == Side.EMPLOYER:
        return reverse("introductions:of_vacancy", kwargs={"vacancy_id": found.row.vacancy_id})
    return reverse("jobseekers:person", kwargs={"jobseeker_id": found.row.jobseeker_id})
