"""What somebody of the service begins: a message to a person, or what she said by phone or at the counter."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from visavis.common.errors import Refused
from visavis.jobseekers.models import Jobseeker
from visavis.journal import services as journal
from visavis.mailboxes import permissions, services
from visavis.mailboxes.enums import Voice, Way
from visavis.mailboxes.forms import NewForm, NewReplyForm, NotedForm
from visavis.mailboxes.models import Message
from visavis.mailboxes.services import Written
from visavis.news import channels
from visavis.people.requests import PersonRequest


def person_of(request: PersonRequest, jobseeker_id: int) -> Jobseeker:
    people = Jobseeker.objects.visible_to(request.user).select_related("user", "agency", "counsellor")
    return get_object_or_404(people, pk=jobseeker_id)


@require_http_methods(["GET", "HEAD", "POST"])
def to_person(request: PersonRequest, jobseeker_id: int) -> HttpResponse:
    """Write to a person: she is told by her channel."""
    jobseeker = person_of(request, jobseeker_id)
    if not permissions.can_write_to(request.user, jobseeker.user):
        raise Http404
    form = NewReplyForm(request.POST or None)

    def written() -> Written:
        given = form.cleaned_data
        return Written(
            body=given["body"],
            voice=Voice.OURS,
            author=request.user,
            form=form.key,
            expects_answer=given["expects_answer"],
            due_on=given["due_on"],
        )

    context = {
        "title": _("Write to %(name)s") % {"name": jobseeker.user.name},
        "channel": jobseeker.user.get_channel_display(),
        "save_label": _("Send"),
    }
    sent = channels.told(jobseeker.user, _("Your message is sent."))
    return _written(request, jobseeker, form, written, context, sent)


@require_http_methods(["GET", "HEAD", "POST"])
def said(request: PersonRequest, jobseeker_id: int) -> HttpResponse:
    """Write down what a person said by phone, at the counter or in a letter: it lies in the letterbox."""
    jobseeker = person_of(request, jobseeker_id)
    if not permissions.can_note_for(request.user, jobseeker.user):
        raise Http404
    form = NotedForm(request.POST or None)

    def written() -> Written:
        given = form.cleaned_data
        return Written(
            body=given["body"],
            voice=Voice.THEIRS,
            way=Way(given["way"]),
            author=jobseeker.user,
            noted_by=request.user,
            form=form.key,
        )

    context = {
        "title": _("What %(name)s said") % {"name": jobseeker.user.name},
        "save_label": _("Put it in the letterbox"),
    }
    follower = jobseeker.counsellor.name if jobseeker.counsellor else _("the team")
    return _written(
        request,
        jobseeker,
        form,
        written,
        context,
        _("It lies in the letterbox: %(name)s answers.") % {"name": follower},
    )


def _written(
    request: PersonRequest,
    jobseeker: Jobseeker,
    form: NewForm,
    written: Any,
    context: dict[str, Any],
    sent: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            message = services.begin(
                person=jobseeker.user,
                subject=form.cleaned_data["subject"],
                written=written(),
                by=request.user,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, sent)
            return redirect(after(request, jobseeker, message))
    journal.read("jobseeker", jobseeker.pk, by=request.user.pk, person_id=jobseeker.user_id)
    context |= {
        "form": form,
        "back_url": reverse("jobseekers:person", kwargs={"jobseeker_id": jobseeker.pk}),
        "density": "staff",
    }
    return render(request, "mailboxes/written.html", context)


def after(request: PersonRequest, jobseeker: Jobseeker, message: Message) -> str:
    """Return where to go on: the thread for who may read it, else the head of the file."""
    if permissions.can_write_to(request.user, jobseeker.user):
        return message.thread.url
    return reverse("jobseekers:person", kwargs={"jobseeker_id": jobseeker.pk})
