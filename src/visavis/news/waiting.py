"""What waits to be told, at the desk."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visavis.news.models import News
from visavis.people.enums import Channel, Role
from visavis.people.models import User
from visavis.people.waiting import App, Urgency, Waiting, where


def to_tell() -> QuerySet[News]:
    """Find what is to be told to the person of the outer query."""
    return News.objects.untold().filter(user=OuterRef("user"), role=Role.JOBSEEKER)


class ToTell(App):
    """What news says to the desk."""

    filters = (
        where(
            "to-tell",
            gettext_lazy("To be told by phone, letter or at the counter"),
            to_tell,
            "at",
            place=10,
            is_hot=True,
        ),
    )

    def in_course(self, actor: User, people: Sequence[Any]) -> dict[int, list[News]]:
        told = {person.user_id: person.pk for person in people if person.is_to_tell}
        rows = News.objects.untold().filter(user__in=told, role=Role.JOBSEEKER) if told else []
        found: dict[int, list[News]] = {}
        for row in sorted(rows, key=lambda row: (row.at, row.pk)):
            found.setdefault(told[row.user_id], []).append(row)
        return found

    def to_do(self, person: Any, rows: Sequence[News]) -> Iterable[Waiting]:
        if not rows:
            return
        sentences = {
            Channel.PHONE: _("Call the person to tell what is new (%(title)s)."),
            Channel.POST: _("Write to the person to tell what is new (%(title)s)."),
        }
        at_counter = _("Tell the person at the counter what is new (%(title)s).")
        sentence = sentences.get(Channel(person.user.channel), at_counter) % {"title": rows[0].title}
        url = reverse("news:to_tell")
        yield Waiting(sentence, url, Urgency.UNTOLD, label=_("See what to tell"), is_hot=True)
