"""From an act that a page or a program asks for to the one service that does it."""

from collections.abc import Callable
from typing import Any

from visavis.introductions import hires, services
from visavis.introductions.enums import Act, Side
from visavis.introductions.forms import ActForm
from visavis.introductions.models import Introduction
from visavis.introductions.views.answering import Answering

SERVICES: dict[Act, Callable[..., object]] = {
    Act.ACCEPT: services.accept,
    Act.DECLINE: services.decline,
    Act.AGREE: services.agree,
    Act.SECOND: services.second,
    Act.REFUSE: services.refuse,
    Act.WITHDRAW: services.withdraw,
    Act.NOT_HIRE: services.not_hire,
    Act.SET_TIME: services.set_time,
    Act.TAKE_TIME: services.take_time,
    Act.OTHER_TIME: services.other_time,
    Act.CANCEL: services.cancel,
    Act.DECLARE: hires.declare,
    Act.CONFIRM: hires.confirm,
    Act.DISPUTE: hires.dispute,
    Act.UNDO: services.undo,
}
# These belong to one side only, which they know.
OF_ONE_SIDE = frozenset({Act.ACCEPT, Act.DECLINE, Act.AGREE, Act.SECOND, Act.REFUSE, Act.UNDO})


def act_asked(said: str) -> Act | None:
    """Return the act that a page asked for; None when it is none of this page."""
    return Act(said) if said in {act.value for act in SERVICES} else None


def perform(found: Answering, form: ActForm) -> None:
    """Do what the form asks. Raises what the service refuses."""
    who = {"by": found.actor, "seen": form.cleaned_data["seen"]}
    do(form.asked, introduction=found.row, side=form.for_side, **who, **form.arguments())


def do(act: Act, *, introduction: Introduction, side: Side, **said: Any) -> None:
    """Call the one service of an act: who says what, and of which version. Raises what the service refuses."""
    if act not in OF_ONE_SIDE:
        said["side"] = side
    SERVICES[act](introduction=introduction, **said)
