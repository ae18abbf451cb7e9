"""What is said of each way of doing something."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from visavis.portal.ways.registry import Act, Means, Refusal, Way, acts

GROUPS: dict[str, Promise] = {
    "begin": _("To begin"),
    "work": _("To find work"),
    "talk": _("To talk with us"),
    "hers": _("What is yours"),
    "hire": _("To hire"),
}
LABELS: dict[Way, Promise] = {
    Way.WEB: _("On this site"),
    Way.SMS: _("By text message"),
    Way.PHONE: _("By phone"),
    Way.POST: _("By letter"),
    Way.COUNTER: _("At the counter"),
    Way.STATION: _("On a computer of the agency"),
    Way.HELPER: _("With a helper"),
    Way.PROGRAM: _("With a program of yours"),
}
ICONS: dict[Way, str] = {
    Way.WEB: "work",
    Way.SMS: "mail",
    Way.PHONE: "phone",
    Way.POST: "mail",
    Way.COUNTER: "place",
    Way.STATION: "home",
    Way.HELPER: "people",
    Way.PROGRAM: "refresh",
}
SENTENCES: dict[tuple[Way, Means], Promise] = {
    (Way.WEB, Means.PAGES): _("It also works on an old phone, and without JavaScript."),
    (Way.SMS, Means.WORDS): _("Send us a text with what you want. Your counsellor does it, and tells you."),
    (Way.SMS, Means.WORD): _(
        "Send us a text with this one word: STAY. To end your follow-up, write what you want."
    ),
    (Way.PHONE, Means.STAFF): _("Call us. Somebody does it with you while you are on the line."),
    (Way.POST, Means.SHEET): _("Ask us for the printed sheet. Fill it in, and send it back or bring it."),
    (Way.POST, Means.WORDS): _("Write your name and what you want. We do it, and answer by letter."),
    (Way.COUNTER, Means.STAFF): _(
        "Come during opening hours. Somebody does it with you, without an appointment."
    ),
    (Way.COUNTER, Means.VISIT): _(
        "Come during opening hours. Reception opens your own pages with you, and you get a receipt."
    ),
    (Way.STATION, Means.PAGES): _("It is free. Somebody helps you if you wish."),
    (Way.HELPER, Means.MANDATE): _("Somebody you chose does it for you, and you are told."),
    (Way.HELPER, Means.ANYBODY): _("Anybody can do it for you. No mandate is needed."),
    (Way.HELPER, Means.SHEET): _("Fill in the printed sheet yourself. Your helper can bring it."),
    (Way.HELPER, Means.PAGES): _("You do it together: your helper sits beside you."),
    (Way.HELPER, Means.TEAM): _("Somebody whom you let into your team does it for you."),
    (Way.PROGRAM, Means.KEY): _("With a key that you make in your account."),
    (Way.PROGRAM, Means.AGENCY): _("You have no key yet: a program of the agency does it, when you call."),
}
# What is said otherwise to who hires.
OF_EMPLOYERS: dict[tuple[Way, Means], Promise] = {
    (Way.SMS, Means.WORDS): _(
        "Send us a text with what you want. Somebody of the agency does it, and calls you where a question is left."
    ),
}


@dataclass(frozen=True)
class Told:
    """One way of an act, in words."""

    way: Way
    label: Promise
    icon: str
    says: str
    instead: str = ""


def ways_of(act: Act) -> list[Told]:
    """Say each way of an act: how, or why never and what to do instead. What is not there yet is not said."""
    found = []
    for way, label in LABELS.items():
        match act.means(way):
            case None:
                continue
            case Refusal(because, instead):
                found.append(Told(way, label, ICONS[way], gettext(because), gettext(instead)))
            case means:
                own = OF_EMPLOYERS.get((way, means)) if act.who == "employer" else None
                found.append(Told(way, label, ICONS[way], str(own or SENTENCES[way, means])))
    return found


def groups() -> list[tuple[Promise, list[Act]]]:
    """Return all acts under their headings."""
    return [(label, [one for one in acts() if one.group == group]) for group, label in GROUPS.items()]
