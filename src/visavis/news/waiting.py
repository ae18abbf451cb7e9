"""What waits to be told, at the desk."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from visavis.common.prepared import Prepared
from visavis.news.models import News
from visavis.people.enums import Channel, Role
from visavis.people.models import User
from visavis.people.waiting import App, Filter, Urgency, Waiting

UNTOLD = Prepared(
    lambda users: News.objects.untold().filter(user__in=users, role=Role.JOBSEEKER).order_by("at", "pk")
)
SENTENCES = {
    Channel.PHONE: _("Call the person to tell what is new (%(title)s)."),
    Channel.POST: _("Write to the person to tell what is new (%(title)s)."),
}
AT_COUNTER = _("Tell the person at the counter what is new (%(title)s).")


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

    def in_course(self, actor: User, people: Sequence[Any]) -> dict[int, list[News]]:
        told = {person.user_id: person.pk for person in people}
        found: dict[int, list[News]] = {}
        for row in UNTOLD([*told]) if told else ():
            found.setdefault(told[row.user_id], []).append(row)
        return found

    def to_do(self, person: Any, rows: Sequence[News]) -> Iterable[Waiting]:
        if not rows:
            return
        sentence = SENTENCES.get(person.user.channel, AT_COUNTER) % {"title": rows[0].title}
        url, label = reverse_lazy("news:to_tell"), _("Tell what is new")
        yield Waiting(sentence, url, Urgency.UNTOLD, label=label, is_hot=True, due=rows[0].at)
