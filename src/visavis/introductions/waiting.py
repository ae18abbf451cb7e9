"""What waits for somebody, and what introductions say to the home pages and the desk."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Q, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.common import clock
from visavis.common.prepared import Asked, Prepared
from visavis.introductions import cards, desk, stories, timeline, wording
from visavis.introductions.enums import BOTH_SAID_YES, OPEN, Side, State
from visavis.introductions.models import FollowUp, Introduction, Step
from visavis.introductions.stories import Group
from visavis.introductions.wording import Story
from visavis.people.acting import people_of
from visavis.people.asked import AskedBy
from visavis.people.days import AT_EMPLOYERS, MOST_LINES, PROPOSED, Day, Line, OfDay
from visavis.people.enums import Capacity, Role
from visavis.people.models import User
from visavis.people.requests import actor_of
from visavis.people.waiting import PROPOSALS, App, Course, Event, Happened, MayWait, Meeting, Said, Waiting
from visavis.ui.dates import day as day_words
from visavis.vacancies.models import Vacancy
from visavis.vacancies.models.vacancy import live_on, over_on

# So many of an employer's vacancies stand on his home page.
VACANCIES = 10


@dataclass(frozen=True)
class Listed:
    """One introduction in a list."""

    row: Introduction
    story: Story


# In these states the next word may be hers.
MAY_BE_HERS = BOTH_SAID_YES | {
    state for state in OPEN - BOTH_SAID_YES if Side.JOBSEEKER in stories.turn_of(stories.Situation(state))
}
HER_OPEN = Prepared(lambda user: Introduction.objects.open().filter(jobseeker__user=user).with_line())
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

HIS_OPEN = AskedBy(
    lambda actor: Introduction.objects.of_employer(actor).open().exclude(state=State.PUT).with_line()
)
HIS_MEETINGS = AskedBy(
    lambda actor, moment: (
        Introduction.objects.of_employer(actor)
        .filter(state=State.INTERVIEW, meeting_at__gt=moment)
        .with_line()
    )
)
TO_ANSWER = AskedBy(
    lambda actor: (
        Introduction.objects.of_employer(actor)
        .filter(state=State.PUT)
        .order_by()
        .values_list("vacancy", "vacancy__title")
        .annotate(number=Count("pk"))
        .order_by("-number", "vacancy")
    )
)

TO_SECOND = AskedBy(
    lambda actor: Introduction.objects.to_second(actor).order_by().values_list("pk", flat=True)
)

# Of whom one accompanies: proposals by their last day, and meetings with an employer.
OF_A_DAY = AskedBy(
    lambda actor, first, last, begins, ends: (
        Introduction.objects.filter(jobseeker__user__in=people_of(actor, Capacity.COUNSELLOR))
        .filter(
            Q(state=State.PROPOSED, answer_by__gte=first, answer_by__lte=last)
            | Q(state__in=BOTH_SAID_YES, meeting_at__gte=begins, meeting_at__lt=ends)
        )
        .select_related("jobseeker__user", "vacancy__employer")
        .order_by("meeting_at", "answer_by", "pk")[: 2 * (MOST_LINES + 1)]
    )
)
LIVE, OVER = "live", "over"
HIS_STATES = AskedBy(
    lambda actor, day: (
        Vacancy.objects.editable_by(actor)
        .order_by()
        .annotate(
            group=Case(
                When(live_on(day), then=Value(LIVE)), When(over_on(day), then=Value(OVER)), default="state"
            )
        )
        .values_list("group")
        .annotate(number=Count("pk"))
    )
)
HIS_VACANCIES = AskedBy(
    lambda actor, day: (
        Vacancy.objects.editable_by(actor)
        .live(day)
        .select_related("employer", "commune")
        .only("title", "closes_on", "published_at", "employer__name", "commune__name")
        .annotate(to_answer=Count("introductions", filter=Q(introductions__state=State.PUT)))
        .order_by("-to_answer", "-published_at", "-pk")[:VACANCIES]
    )
)
HIS_DRAFTS = AskedBy(
    lambda actor: (
        Vacancy.objects.editable_by(actor)
        .filter(state=Vacancy.State.DRAFT)
        .only("title")
        .order_by("-changed_at")[:VACANCIES]
    )
)


def listed(rows: Iterable[Introduction], reader: Side) -> dict[Group, list[Listed]]:
    """Return introductions by group, what ends first at the top of each; of meetings the next."""
    found: dict[Group, list[Listed]] = {group: [] for group in Group}
    for row in stories.with_what_followed(rows):
        story = wording.story(row, reader)
        found[story.group].append(Listed(row, story))
    for group in (Group.YOUR_TURN, Group.WAITING):
        found[group].sort(key=lambda one: (one.story.until is None, one.story.until))
    found[Group.TO_MEET].sort(key=lambda one: in_order_of_meeting(one.row))
    return found


def in_order_of_meeting(row: Introduction) -> tuple[bool, Any]:
    return row.meeting_at is None, row.meeting_at


def your_turn(rows: Iterable[Introduction], reader: Side) -> list[Waiting]:
    """Return the introductions whose next word is a side's; to an employer, with whom, as he may read it."""
    return [
        Waiting(one.story.headline, one.row.url, title=titled(one.row, reader), left=one.story.left)
        for one in listed(rows, reader)[Group.YOUR_TURN]
    ]


def titled(row: Introduction, reader: Side) -> str:
    """Name an introduction to a side: several people may stand behind one vacancy of an employer."""
    title = row.vacancy.title
    return f"{title} · {cards.title_of(row)}" if reader == Side.EMPLOYER else title


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
    """Return the questions of a hire whose day has come: those answered, and those left to answer."""
    hire = stories.hire_of(row)
    if hire is None or row.state != State.HIRED:
        return []
    found = list(hire.follow_ups.filter(due_on__lte=clock.today()).select_related("hire"))
    is_gone = any(question.is_gone for question in found)
    return [question for question in found if question.answered_at or not is_gone]


