"""What waits to be told, at the desk."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visavis.news.models import News
from visavis.people.enums import Channel, Role
from visavis.people.models import User
from visavis.people.waiting import App, Filter, Urgency, Waiting


class ToTell(App):
    """What news says to the desk."""

    filters = (
        Filter(
            "to-tell",
            gettext_lazy("To be told by phone, letter or at the counter"),
            holds=lambda person, rows: bool(rows),
            since=lambda person, rows: rows[0].at,
            place=10,
            is_hot=True,
        ),
    )

    def in_course(self, actor: User, people: Sequence[Any]) -> dict[int, list[News]]:
        told = {person.user_id: person.pk for person in people}
        rows = News.objects.untold().filter(user__in=list(told), role=Role.JOBSEEKER)
        found: dict[int, list[News]] = {}
        for row in rows.order_by("at", "pk"):
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
        url, label = reverse("news:to_tell"), _("Tell what is new")
        yield Waiting(sentence, url, Urgency.UNTOLD, label=label, is_hot=True, due=rows[0].at)
