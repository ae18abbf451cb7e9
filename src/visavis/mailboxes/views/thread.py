"""One thread: read, answered, noted in, given to somebody."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from visavis.agencies.handing import takers
from visavis.common.errors import Refused
from visavis.mailboxes import drafts, moving, reading, services, told
from visavis.mailboxes.enums import Voice
from visavis.mailboxes.forms import MessageForm, MoveForm, PutOffForm, ReplyForm
from visavis.mailboxes.models import Message, ReadyText, Thread
from visavis.mailboxes.services import Written
from visavis.news import channels
from visavis.people.models import User
from visavis.people.requests import PersonRequest, number_in


def thread_of(request: PersonRequest, thread_id: int) -> Thread:
    """Return a thread that the actor may read, else 404."""
    threads = Thread.objects.visible_to(request.user).select_related("person__jobseeker", "agency", "holder")
    return get_object_or_404(threads, pk=thread_id)


@dataclass(frozen=True)
class Reading:
    """Who reads a thread, at which address of his; by the code of a letter, nothing else opens there."""

    reader: User
    url: str
    is_by_letter: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PersonRequest, thread_id: int) -> HttpResponse:
    """Show what is written; send an answer, keep a draft, add a note for colleagues."""
    thread = thread_of(request, thread_id)
    return answer(request, thread, Reading(request.user, thread.url))


def answer(request: HttpRequest, thread: Thread, of: Reading) -> HttpResponse:
    """Show a thread to somebody who may read it, and do what was sent."""
    is_hers = thread.person_id == of.reader.pk
    form_class = MessageForm if is_hers else ReplyForm
    if request.method != "POST":
        return show(request, thread, form_class(initial={"body": begun(request, thread, of.reader)}), of)
    form = form_class(request.POST)
    act = request.POST.get("act", "send")
    if act == "draft":
        drafts.keep(thread=thread, body=request.POST.get("body", "")[: Message.LONGEST], by=of.reader)
        messages.success(request, _("Kept as a draft. Nobody but you reads it."))
        return redirect(of.url + "#answer")
    if not form.is_valid():
        return show(request, thread, form, of)
    voice = Voice.THEIRS if is_hers else Voice.NOTE if act == "note" else Voice.OURS
    written = Written(
        body=form.cleaned_data["body"],
        voice=voice,
        author=of.reader,
        form=form.key,
        expects_answer=form.cleaned_data.get("expects_answer", False),
        due_on=form.cleaned_data.get("due_on"),
    )
    try:
        message = services.write(thread=thread, written=written, by=of.reader)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return show(request, thread, form, of)
    messages.success(request, after(voice, thread.person))
    return redirect(f"{of.url}?sent={message.number}#message-{message.number}")


def after(voice: Voice, person: User) -> str:
    """Say what became of what was sent."""
    if voice == Voice.THEIRS:
        return _("Your message is sent. You see here who opens it.")
    if voice == Voice.NOTE:
        return _("Your note is kept. Only colleagues read it.")
    return channels.told(person, _("Your message is sent."))


def begun(request: HttpRequest, thread: Thread, reader: User) -> str:
    """Return what stands in the field: a text kept ready that was chosen, else the draft."""
    if chosen := number_in(request.GET.get("ready", "")):
        ready = ReadyText.objects.visible_to(reader).filter(pk=chosen).first()
        if ready is not None:
            return ready.body
    return drafts.of(thread, reader)


def show(request: HttpRequest, thread: Thread, form: MessageForm, of: Reading) -> HttpResponse:
    opened = reading.read(thread, by=of.reader)
    is_hers = thread.person_id == of.reader.pk
    context: dict[str, Any] = {
        "title": thread.subject,
        "thread": thread,
        "lines": told.said(thread, opened.messages, of.reader),
        "first": opened.first,
        "form": form,
        "is_hers": is_hers,
        "url": of.url,
        "is_by_letter": of.is_by_letter,
        "back_url": "" if of.is_by_letter else reverse("mailboxes:mine" if is_hers else "mailboxes:box"),
    }
    if not is_hers:
        colleagues = takers(thread.agency, besides=thread.holder or of.reader)
        context |= {
            "density": "staff",
            "move": MoveForm(colleagues=colleagues, auto_id="move-%s"),
            "put_off": PutOffForm(auto_id="off-%s"),
            "ready": ReadyText.objects.visible_to(of.reader),
        }
    return render(request, "mailboxes/thread.html", context)


@require_POST
def move(request: PersonRequest, thread_id: int) -> HttpResponse:
    """Give a thread to somebody, put it off, take it back into the list, or say that it is done."""
    thread = get_object_or_404(
        Thread.objects.visible_to(request.user).exclude(person=request.user.pk).select_related("agency"),
        pk=thread_id,
    )
    try:
        said = _moved(request, thread)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(thread.url)
    messages.success(request, said)
    return redirect("mailboxes:box")


def _moved(request: PersonRequest, thread: Thread) -> str:
    """Do what was asked, and return what to say of it. Raises NotAColleague, WrongDay."""
    act, actor = request.POST.get("act", ""), request.user
    if act == "done":
        moving.finish(thread=thread, by=actor)
        return _("It is done. The next message opens it again.")
    if act == "awake":
        moving.put_off(thread=thread, until=None, by=actor)
        return _("It stands in your list again.")
    if act == "put-off":
        off = PutOffForm(request.POST)
        if not off.is_valid() or off.cleaned_data["until"] is None:
            raise moving.WrongDay
        moving.put_off(thread=thread, until=off.cleaned_data["until"], by=actor)
        return _("It is put off. A message of the person brings it back before.")
    colleagues = [actor, *takers(thread.agency, besides=actor)]
    form = MoveForm(request.POST, colleagues=colleagues)
    if act != "give" or not form.is_valid() or form.cleaned_data["holder"] is None:
        raise moving.NotAColleague
    number = form.cleaned_data["holder"]
    to = next((one for one in colleagues if one.pk == number), None)
    moving.assign(thread=thread, to=to, by=actor)
    return _("It lies with %(name)s now.") % {"name": to.name if to else _("the team")}
