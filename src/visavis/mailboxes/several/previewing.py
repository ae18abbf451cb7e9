"""What a message for several people will do, seen before it is sent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings

from visavis.jobseekers.models import Jobseeker
from visavis.mailboxes.services import holder_for
from visavis.news.services import BY_HAND, channel_of
from visavis.people import delivery
from visavis.people.enums import Channel
from visavis.people.models import User

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
