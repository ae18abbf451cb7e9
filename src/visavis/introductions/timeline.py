"""The steps so far, in words: the same for both sides, in the order they happened."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from visavis.introductions.enums import Act, Side
from visavis.introductions.models import Introduction, Step
from visavis.jobseekers.models import Jobseeker
from visavis.people.waiting import Event

J, E, C, V = Side.JOBSEEKER, Side.EMPLOYER, Side.COUNSELLOR, Side.SERVICE

# What the side that acted reads of itself.
OWN: dict[Act, Promise] = {
    Act.WANT: _("You asked to be introduced."),
    Act.PROPOSE: _("You proposed the vacancy."),
    Act.ASK: _("You asked to meet."),
    Act.ACCEPT: _("You said yes."),
    Act.AGREE: _("You said yes."),
    Act.DECLINE: _("You said no."),
    Act.REFUSE: _("You said no."),
    Act.SET_TIME: _("You proposed a time to meet."),
    Act.TAKE_TIME: _("You took the time proposed."),
    Act.WITHDRAW: _("You took it back."),
    Act.DECLARE: _("You said that there is a hire."),
    Act.CONFIRM: _("You confirmed the hire."),
    Act.DISPUTE: _("You said that there is no hire."),
    Act.NOT_HIRE: _("You said that it does not lead to a hire."),
    Act.UNDO: _("You took the last answer back."),
}
# What everybody else reads.
OTHERS: dict[tuple[Act, Side], Promise] = {
    (Act.WANT, J): _("The person asked to be introduced."),
    (Act.PROPOSE, C): _("The counsellor proposed the vacancy."),
    (Act.ASK, E): _("The employer asked to meet."),
    (Act.ACCEPT, J): _("The person said yes."),
    (Act.DECLINE, J): _("The person said no."),
    (Act.PUT, V): _("The card was put to the employer, without the name."),
    (Act.AGREE, E): _("The employer said yes."),
    (Act.REFUSE, E): _("The employer said no."),
    (Act.SET_TIME, J): _("The person proposed a time to meet."),
    (Act.SET_TIME, E): _("The employer proposed a time to meet."),
    (Act.TAKE_TIME, J): _("The person took the time proposed."),
    (Act.TAKE_TIME, E): _("The employer took the time proposed."),
    (Act.WITHDRAW, J): _("The person took it back."),
    (Act.WITHDRAW, E): _("The employer took it back."),
    (Act.WITHDRAW, C): _("The counsellor took it back."),
    (Act.DECLARE, J): _("The person said that there is a hire."),
    (Act.DECLARE, E): _("The employer said that there is a hire."),
    (Act.DECLARE, C): _("The counsellor noted that there is a hire."),
    (Act.CONFIRM, J): _("The person confirmed the hire."),
    (Act.CONFIRM, E): _("The employer confirmed the hire."),
    (Act.CONFIRM, C): _("The counsellor confirmed the hire."),
    (Act.DISPUTE, J): _("The person said that there is no hire."),
    (Act.DISPUTE, E): _("The employer said that there is no hire."),
    (Act.NOT_HIRE, J): _("The person said that it does not lead to a hire."),
    (Act.NOT_HIRE, E): _("The employer said that it does not lead to a hire."),
    (Act.EXPIRE, V): _("It ended: nobody answered in time."),
    (Act.CLOSE, V): _("It was closed."),
    (Act.UNDO, J): _("The person took the last answer back."),
    (Act.UNDO, E): _("The employer took the last answer back."),
    (Act.UNDO, C): _("The counsellor took the last answer back."),
    (Act.UNDO, V): _("It was opened again."),
}


def lines(introduction: Introduction, reader: Side) -> list[Event]:
    """Return the steps so far as a side reads them; what was taken back stays and says so."""
    return [
        Event(step.at, words(Act(step.act), Side(step.side), reader), was_undone=step.undone_at is not None)
        for step in introduction.steps.all()
    ]


def events(person: Jobseeker, most: int) -> list[Event]:
    """Return the last steps of a person's introductions: for which side, whoever noted them."""
    rows = Step.objects.filter(introduction__jobseeker=person).select_related("introduction__vacancy")
    return [
        Event(row.at, step_words(row), row.introduction.url) for row in rows.order_by("-at", "-pk")[:most]
    ]


def step_words(step: Step) -> str:
    """Say a step among those of other introductions."""
    who, act = Side(step.side).label, Act(step.act).label
    named = {"who": who, "act": act, "title": step.introduction.vacancy.title}
    if step.act == Act.UNDO and step.side == Side.SERVICE:
        return gettext("“%(title)s” was opened again.") % named
    if step.act == Act.UNDO:
        return gettext("%(who)s took the last answer back: “%(title)s”.") % named
    if step.side == Side.SERVICE:
        return gettext("“%(title)s” %(act)s.") % named
    return gettext("%(who)s %(act)s: “%(title)s”.") % named


def words(act: Act, side: Side, reader: Side) -> str:
    """Say who did what, to one reader."""
    if side == reader:
        return str(OWN[act])
    return str(OTHERS[act, side])
