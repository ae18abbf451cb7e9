"""What minutes begin with: headings, and what is known of a meeting that was held in a room of an app above.

Who writes changes or deletes every line of it, and nothing of it is shared before she says so.
"""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext, override

from visavis.appointments.enums import Nature
from visavis.appointments.held import Held, Shown, held_of
from visavis.appointments.models import Appointment
from visavis.casefiles.enums import Act, Kind, Met, Reached, Whose
from visavis.casefiles.models import Minutes, Plan, PlanItem, PlanStep
from visavis.people.models import User
from visavis.ui import dates

# What a list of a draft takes at most, of what minutes may say.
MOST_SIGNS = 1_800


def headings(person: User, nature: Nature | None) -> str:
    """Return the headings under which minutes are written, in the language of the person who reads them."""
    with override(person.language):
        return "\n\n".join([*_headings(nature), ""])


def draft(appointment: Appointment, person: User, by: User) -> tuple[str, str]:
    """Return what was said and what was agreed, as far as it is known, in the language of the person.

    Nothing but headings where it is not known how the meeting was held.
    """
    nature = Nature(appointment.kind.nature)
    with override(person.language):
        held = held_of(appointment, by)
        if held is None:
            return headings(person, nature), ""
        changed = _changed(person, by, held)
        done = [item.words for item in changed if item.reached == Reached.DONE]
        to_do = [_agreed(item) for item in changed if item.is_open and item.kind == Kind.ACTION]
        parts = [_frame(appointment, held), *_headings(nature)]
        if held.shown:
            parts.append(_listed(gettext("Documents that we looked at:"), (one.title for one in held.shown)))
        if done:
            parts.append(_listed(gettext("Done, of your plan:"), done))
        return "\n\n".join([*parts, ""]), "\n".join(_fitting(to_do))


def _headings(nature: Nature | None) -> list[str]:
    if nature == Nature.FIRST:
        return [
            gettext("What you told us about yourself:"),
            gettext("The work you look for:"),
            gettext("What makes it difficult:"),
        ]
    if nature == Nature.WORKSHOP:
        return [gettext("What we did together:"), gettext("What you take away:")]
    return [gettext("What you wanted to talk about:"), gettext("Where you stand:")]


def _frame(appointment: Appointment, held: Held) -> str:
    """Return when, who, and what for."""
    with timezone.override(appointment.agency.zone):
        when = dates.weekday_moment(held.begun_at)
    how = str(Met.PHONE.label) if held.is_by_phone else appointment.get_channel_display()
    told = [
        gettext("When: %(when)s, %(how)s") % {"when": when, "how": how.lower()},
        gettext("Who was there: %(names)s") % {"names": ", ".join(held.there)},
        gettext("What for: %(what)s") % {"what": appointment.kind.title},
    ]
    return "\n".join(told)


def _changed(person: User, by: User, held: Held) -> list[PlanItem]:
    """Return what was written or ticked in the plan while they met, each once, in the order of the plan."""
    plan = Plan.objects.visible_to(by).filter(person=person).first()
    if plan is None:
        return []
    steps = PlanStep.objects.filter(
        plan=plan,
        act__in=[Act.ADD, Act.CHANGE, Act.END],
        at__gte=held.begun_at,
        at__lte=held.ended_at,
        undone_at__isnull=True,
    )
    items = list(PlanItem.objects.filter(pk__in=steps.values("item")))
    for item in items:
        item.plan = plan
    return items


def _agreed(item: PlanItem) -> str:
    """Return who does what, until when."""
    whose = {
        Whose.PERSON: gettext("You"),
        Whose.US: gettext("Your counsellor"),
        Whose.PARTNER: item.partner or gettext("Somebody else"),
    }[Whose(item.whose)]
    if item.due_on is None:
        return gettext("%(who)s: %(what)s") % {"who": whose, "what": _in_one_line(item.words)}
    told = {"who": whose, "what": _in_one_line(item.words), "day": dates.day(item.due_on)}
    return gettext("%(who)s: %(what)s, until %(day)s") % told


def _listed(heading: str, lines: Iterable[str]) -> str:
    return "\n".join([heading, *(f"– {one}" for one in _fitting(_in_one_line(line) for line in lines))])


def _in_one_line(words: str) -> str:
    return " ".join(words.split())


def _fitting(lines: Iterable[str]) -> list[str]:
    """Keep the first lines that a draft has room for."""
    found: list[str] = []
    for line in lines:
        if sum(map(len, found)) + len(found) + len(line) > MOST_SIGNS:
            break
        found.append(line)
    return found


def shown_in(minutes: Minutes, by: User, text: str = "") -> list[Shown]:
    """Return the documents shown at a meeting that somebody may open; with a text, those that it names."""
    held = held_of(minutes.appointment, by)
    return [one for one in (held.shown if held else ()) if not text or _in_one_line(one.title) in text]
