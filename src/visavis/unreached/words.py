"""What is said of who is not reached: how far each thing came, what to do now, and what to say."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from visavis.common import clock
from visavis.people.enums import Channel
from visavis.people.models import User
from visavis.ui.dates import day
from visavis.unreached.enums import Cause
from visavis.unreached.models import Unreached
from visavis.unreached.verdict import Fate, Tried

LEFT = {
    Channel.WEB: gettext_lazy("E-mail sent, no answer"),
    Channel.SMS: gettext_lazy("Text message sent, no answer"),
    Channel.POST: gettext_lazy("Letter posted, no answer"),
}
CAME_BACK = {
    Channel.WEB: gettext_lazy("E-mail did not arrive"),
    Channel.SMS: gettext_lazy("Text message did not arrive"),
    Channel.POST: gettext_lazy("Letter came back"),
}
WAITS = {
    Channel.PHONE: gettext_lazy("To be told by phone: nobody has called yet"),
    Channel.POST: gettext_lazy("To be told by letter: no letter has left yet"),
    Channel.COUNTER: gettext_lazy("To be told at the counter: the person did not come"),
}
FAILS = {
    Channel.WEB: gettext_lazy("E-mails do not arrive"),
    Channel.SMS: gettext_lazy("Text messages do not arrive"),
    Channel.POST: gettext_lazy("Letters come back"),
}
FIRST: dict[Cause, Promise] = {
    Cause.NO_WAY: gettext_lazy(
        "Ask at the next visit for a phone, an address, or somebody who knows where the person is. "
        "Reception is told when the person comes."
    ),
    Cause.FAILED: gettext_lazy(
        "The address or the number may be old. Try another way than the one that fails."
    ),
    Cause.UNTOLD: gettext_lazy("Something has waited for weeks. Tell it now, by the person’s own way."),
    Cause.UNANSWERED: gettext_lazy(
        "Messages leave and nobody answers. A voice reaches more than another message."
    ),
    Cause.NOTHING: gettext_lazy("Nobody has spoken with this person for weeks. Ask how things are."),
}
SCRIPT: dict[Cause, Promise] = {
    Cause.NO_WAY: gettext_lazy(
        "“We have no way to reach you. Where may we leave word? A friend, a relative, the counter: you choose.”"
    ),
    Cause.FAILED: gettext_lazy(
        "“What we send you no longer arrives. Do you have another address or number? What suits you best?”"
    ),
    Cause.UNTOLD: gettext_lazy(
        "“Something has waited for you here. May I tell you now? It takes a few minutes.”"
    ),
    Cause.UNANSWERED: gettext_lazy(
        "“We have written to you and have not heard from you. Did it arrive? Shall we do it in another way?”"
    ),
    Cause.NOTHING: gettext_lazy("“It has been a while. How are you, and what would help you now?”"),
}


def cause(row: Unreached) -> str:
    """Return why nothing got through, in words: with what fails, where that is known."""
    if row.cause == Cause.FAILED and row.channel in FAILS:
        return str(FAILS[Channel(row.channel)])
    return row.cause_words


def how_far(one: Tried) -> str:
    """Return how far one thing came, in words."""
    channel = Channel(one.channel)
    if one.fate is Fate.WAITS:
        return str(WAITS.get(channel, _("It has not left yet")))
    if one.fate is Fate.CAME_BACK:
        return str(CAME_BACK.get(channel, _("It did not arrive")))
    return str(LEFT.get(channel, _("It was sent, and nothing came back")))


def last(tried: Sequence[Tried]) -> str:
    """Return the last thing that was tried, newest first, with its day."""
    if not tried:
        return _("Nothing was sent")
    return _("%(what)s (%(day)s)") % {"what": how_far(tried[0]), "day": day(tried[0].at)}


def for_weeks(row: Unreached) -> str:
    """Return for how long nothing has reached her: of what is closed, until it was."""
    weeks = ((row.closed_at or clock.now()) - row.since).days // 7
    return ngettext("%(n)s week", "%(n)s weeks", weeks) % {"n": weeks}


def ways(person: User, *, is_followed: bool) -> list[str]:
    """Return by what she could be reached: to who follows her, the number and the address; to others, what there is."""
    address = " · ".join(person.postal_address.split("\n"))
    if is_followed:
        kept = [(_("Phone: %(value)s"), person.phone_shown), (_("E-mail: %(value)s"), person.email or ""),
                (_("Letters: %(value)s"), address.strip())]  # fmt: skip
        return [words % {"value": value} for words, value in kept if value]
    there = [(_("a phone number"), person.phone), (_("an e-mail address"), person.email),
             (_("a postal address"), address.strip())]  # fmt: skip
    return [words for words, value in there if value]
