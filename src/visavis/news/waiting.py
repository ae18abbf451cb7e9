"""What waits to be told, at the desk."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from visavis.common.addresses import address
from visavis.common.prepared import Prepared
from visavis.news.models import News
from visavis.people.asked import AskedBy
from visavis.people.days import AT_COUNTER, CALLS, LETTERS, MOST_LINES, Day, Line, OfDay, Part
from visavis.people.enums import Channel, Role
from visavis.people.models import User
from visavis.people.waiting import App, Filter, Said, Urgency, Waiting

UNTOLD = Prepared(
    lambda users: (
        News.objects.untold().wanted().filter(user__in=users, role=Role.JOBSEEKER).order_by("at", "pk")
    )
)
# Oldest first, of as many as three parts of a day show.
TO_TELL = AskedBy(
    lambda actor: (
        News.objects.to_do_by(actor).select_related("user").order_by("at", "pk")[: 3 * (MOST_LINES + 1)]
    )
)
TOLD = AskedBy(
    lambda actor, begins, ends: (
        News.objects.of_followed(actor)
        .filter(told_by=actor.pk, told_at__gte=begins, told_at__lt=ends)
        .select_related("user")
        .order_by("told_at", "pk")[: 3 * (MOST_LINES + 1)]
    )
)
PARTS = {Channel.PHONE: CALLS, Channel.POST: LETTERS}
LINKS = {
    CALLS: _("What to say to whom"),
    LETTERS: _("Make the letters"),
    AT_COUNTER: _("What to say to whom"),
}
SENTENCES = {
    Channel.PHONE: _("Call the person to tell what is new (%(title)s)."),
    Channel.POST: _("Write to the person to tell what is new (%(title)s)."),
}
BY_COUNTER = _("Tell the person at the counter what is new (%(title)s).")
CAME_BACK = _("A letter came back: tell the person otherwise what is new (%(title)s).")


def _how_to_tell(channel: str, row: News) -> str:
    if row.came_back:
        return CAME_BACK % {"title": row.title}
    return str(SENTENCES.get(Channel(channel), BY_COUNTER) % {"title": row.title})


how_to_tell = lazy(_how_to_tell, str)


class ToTell(App):
    """What news says to the desk."""

    filters = (
        Filter(
            "to-tell",
            _("To be told by phone, letter or at the counter"),
            holds=lambda person, rows: bool(rows),
            since=lambda person, rows: rows[0].at,
            place=10,
            is_hot=True,
            is_of_rows=True,
        ),
    )

    def reached(self) -> Sequence[Said]:
        """What somebody told her by phone or at the counter; a letter that was posted is no proof."""
        spoken = News.objects.filter(state=News.State.TOLD).exclude(channel=Channel.POST)
        return [Said(spoken, "user", "told_at", is_account=True)]

    def in_course(self, actor: User, people: Sequence[Any]) -> dict[int, list[News]]:
        told = {person.user_id: person.pk for person in people}
        found: dict[int, list[News]] = {}
        for row in UNTOLD([*told]) if told else ():
            found.setdefault(told[row.user_id], []).append(row)
        return found

    def to_do(self, person: Any, rows: Sequence[News]) -> Iterable[Waiting]:
        if not rows:
            return
        # Its title rests sealed, and is opened only where the sentence is shown.
        sentence = how_to_tell(person.user.channel, rows[0])
        url, label = address("news:to_tell"), _("Tell what is new")
        yield Waiting(sentence, url, Urgency.UNTOLD, label=label, is_hot=True, due=rows[0].at)

    def of_day(self, actor: User, day: Day) -> list[OfDay]:
        """Return what is to be told by hand today, by channel; of a day that is past, what she told on it."""
        if day.on > day.today:
            return []
        rows = TOLD(actor, day.begins, day.ends) if day.is_past else TO_TELL(actor)
        lines: dict[Part, list[Line]] = {CALLS: [], LETTERS: [], AT_COUNTER: []}
        for row in rows:
            lines[_part(row)].append(_line(row))
        to_tell, post = address("news:to_tell"), address("news:post")
        return [
            OfDay(part, found, post if part == LETTERS else to_tell, LINKS[part])
            for part, found in lines.items()
        ]


def _part(row: News) -> Part:
    """Return where it stands in a day: no second letter is made of one that came back."""
    if row.came_back:
        return CALLS if row.user.phone else AT_COUNTER
    return PARTS.get(Channel(row.user.channel), AT_COUNTER)


def _line(row: News) -> Line:
    """Return one piece of news: whom it is told, of what, and where she is called."""
    url = address("news:post" if _part(row) == LETTERS else "news:to_tell")
    is_told = row.state == News.State.TOLD
    word, kind = (_("told"), "good") if is_told else ("", "")
    return Line(row.user.name, partial(_of_what, row), url, None, word, kind)


def _of_what(row: News) -> str:
    number = row.user.phone_shown if _part(row) == CALLS else ""
    return " · ".join(filter(None, [row.title, number]))
