"""What an employer reads of where the account stands, and the agency of what was done."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from visavis.common.sentences import sentences_beside
from visavis.employers.enums import Act, Reason, Side, State
from visavis.employers.models import Account, Step
from visavis.people.waiting import Event

SENTENCES = sentences_beside(__file__)
STANDS: dict[State, tuple[Promise, Promise]] = {
    State(state): (headline, following) for state, (headline, following) in SENTENCES["stands"].items()
}
WHY: dict[Reason, Promise] = {Reason(code): said for code, said in SENTENCES["why"].items()}
ALOUD: dict[str, Promise] = SENTENCES["aloud"]
ON_PAPER: dict[str, Promise] = SENTENCES["on_paper"]
KINDS: dict[State, str] = {
    State.ASKED: "wait",
    State.CHECKING: "wait",
    State.OPEN: "good",
    State.REFUSED: "bad",
    State.DOWN: "bad",
    State.WITHDRAWN: "",
}


@dataclass(frozen=True)
class Story:
    """Where an account stands, as its employer reads it."""

    headline: str
    next: str
    kind: str
    why: str = ""
    words: str = ""


def story(row: Account) -> Story:
    state = State(row.state)
    headline, following = STANDS[state]
    is_no = state in (State.REFUSED, State.DOWN)
    why = str(WHY[Reason(row.reason)]) if is_no and row.reason else ""
    return Story(str(headline), str(following), KINDS[state], why, row.words if is_no else "")


def on_paper_of(kind: str) -> str:
    """Return what a letter says of a kind of news."""
    return str(ON_PAPER[kind])


def steps_told(row: Account) -> list[Event]:
    """Return what was done so far, with who did it, the last first: for the agency."""
    return [
        Event(step.at, words(step), was_undone=step.undone_at is not None)
        for step in row.steps.select_related("by").order_by("-number")
    ]


def words(step: Step) -> str:
    who = step.by.name if step.by else str(_("The service"))
    if step.act == Act.ASK and step.side == Side.AGENCY:
        return _("%(who)s wrote the request down on the phone") % {"who": who}
    sentence = f"{who} {Act(step.act).label}"
    return f"{sentence} – {Reason(step.reason).label}" if step.reason and step.act in NOES else sentence


NOES = (Act.REFUSE, Act.TAKE_DOWN)
