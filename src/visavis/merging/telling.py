"""Tell a person that two files became one, or are two again: at both accounts, each by its channel, and no more.

Where two people were taken for one, the other one is told as well: her account is closed, and she is told all the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from visavis.merging import linked
from visavis.merging.models import Merge
from visavis.news import services as news
from visavis.news.models import News
from visavis.people.delivery import Answers
from visavis.people.enums import Channel, Role
from visavis.people.models import User
from visavis.ui.dates import day

THING = Merge.THING
MERGED, APART = "merged", "apart"
ALOUD = {
    MERGED: _(
        "You had two files with us. They are one now. You had only one? Say so: I note it, and they are two again."
    ),
    APART: _("Your two files are two again, as before. You have nothing to do."),
}
TITLES = {MERGED: _("Your two files are one now"), APART: _("Your files are two again")}
# What each channel leads to.
ADDRESSES = {
    Channel.WEB: "email",
    Channel.SMS: "phone",
    Channel.PHONE: "phone",
    Channel.POST: "postal_address",
}
# One word of a text message; the first is named, in the language of who is told.
NAMED = {"fr": "PASMOI", "en": "NOTME"}


@dataclass(frozen=True)
class Place:
    """Where somebody is reached: whose account it was, by which channel, and the address that it led to."""

    account: int
    channel: Channel
    address: str | None

    def is_of(self, user: User) -> bool:
        """Say whether the address is an account's now."""
        column = ADDRESSES.get(self.channel)
        return column is not None and bool(self.address) and getattr(user, column) == self.address


def place_of(user: User) -> Place:
    channel = news.channel_of(user)
    column = ADDRESSES.get(channel)
    return Place(user.pk, channel, getattr(user, column) if column else None)


def tell(row: Merge, kind: str, places: Sequence[Place] = ()) -> None:
    """Tell at both accounts; of two that were merged, where each was reached before, whoever has the address now."""
    users = {one.pk: one for one in User.objects.filter(pk__in=[row.stays_id, row.goes_id]).order_by("pk")}
    for place in dict.fromkeys(places or map(place_of, users.values())):
        user = next((one for one in users.values() if place.is_of(one)), users[place.account])
        with override(user.language):
            subject = news.Subject(THING, row.pk, str(TITLES[kind]), row.url)
        news.tell(user=user, role=Role.JOBSEEKER, kind=kind, subject=subject, channel=place.channel)


def word_for(language: str) -> str:
    return NAMED.get(language, NAMED["fr"])


def answers(told: News) -> Answers:
    """Return how she says that it is not her: by her own link, or by one word where text messages come in."""
    row = Merge.objects.filter(pk=told.thing_id, goes__isnull=False).first()
    if row is None or told.kind != MERGED:
        return Answers()
    word = word_for(told.user.language) if settings.SMS_IN_TOKEN else ""
    return Answers(link=linked.link_of(row, told.user_id), not_me=word)


def on_paper(told: News) -> Sequence[str]:
    """Return what a letter tells: what was done, what it means, and how to say that it is not her."""
    if told.kind == APART:
        return [gettext("Your two files are two again, as before. You have nothing to do.")]
    row = Merge.objects.get(pk=told.thing_id)
    said = gettext("Type the code of this letter, call us, write to us, or come.")
    if settings.SMS_IN_TOKEN:
        said += " " + gettext("Or send us a text message with this one word: %(word)s.") % {
            "word": word_for(told.user.language)
        }
    return [
        gettext("You had two files with us. They are one now. Nothing of what you gave us is lost."),
        gettext("You had only one file? Then we took another person for you. Tell us by %(day)s.")
        % {"day": day(row.until)},
        said,
    ]


def over(_now: object) -> QuerySet[News]:
    """Find the news of merges that are gone."""
    return News.objects.filter(thing=THING).exclude(thing_id__in=Merge.objects.order_by().values("pk"))


def merged_into(user_id: int) -> list[int]:
    """Return the numbers of the accounts that went into somebody's: what was read of them concerns her."""
    rows = Merge.objects.filter(stays=user_id, undone_at__isnull=True, goes__isnull=False)
    return list(rows.values_list("goes", flat=True))
