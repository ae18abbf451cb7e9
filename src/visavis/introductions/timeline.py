"""The steps so far, in words: the same for both sides, in the order they happened."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext

from visavis.common.prepared import Latest, Prepared
from visavis.common.sentences import sentences_beside
from visavis.introductions.enums import Act, Side
from visavis.introductions.models import Introduction, Step
from visavis.people.waiting import Event

SENTENCES = sentences_beside(__file__)
OWN: dict[Act, Promise] = {Act(act): said for act, said in SENTENCES["own"].items()}
"""What the side that acted reads of itself."""

OTHERS: dict[tuple[Act, Side], Promise] = {
    (Act(act), Side(side)): said for act, sides in SENTENCES["others"].items() for side, said in sides.items()
}
"""What everybody else reads."""


STEPS = Prepared(lambda introduction: Step.objects.filter(introduction=introduction).order_by("number"))


def lines(introduction: Introduction, reader: Side) -> list[Event]:
    """Return the steps so far as a side reads them; what was taken back stays and says so."""
    return [
        Event(step.at, words(Act(step.act), Side(step.side), reader), was_undone=step.undone_at is not None)
        for step in STEPS(introduction.pk)
    ]


def told(rows: Iterable[Step], *, is_hers: bool) -> list[Event]:
    """Put steps of several introductions into words: as she reads them, or as who accompanies her does."""
    say = her_words if is_hers else step_words
    return [Event(row.at, say(row), row.introduction.url, row.undone_at is not None) for row in rows]


def steps(person: int) -> QuerySet[Step]:
    """Return the steps of all introductions of a person, with what `told` says of each."""
    rows = Step.objects.filter(introduction__jobseeker=person).select_related("introduction__vacancy")
    return rows.only("act", "side", "at", "undone_at", "introduction__vacancy__title")


LATEST = Latest(lambda person: steps(person).order_by("-at", "-pk"))
"""The last steps of a person's introductions: for which side, whoever noted them."""


def her_words(step: Step) -> str:
    """Say a step to the person herself, with the opening that it is about."""
    named = {
        "title": step.introduction.vacancy.title,
        "words": words(Act(step.act), Side(step.side), Side.JOBSEEKER),
    }
    return gettext("“%(title)s”: %(words)s") % named


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
