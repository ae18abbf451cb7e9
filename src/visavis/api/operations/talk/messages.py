"""What a person and the agency write to each other."""

from uuid import uuid4

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Status

from visavis.api import callers, cursors
from visavis.api.declaring import operation
from visavis.api.scopes import Scope
from visavis.api.shapes.common import Id, Paging, filled
from visavis.api.shapes.talk.messages import (
    MessageIn,
    MessageOut,
    ThreadBrief,
    ThreadIn,
    ThreadOut,
    ThreadsPage,
)
from visavis.mailboxes import reading, services, told
from visavis.mailboxes.enums import Voice, Way
from visavis.mailboxes.models import Thread
from visavis.mailboxes.services import Written
from visavis.mailboxes.views.mine import rows_of
from visavis.people.models import User

router = Router(tags=["talk"])
READ, WRITE = Scope.MESSAGES_READ, Scope.MESSAGES_WRITE


@operation(router.get, "/threads", scope=READ)
def list_threads(request: HttpRequest, asked: Query[Paging]) -> ThreadsPage:
    """List what one and the agency write to each other, the last begun first."""
    actor = callers.of(request).user
    found = Thread.objects.visible_to(actor).filter(person=actor.pk).select_related("holder")
    if asked.cursor:
        found = found.filter(pk__lt=cursors.number(asked.cursor))
    rows = list(found.order_by("-pk")[: asked.limit + 1])
    following = cursors.write(rows[asked.limit - 1].pk) if len(rows) > asked.limit else None
    return ThreadsPage(items=briefs(rows[: asked.limit], actor), next_cursor=following)


@operation(router.post, "/threads", scope=WRITE, status=201)
def begin_thread(request: HttpRequest, sent: ThreadIn) -> Status[ThreadBrief]:
    """Write to the agency about something new."""
    actor = callers.of(request).user
    message = services.begin(person=actor, subject=sent.subject, written=written(actor, sent), by=actor)
    (made,) = briefs([message.thread], actor)
    return Status(201, made)


@operation(router.get, "/threads/{int:thread_id}", scope=READ)
def read_thread(request: HttpRequest, thread_id: Id) -> ThreadOut:
    """Read a thread; who wrote sees that its messages are opened."""
    actor = callers.of(request).user
    thread = own(actor, thread_id)
    messages = told.said(thread, reading.read(thread, by=actor).messages, actor)
    (head,) = briefs([thread], actor)
    lines = [
        filled(MessageOut, one, number=one.message.number, body=one.message.body, at=one.message.at)
        for one in messages
    ]
    return ThreadOut(**head.model_dump(), messages=lines)


@operation(router.post, "/threads/{int:thread_id}/messages", scope=WRITE, status=201)
def write_message(request: HttpRequest, thread_id: Id, sent: MessageIn) -> Status[ThreadBrief]:
    """Answer in a thread."""
    actor = callers.of(request).user
    thread = own(actor, thread_id)
    services.write(thread=thread, written=written(actor, sent), by=actor)
    (made,) = briefs([own(actor, thread_id)], actor)
    return Status(201, made)


def own(actor: User, thread_id: int) -> Thread:
    """Return a thread of one's own, or 404: what others write with the agency is for who answers it there."""
    rows = Thread.objects.visible_to(actor).filter(person=actor.pk)
    return get_object_or_404(rows.select_related("person__jobseeker", "agency", "holder"), pk=thread_id)


def written(actor: User, sent: MessageIn) -> Written:
    return Written(
        body=sent.body, voice=Voice.THEIRS, way=Way.PROGRAM, author=actor, form=sent.key or uuid4()
    )


def briefs(threads: list[Thread], actor: User) -> list[ThreadBrief]:
    """Return threads as a list shows them."""
    return [
        filled(
            ThreadBrief,
            row["thread"],
            holder=row["thread"].holder.name if row["thread"].holder else None,
            unread=row["unread"],
            waits_since=row["thread"].ours_since,
        )
        for row in rows_of(threads, actor)
    ]
