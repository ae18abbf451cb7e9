"""What waits for somebody, and what introductions say to the home pages and the desk."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.common import clock
from visavis.common.prepared import Prepared
from visavis.introductions import cards, desk, stories, timeline, wording
from visavis.introductions.enums import Side, State
from visavis.introductions.models import FollowUp, Introduction, Step
from visavis.introductions.stories import Group
from visavis.introductions.wording import Story
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.requests import actor_of
from visavis.people.waiting import HERS, App, Course, Event, Meeting, Waiting
from visavis.vacancies.models import Vacancy

# So many of an employer's vacancies stand on his home page.
VACANCIES = 10


@dataclass(frozen=True)
class Listed:
    """One introduction in a list."""

    row: Introduction
    story: Story


HER_OPEN = Prepared(lambda user: Introduction.objects.open().filter(jobseeker__user=user).with_card())
HER_QUESTIONS = Prepared(
    lambda user, day: (
        desk.due(day)
        .filter(hire__introduction__jobseeker__user=user)
        .select_related("hire__introduction", "hire__vacancy")
    )
)
HER_MEETINGS = Prepared(
    lambda user, moment: Introduction.objects.filter(
        jobseeker__user=user, state=State.INTERVIEW, meeting_at__gt=moment
    ).select_related("vacancy__employer")
)


def listed(rows: Iterable[Introduction], reader: Side) -> dict[Group, list[Listed]]:
    """Return introductions by group, what ends first at the top of each."""
    found: dict[Group, list[Listed]] = {group: [] for group in Group}
    for row in rows:
        story = wording.story(row, reader)
        found[story.group].append(Listed(row, story))
    for group in (Group.YOUR_TURN, Group.WAITING):
        found[group].sort(key=lambda one: (one.story.until is None, one.story.until))
    return found


def your_turn(rows: Iterable[Introduction], reader: Side) -> list[Waiting]:
    """Return the introductions whose next word is a side's."""
    return [
        Waiting(one.story.headline, one.row.url, title=one.row.vacancy.title, left=one.story.left)
        for one in listed(rows, reader)[Group.YOUR_TURN]
    ]


def for_jobseeker(actor: User) -> list[Waiting]:
    """Return what waits for her: proposals, times to take, hires to confirm, then the questions after a hire."""
    return your_turn(HER_OPEN(actor.pk), Side.JOBSEEKER) + [
        Waiting(
            _("Are you still there? One question."), question_url(question), title=question.hire.vacancy.title
        )
        for question in HER_QUESTIONS(actor.pk, clock.today())
    ]


def question_url(question: FollowUp) -> str:
    kept = {"introduction_id": question.hire.introduction_id, "months": question.months}
    return reverse("introductions:still_there", kwargs=kept)


def questions_of(row: Introduction) -> list[FollowUp]:
    """Return the questions of a hire whose day has come, answered or not."""
    hire = stories.hire_of(row)
    if hire is None or row.state != State.HIRED:
        return []
    return list(hire.follow_ups.filter(due_on__lte=clock.today()).select_related("hire"))


def for_employer(actor: User) -> list[Waiting]:
    """Return what waits for an employer: people to answer, by vacancy; then times to take, hires to confirm."""
    mine = Introduction.objects.of_employer(actor)
    rows = mine.open().exclude(state=State.PUT).with_card()
    return people_to_answer(mine) + your_turn(rows, Side.EMPLOYER)


def people_to_answer(mine: QuerySet[Introduction]) -> list[Waiting]:
    """Return a line for each vacancy that people wish to work for, the most people first."""
    put = mine.filter(state=State.PUT).order_by().values_list("vacancy", "vacancy__title")
    counts = put.annotate(number=Count("pk")).order_by("-number", "vacancy")
    return [
        Waiting(
            ngettext(
                "%(number)s person wishes to work here and waits for your answer.",
                "%(number)s people wish to work here and wait for your answer.",
                number,
            )
            % {"number": number},
            reverse("introductions:of_vacancy", kwargs={"vacancy_id": vacancy_id}),
            title=title,
        )
        for vacancy_id, title, number in counts
    ]


def meeting(row: Introduction, who: str) -> Meeting:
    """Return an agreed meeting for a home page."""
    at = row.meeting_at or clock.now()
    place = ", ".join(filter(None, [str(row.get_meeting_place_display()), row.meeting_address]))
    return Meeting(at, row.vacancy.title, who, place, row.url)


class Introductions(App):
    """What introductions say to the home pages and the desk."""

    filters = desk.FILTERS

    def waiting_for(self, actor: User, role: Role) -> list[Waiting]:
        makers = {Role.JOBSEEKER: for_jobseeker, Role.EMPLOYER: for_employer}
        return makers[role](actor) if role in makers else []

    def meetings_of(self, actor: User, role: Role) -> list[Meeting]:
        """Return those that both agreed on."""
        if role == Role.EMPLOYER:
            agreed = Introduction.objects.of_employer(actor).filter(state=State.INTERVIEW)
            rows = agreed.filter(meeting_at__gt=clock.now()).with_card()
            return [meeting(row, cards.title_of(row)) for row in rows]
        if role != Role.JOBSEEKER:
            return []
        return [
            meeting(row, row.vacancy.employer.name if row.vacancy.employer else "")
            for row in HER_MEETINGS(actor.pk, clock.now())
        ]

    def said_by_her(self) -> tuple[QuerySet[Step], str]:
        return Step.objects.filter(introduction__jobseeker=HERS, side=Side.JOBSEEKER), "at"

    def in_course(self, actor: User, people: Sequence[Any]) -> dict[int, list[Any]]:
        return desk.in_course(person.pk for person in people)

    def to_do(self, person: Any, rows: Sequence[Any]) -> Iterable[Waiting]:
        return desk.to_do(rows)

    def told(self, rows: Sequence[Any]) -> list[Course]:
        return desk.told(rows)

    def events(self, person: Any, actor: User, most: int) -> list[Event]:
        return timeline.events(person, most)

    def home(self, request: HttpRequest, role: Role | None) -> dict[str, Any]:
        return of_employer(actor_of(request)) if role == Role.EMPLOYER else {}


def of_employer(actor: User) -> dict[str, Any]:
    """Return her open vacancies, those with people to answer first; drafts, hidden and closed ones apart."""
    own = Vacancy.objects.editable_by(actor)
    answers = Count("introductions", filter=Q(introductions__state=State.PUT))
    shown = own.live().with_card().annotate(to_answer=answers).order_by("-to_answer", "-published_at", "-pk")
    drafts = own.filter(state=Vacancy.State.DRAFT).order_by("-changed_at")
    return {
        "vacancies": shown[:VACANCIES],
        "open": own.live().count(),
        "drafts": drafts.with_card()[:VACANCIES],
        "hidden": own.filter(state=Vacancy.State.HIDDEN).count(),
        "closed": own.over().count(),
        "several": len(actor.organisation_ids(Role.EMPLOYER)) > 1,
    }
