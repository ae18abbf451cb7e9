"""The end of a follow-up as pages show it: where it stands, what happened to it, and what goes on besides."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from visavis.casefiles.endings.enums import NOTED, Act, Side, Way
from visavis.casefiles.endings.waiting import THEIRS, what
from visavis.casefiles.models import Ending, EndingStep
from visavis.common.addresses import address
from visavis.jobseekers.models import Jobseeker
from visavis.people import waiting
from visavis.people.course import in_course
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.waiting import Course, Meeting, Waiting


@dataclass(frozen=True)
class Said:
    """One step in words: what was done, and by whom."""

    step: EndingStep
    what: str
    who: str


def latest(person: User) -> Ending | None:
    """Return what was last proposed, whatever became of it."""
    rows = Ending.objects.select_related("person__jobseeker", "counsellor", "by")
    return rows.filter(person=person).order_by("-proposed_at", "-pk").first()


def history(row: Ending) -> list[Said]:
    """Return what happened to it, the newest first."""
    steps = row.steps.select_related("by").order_by("-number")
    return [Said(one, str(THEIRS[what(one)]), _who(one)) for one in steps]


def _who(step: EndingStep) -> str:
    if step.side == Side.SERVICE and step.act != Act.UNDO:
        return str(Way(step.way).label)
    if step.act == Act.AGAIN and step.side == Side.AGENCY and step.by_id is None:
        return _("as a counsellor was chosen")
    name = step.by.name if step.by else _("somebody who has left the service")
    # At the counter, on her own pages, it is herself who says it.
    if step.side == Side.PERSON and step.way in NOTED and step.by_id != step.ending.person_id:
        words = {"name": name, "way": str(Way(step.way).label)}
        return _("the person, %(way)s; noted by %(name)s") % words
    return name if step.way == Way.SITE else f"{name}, {Way(step.way).label}"


@dataclass(frozen=True)
class GoesOn:
    """What the end of a follow-up does not touch, and somebody has to think of: as each app says it."""

    meetings: list[Meeting]
    course: list[Course]
    waits: list[Waiting]


def goes_on(jobseeker: Jobseeker, actor: User) -> GoesOn:
    """Return, for who accompanies her, what is in course for a person: it goes on, and nobody cancels it by ending."""
    [person] = waiting.with_flags(Jobseeker.objects.filter(pk=jobseeker.pk).select_related("user"), actor)
    course = in_course(actor, [person])
    here = address("casefiles:ending_of", jobseeker_id=jobseeker.pk)
    waits = [one for one in course.nearest(person) if one.due is not None and str(one.url) != here]
    return GoesOn(hers(jobseeker.user), course.told(person), waits)


def hers(person: User) -> list[Meeting]:
    """Return her meetings to come."""
    return waiting.meetings_of(person, Role.JOBSEEKER)


def facts(row: Ending | None) -> dict[str, Any]:
    """Return what each page shows of where it stands."""
    return {"ending": row, "history": history(row) if row else []}