def for_employer(actor: User) -> list[Waiting]:
    """Return what waits for an employer: people to answer, by vacancy; then times to take, hires to confirm."""
    return people_to_answer(actor) + your_turn(HIS_OPEN(actor), Side.EMPLOYER)


def people_to_answer(actor: User) -> list[Waiting]:
    """Return a line for each vacancy that people wish to work for, the most people first."""
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
        for vacancy_id, title, number in TO_ANSWER(actor)
    ]


def for_colleague(actor: User) -> list[Waiting]:
    """Return one line when a colleague noted both yes of somebody: another person may confirm them."""
    number = TO_SECOND.count(actor)
    if not number:
        return []
    words = ngettext(
        "A colleague noted both yes of %(number)s introduction alone: ask one side, then confirm it.",
        "Colleagues noted both yes of %(number)s introductions alone: ask one side, then confirm them.",
        number,
    )
    return [Waiting(words % {"number": number}, reverse("introductions:to_second"))]


def meeting(row: Introduction, who: str) -> Meeting:
    """Return an agreed meeting for a home page."""
    at = row.meeting_at or clock.now()
    place = ", ".join(filter(None, [str(row.get_meeting_place_display()), row.meeting_address]))
    return Meeting(at, row.vacancy.title, who, place, row.url)


class Introductions(App):
    """What introductions say to the home pages and the desk."""

    chapter = PROPOSALS
    filters = desk.FILTERS

    def waiting_for(self, actor: User, role: Role) -> list[Waiting]:
        makers = {
            Role.JOBSEEKER: for_jobseeker,
            Role.EMPLOYER: for_employer,
            Role.COUNSELLOR: for_colleague,
            Role.HEAD: for_colleague,
        }
        return makers[role](actor) if role in makers else []

    def may_wait(self) -> Sequence[MayWait]:
        return [
            MayWait(Introduction.objects.filter(state__in=MAY_BE_HERS), "jobseeker__user"),
            MayWait(desk.due(), "hire__introduction__jobseeker__user"),
        ]

    def meetings_of(self, actor: User, role: Role) -> list[Meeting]:
        """Return those that both agreed on."""
        if role == Role.EMPLOYER:
            return [meeting(row, cards.title_of(row)) for row in HIS_MEETINGS(actor, clock.now())]
        if role != Role.JOBSEEKER:
            return []
        return [
            meeting(row, row.vacancy.employer.name if row.vacancy.employer else "")
            for row in HER_MEETINGS(actor.pk, clock.now())
        ]

    def of_day(self, actor: User, day: Day) -> list[OfDay]:
        """Return the proposals whose last day it is, today those of the next days too; and who meets an employer."""
        last = day.on + desk.NEAR if day.is_today else day.on
        rows = OF_A_DAY(actor, day.on, last, day.begins, day.ends)
        return [
            OfDay(
                PROPOSED,
                [_proposed(row, day) for row in rows if row.state == State.PROPOSED],
                f"{reverse('portal:desk')}?show=to-answer",
                _("All proposals that wait for the person"),
            ),
            OfDay(AT_EMPLOYERS, [_at_employer(row) for row in rows if row.state != State.PROPOSED]),
        ]

    def said_by_people(self) -> Said:
        return Said(Introduction.objects.filter(heard_at__isnull=False), "jobseeker", "heard_at")

    def in_course(self, actor: User, people: Sequence[Any]) -> dict[int, list[Any]]:
        return desk.in_course(people)

    def to_do(self, person: Any, rows: Sequence[Any]) -> Iterable[Waiting]:
        return desk.to_do(rows)

    def told(self, rows: Sequence[Any]) -> list[Course]:
        return desk.told(rows)

    def lately(self, person: Any, most: int) -> Asked:
        return timeline.LATEST.of(most), (person.pk,)

    def happened(self, person: Any) -> Happened:
        return Happened(timeline.steps(person.pk))

    def tell(self, rows: Iterable[Step], person: Any, actor: User) -> list[Event]:
        return timeline.told(rows, is_hers=actor.pk == person.user_id)

    def home(self, request: HttpRequest, role: Role | None) -> dict[str, Any]:
        return of_employer(actor_of(request)) if role == Role.EMPLOYER else {}


def _proposed(row: Introduction, on: Day) -> Line:
    """Return one proposal; of a day that comes, which."""
    word = _("until %(day)s") % {"day": day_words(row.answer_by)} if row.answer_by != on.on else _("last day")
    return Line(
        row.jobseeker.user.name,
        row.vacancy.title,
        row.url,
        word=word,
        kind="wait",
        is_hot=row.answer_by == on.on,
    )


def _at_employer(row: Introduction) -> Line:
    employer = row.vacancy.employer.name if row.vacancy.employer else ""
    words = " · ".join(filter(None, [row.vacancy.title, employer]))
    return Line(row.jobseeker.user.name, words, row.url, row.meeting_at)


def of_employer(actor: User) -> dict[str, Any]:
    """Return her open vacancies, those with people to answer first; drafts, hidden and closed ones apart."""
    states = dict(HIS_STATES(actor, clock.today()))
    return {
        "vacancies": HIS_VACANCIES(actor, clock.today()),
        "open": states.get(LIVE, 0),
        "drafts": HIS_DRAFTS(actor) if states.get(Vacancy.State.DRAFT) else [],
        "hidden": states.get(Vacancy.State.HIDDEN, 0),
        "closed": states.get(OVER, 0),
        "several": len(actor.organisation_ids(Role.EMPLOYER)) > 1,
    }
