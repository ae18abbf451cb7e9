"""Some months after a hire: one question, asked once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.introductions import hires, waiting
from visavis.introductions.forms import StillThereForm
from visavis.introductions.models import FollowUp
from visavis.introductions.views.answering import Answering, answering
from visavis.people.requests import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
def still_there(request: PersonRequest, introduction_id: int, months: int) -> HttpResponse:
    """Ask whether the person is still in the job; the first answer stands."""
    found = answering(request, introduction_id)
    asked = waiting.questions_of(found.row)
    due = FollowUp.objects.filter(hire__in={one.hire_id for one in asked}, due_on__lte=clock.today())
    question = get_object_or_404(due.select_related("hire__introduction__jobseeker"), months=months)
    if question not in asked:
        messages.info(request, _("We know already that this work has ended. Nothing more is asked."))
        return redirect("introductions:page", introduction_id=introduction_id)
    if question.answered_at is not None:
        messages.info(request, _("This question is answered already: the first answer stands."))
        return redirect("introductions:page", introduction_id=introduction_id)
    data = request.POST if request.method == "POST" else None
    form = StillThereForm(data, is_hers=found.is_hers, months=months, day=question.due_on)
    if data is None or not form.is_valid():
        return show(request, found, form)
    try:
        hires.answer_follow_up(
            question=question, answer=form.cleaned_data["answer"], side=found.reader, by=found.actor
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return show(request, found, form)
    messages.success(request, _("Thank you. We do not ask this again."))
    return redirect("introductions:page", introduction_id=introduction_id)


def show(request: PersonRequest, found: Answering, form: StillThereForm) -> HttpResponse:
    title = (
        ngettext(
            "%(number)s month after the first day: are you still there?",
            "%(number)s months after the first day: are you still there?",
            form.months,
        )
        if found.is_hers
        else ngettext(
            "%(number)s month after the first day: is the person still there?",
            "%(number)s months after the first day: is the person still there?",
            form.months,
        )
    )
    context = {
        "form": form,
        "title": title % {"number": form.months},
        "hint": found.row.vacancy.title,
        "save_label": _("Answer"),
        "kept": _("Asked once. The answer changes nothing for you: it tells whether what we propose lasts."),
        "back_url": found.row.url,
    }
    return render(request, "introductions/still_there.html", context)
