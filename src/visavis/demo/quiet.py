"""Some people of the town whom nothing has reached for weeks, each for a reason of her own."""

import datetime as dt
import uuid
from collections.abc import Sequence

from visavis.common import clock
from visavis.documents import services as documents
from visavis.documents.enums import Kind
from visavis.documents.services import Asked
from visavis.jobseekers.models import Jobseeker
from visavis.news.models import News
from visavis.people.enums import Channel, Role
from visavis.unreached import looking

JOINED, UNTIL = dt.timedelta(weeks=20), dt.timedelta(days=20)
# How long ago what was told, by which channel, and how far it came; nothing for whom there is no way, or no news.
TOLD: Sequence[tuple[int, Channel, News.State] | None] = (
    (50, Channel.WEB, News.State.FAILED),
    (45, Channel.SMS, News.State.FAILED),
    (48, Channel.PHONE, News.State.TO_TELL),
    (60, Channel.WEB, News.State.SENT),
    (55, Channel.POST, News.State.TOLD),
    None,
    None,
)
WITHOUT_A_WAY = len(TOLD) - 1


def fall_silent() -> None:
    """Let some whom nobody had anything to do with be unreached for weeks, then look for them."""
    told = News.objects.filter(role=Role.JOBSEEKER).values("user")
    free = Jobseeker.objects.looking().filter(counsellor__isnull=False).exclude(user__in=told)
    people = free.select_related("user", "counsellor").order_by("pk")[10 : 10 + len(TOLD)]
    for number, (person, what) in enumerate(zip(people, TOLD, strict=False)):
        user = person.user
        user.joined_at = clock.now() - JOINED
        if number == WITHOUT_A_WAY:
            user.email, user.phone, user.postal_address, user.channel = None, None, "", Channel.COUNTER
        user.save()
        if what is not None:
            _ask(person, *what)
    list(looking.looking())


def _ask(person: Jobseeker, days: int, channel: Channel, state: News.State) -> None:
    """Ask her for a document so many days ago; what told her of it came so far."""
    then = clock.now() - dt.timedelta(days=days)
    asked = Asked(kind=Kind.CV, title="", why="", until=then.date() + UNTIL, form=uuid.uuid4())
    assert person.counsellor is not None, "who falls silent is accompanied"
    with clock.moved(then):
        row = documents.ask(person=person.user, asked=asked, by=person.counsellor)
    left = state in (News.State.SENT, News.State.TOLD)
    told = {"channel": channel, "state": state, "told_at": then if left else None}
    News.objects.filter(user=person.user, thing_id=row.pk).update(**told)
