"""What waits for somebody: the home pages and the lists ask here."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.common import clock
from visavis.introductions import stories, wording
from visavis.introductions.enums import Side, State
from visavis.introductions.models import FollowUp, Introduction
from visavis.introductions.stories import Group
from visavis.introductions.wording import Story
from visavis.people.models import User


@dataclass(frozen=True)
class Line:
    """One thing that waits: where it is answered, what it is, until when."""

    url: str
    title: str
    text: str
    left: str = ""


@dataclass(frozen=True)
class Listed:
    """One introduction in a list."""

    row: Introduction
    story: Story
    url: str


def listed(rows: QuerySet[Introduction], reader: Side) -> dict[Group, list[Listed]]:
    """Return introductions by group, what ends first at the top of each."""
    found: dict[Group, list[Listed]] = {group: [] for group in Group}
    for row in rows:
        story = wording.story(row, reader)
        found[story.group].append(Listed(row, story, row.url))
    for group in (Group.YOUR_TURN, Group.WAITING):
        found[group].sort(key=lambda one: (one.story.until is None, one.story.until))
    return found


def for_jobseeker(actor: User) -> list[Line]:
    """Return what waits for her: proposals, times to take, hires to confirm, then the questions after a hire."""
    rows = Introduction.objects.open().filter(jobseeker__user=actor).with_card()
    lines = [
        Line(one.url, one.row.vacancy.title, one.story.headline, one.story.left)
        for one in listed(rows, Side.JOBSEEKER)[Group.YOUR_TURN]
    ]
    questions = due().filter(hire__introduction__jobseeker__user=actor)
    return lines + [
        Line(
            question_url(question),
            question.hire.vacancy.title,
            _("Are you still there? One question."),
        )
        for question in questions.select_related("hire__introduction", "hire__vacancy")
    ]


def meetings(actor: User) -> list[Introduction]:
    """Return her meetings to come that both agreed on, the next one first."""
    rows = Introduction.objects.filter(jobseeker__user=actor, state=State.INTERVIEW)
    return list(
        rows.filter(meeting_at__gt=clock.now()).select_related("vacancy__employer").order_by("meeting_at")
    )


def due() -> QuerySet[FollowUp]:
    """Return the questions whose day has come and that nobody has answered."""
    return FollowUp.objects.filter(answered_at__isnull=True, due_on__lte=clock.today())


def question_url(question: FollowUp) -> str:
    kept = {"introduction_id": question.hire.introduction_id, "months": question.months}
    return reverse("introductions:still_there", kwargs=kept)


def questions_of(row: Introduction) -> list[FollowUp]:
    """Return the questions of a hire whose day has come, answered or not."""
    hire = stories.hire_of(row)
    if hire is None or row.state != State.HIRED:
        return []
    return list(hire.follow_ups.filter(due_on__lte=clock.today()).select_related("hire"))


def for_employer(actor: User) -> list[Line]:
    """Return what waits for an employer: people to answer, by vacancy; then times to take, hires to confirm."""
    mine = Introduction.objects.of_employer(actor)
    rows = mine.open().exclude(state=State.PUT).with_card()
    return people_to_answer(mine) + [
        Line(one.url, one.row.vacancy.title, one.story.headline, one.story.left)
        for one in listed(rows, Side.EMPLOYER)[Group.YOUR_TURN]
    ]


def people_to_answer(mine: QuerySet[Introduction]) -> list[Line]:
    """Return a line for each vacancy that people wish to work for, the most people first."""
    put = mine.filter(state=State.PUT).order_by().values_list("vacancy", "vacancy__title")
    counts = put.annotate(number=Count("pk")).order_by("-number", "vacancy")
    return [
        Line(
            reverse("introductions:of_vacancy", kwargs={"vacancy_id": vacancy_id}),
            title,
            ngettext(
                "%(number)s person wishes to work here and waits for your answer.",
                "%(number)s people wish to work here and wait for your answer.",
                number,
            )
            % {"number": number},
        )
        for vacancy_id, title, number in counts
    ]
