"""The threads of a person, and a new one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from visavis.common.errors import Refused
from visavis.mailboxes import permissions, services
from visavis.mailboxes.enums import Voice
from visavis.mailboxes.forms import NewForm
from visavis.mailboxes.models import Message, Thread
from visavis.mailboxes.services import Written
from visavis.people.models import User
from visavis.people.requests import PersonRequest

A_PAGE = 20


def writer(request: PersonRequest) -> User:
    """Return who is signed in if she may write for herself, else 404."""
    if not permissions.can_write_as_herself(request.user):
        raise Http404
    return request.user


@require_GET
def mine(request: PersonRequest) -> HttpResponse:
    """List what she and the service write to each other, the last first."""
    actor = writer(request)
    page = Paginator(Thread.objects.filter(person=actor.pk).select_related("holder"), A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"title": _("My messages"), "page_obj": page, "rows": rows_of(list(page.object_list), actor)}
    return render(request, "mailboxes/mine.html", context)


def rows_of(threads: list[Thread], actor: User) -> list[dict[str, Any]]:
    """Return threads with what she has not read of each."""
    written = Message.objects.filter(thread__in=threads).unopened_by(actor, Voice.OURS, Voice.AUTOMATIC)
    unread: dict[int, int] = {}
    for number in written.order_by().values_list("thread", flat=True):
        unread[number] = unread.get(number, 0) + 1
    return [{"thread": one, "unread": unread.get(one.pk, 0)} for one in threads]


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Write about something new."""
    actor = writer(request)
    form = NewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        written = Written(body=form.cleaned_data["body"], voice=Voice.THEIRS, author=actor, form=form.key)
        try:
            message = services.begin(
                person=actor, subject=form.cleaned_data["subject"], written=written, by=actor
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your message is sent. You see here who opens it."))
            return redirect(message.thread.url)
    context = {"title": _("Write to us"), "form": form, "save_label": _("Send"), "actor": actor}
    return render(request, "mailboxes/new.html", context)
