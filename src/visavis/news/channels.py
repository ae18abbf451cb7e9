"""How some people will be told of something, said before it is done and after: how many by which channel."""

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext, pgettext_lazy

from visavis.news import services
from visavis.people.enums import Channel
from visavis.people.models import User

HOW = {
    Channel.WEB: pgettext_lazy("is told", "by e-mail"),
    Channel.SMS: pgettext_lazy("is told", "by text message"),
    Channel.PHONE: pgettext_lazy("is told", "by phone"),
    Channel.POST: pgettext_lazy("is told", "by letter"),
    Channel.COUNTER: pgettext_lazy("is told", "at the counter"),
}


def told(person: User, done: str) -> str:
    """Say that something is done, and how the person whom it is about is told: whoever did it sees what is left."""
    channel = services.channel_of(person)
    if channel in services.BY_HAND:
        said = gettext("The person is told %(how)s: this waits under “To tell”.")
    else:
        said = gettext("The person is told %(how)s.")
    return f"{done} {said % {'how': HOW[channel]}}"


def counted(people: Iterable[User]) -> tuple[str, Counter[Channel]]:
    """Say how many of some people are told by which channel."""
    channels = Counter(services.channel_of(user) for user in people)
    return ", ".join(f"{count} {words}" for way, words in HOW.items() if (count := channels[way])), channels


def how(people: Iterable[User]) -> list[str]:
    """Say how some people are told of something, and where what somebody has to say to them waits."""
    words, channels = counted(people)
    said = [gettext("How they are told: %(how)s.") % {"how": words}] if words else []
    if services.BY_HAND & channels.keys():
        said.append(gettext("What is told by phone, at the counter or by letter waits under “To tell”."))
    return said
