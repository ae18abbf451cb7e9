"""Whom a message for several people goes to: of a ready filter of the caseload, or those who were ticked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from visavis.jobseekers.followed import followed
from visavis.jobseekers.models import Jobseeker
from visavis.mailboxes.services import holder_for
from visavis.news.services import BY_HAND, channel_of
from visavis.people import delivery, waiting
from visavis.people.enums import Channel
from visavis.people.models import User
from visavis.people.waiting import flag

MOST = 400


@dataclass(frozen=True)
class Preview:
    """What will happen: how many are told by which channel, whom nobody tells but us, and what one of them reads."""

    channels: list[tuple[str, int]]
    by_hand: list[tuple[Jobseeker, str]]
    sample: Jobseeker
    holder: User | None
    mail: str
    text: str

    @property
    def number(self) -> int:
        return sum(number for _label, number in self.channels)


def caseload(actor: User) -> list[Jobseeker]:
    """Return everybody whom a counsellor accompanies, with the flags of all ready filters."""
    rows = waiting.with_flags(followed(actor).order_by(), actor, are_many=True).select_related("user")
    people: list[Jobseeker] = sorted(rows, key=lambda one: (str(one.user.folded_name), one.pk))
    waiting.note_heard(people)
    waiting.in_course(actor, people)
    return people


def holding(people: Iterable[Jobseeker], show: str) -> list[Jobseeker]:
    """Return of whom a ready filter holds; everybody where none is chosen."""
    return [one for one in people if not show or vars(one)[flag(show)]]


def filters(people: Sequence[Jobseeker], show: str | None) -> list[dict[str, Any]]:
    """Return the ready filters with their counts, for `ui/filters.html`; none is current of people who were ticked."""
    home = reverse("mailboxes:to_several")
    everybody = {
        "url": home,
        "label": _("Everybody I accompany"),
        "count": len(people),
        "is_current": show == "",
    }
    rest = [
        {
            "url": f"{home}?show={one.slug}",
            "label": one.label,
            "count": len(holding(people, one.slug)),
            "is_current": one.slug == show,
        }
        for one in waiting.filters()
    ]
    return [everybody, *rest]


def ticked(actor: User, numbers: Sequence[int]) -> list[Jobseeker]:
    """Return who was ticked, of those whom the counsellor accompanies: nobody else is written to."""
    rows = followed(actor).filter(pk__in=numbers).select_related("user", "agency", "counsellor")
    return sorted(rows, key=lambda one: (str(one.user.folded_name), one.pk))


def preview(people: Sequence[Jobseeker], actor: User) -> Preview:
    """Say what will happen if this is sent to these people, of whom there is one at least."""
    channels = [(one, channel_of(one.user)) for one in people]
    counts = [(str(kind.label), sum(way == kind for _one, way in channels)) for kind in Channel]
    by_hand = [(one, str(way.label)) for one, way in channels if way in BY_HAND]
    sample = next((one for one, way in channels if way not in BY_HAND), people[0])
    language = sample.user.language
    # Each e-mail has the address of its own conversation: that one can be answered is the same of all.
    answers = delivery.Answers(settings.VISAVIS_MAIL_IN, by_text=bool(settings.SMS_IN_TOKEN))
    return Preview(
        channels=[(label, number) for label, number in counts if number],
        by_hand=by_hand,
        sample=sample,
        holder=holder_for(sample, actor),
        mail=delivery.news_mail("email", language, answers=answers).text
        if _any(channels, Channel.WEB)
        else "",
        text=delivery.news_mail("phone", language, answers=answers).text
        if _any(channels, Channel.SMS)
        else "",
    )


def _any(channels: Iterable[tuple[Jobseeker, Channel]], kind: Channel) -> bool:
    return any(way == kind for _one, way in channels)
