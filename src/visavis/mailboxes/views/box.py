"""The letterbox of a counsellor and of the team: what waits, the oldest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from visavis.journal import services as journal
from visavis.mailboxes import permissions, words
from visavis.mailboxes.enums import Box, Voice
from visavis.mailboxes.models import Incoming, Message, Thread
from visavis.mailboxes.models.thread import Answered
from visavis.people.models import User
from visavis.people.requests import PersonRequest

A_PAGE, FOUND_AT_MOST, MOST_COUNTED, MOST_SHOWN = 30, 100, 999, 3_000
COUNTED = (Box.WAITING, Box.TEAM, Box.AWAITED, Box.SNOOZED, Box.DRAFTS)


@dataclass(frozen=True)
class Row:
    """One thread of the list."""

    thread: Thread
    unread: int

    @property
    def since(self) -> Any:
        return self.thread.ours_since or self.thread.theirs_since or self.thread.last_at


def owner(request: PersonRequest) -> User:
    """Return who is signed in if a letterbox is hers, else 404."""
    if not permissions.has_letterbox(request.user):
        raise Http404
    return request.user


@require_http_methods(["GET", "HEAD", "POST"])
def box(request: PersonRequest) -> HttpResponse:
    """List one part of the letterbox; what is looked for comes by POST, so that no address says it."""
    actor = owner(request)
    asked = request.GET.get("box", Box.WAITING)
    chosen = Box(asked) if asked in Box.values else Box.WAITING
    typed = request.POST.get("q", "").replace("\0", "").strip()[:120]
    answered = Answered(actor)
    threads = found(answered, typed) if typed else Thread.objects.in_box(actor, chosen, answered)
    threads = threads.select_related("person", "holder")
    page = Bounded(threads, FOUND_AT_MOST if typed else A_PAGE).get_page(request.GET.get("page"))
    rows = rows_of(list(page.object_list))
    note_listed(answered, rows, (chosen, typed, page.number))
    context = {
        "title": _("Letterbox"),
        "rows": rows,
        "page_obj": page,
        "box": chosen,
        "words": typed,
        "is_many": page.paginator.count == MOST_SHOWN,
        "to_sort": Incoming.objects.visible_to(actor).to_sort().count(),
        "filters": filters(answered, None if typed else chosen),
        "density": "staff",
    }
    return render(request, "mailboxes/box.html", context)


def note_listed(answered: Answered, rows: Sequence[Row], asked: Sequence[object]) -> None:
    """Journal that a list was read: how many people of conversations that others answer, or how many of her own."""
    beyond = {row.thread.person_id for row in rows if row.thread.holder_id not in answered.holders}
    thing, shown = ("letterbox-of-others", len(beyond)) if beyond else ("letterbox", len(rows))
    journal.listed(thing, by=answered.actor.pk, shown=shown, asked=asked)


class Bounded(Paginator):  # type: ignore[type-arg]
    """Pages of a list that is counted so far only as somebody would go: who looks further down asks for words."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return int(rows.order_by()[:MOST_SHOWN].count())


def found(answered: Answered, typed: str) -> Any:
    """Return the threads that all words name, the person or what was written, the last first."""
    threads = Thread.objects.visible_to(answered.actor, answered)
    return words.find(threads, typed, answered.agencies).order_by("-last_at", "-pk")


def rows_of(threads: list[Thread]) -> list[Row]:
    """Return threads with how many of hers nobody of the service has opened."""
    unopened = Message.objects.filter(thread__in=threads, voice=Voice.THEIRS, openings__isnull=True)
    unread: dict[int, int] = {}
    for number in unopened.order_by().values_list("thread", flat=True):
        unread[number] = unread.get(number, 0) + 1
    return [Row(one, unread.get(one.pk, 0)) for one in threads]


def counted(answered: Answered, one: Box) -> int | str:
    """Return how much lies in a part of the letterbox; of very much, that it is more than anybody counts."""
    threads = Thread.objects.in_box(answered.actor, one, answered)
    number = threads.order_by()[: MOST_COUNTED + 1].count()
    return f"{MOST_COUNTED}+" if number > MOST_COUNTED else number


def filters(answered: Answered, chosen: Box | None) -> list[dict[str, Any]]:
    """Return the parts of the letterbox, each with how much lies in it."""
    return [
        {
            "url": f"?box={one}",
            "label": one.label,
            "count": counted(answered, one) if one in COUNTED else None,
            "is_current": one == chosen,
            "is_hot": one == Box.WAITING,
        }
        for one in Box
    ]
