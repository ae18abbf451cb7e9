"""From a list to an introduction: where each opening and each candidate stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from visavis.common.prepared import Prepared
from visavis.introductions import permissions, stories, wording
from visavis.introductions.enums import Side, State
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.opened import Opened
from visavis.matches.models import Match
from visavis.people.asked import AskedBy
from visavis.people.models import User
from visavis.vacancies.models import Vacancy

ASKED = (State.WANTED, State.PUT)

INTRODUCTIONS = Prepared(
    lambda person, vacancies: (
        Introduction.objects.filter(jobseeker=person, vacancy__in=vacancies)
        .select_related("hire")
        .order_by("pk")
    )
)

OF_EMPLOYER = AskedBy(
    lambda actor, vacancy, people: (
        Introduction.objects.of_employer(actor)
        .filter(vacancy=vacancy, jobseeker__in=people)
        .select_related("hire")
        .order_by("pk")
    )
)


@dataclass(frozen=True)
class Begun:
    """The last introduction of a pair, as its reader is told of it."""

    url: str
    headline: str
    kind: str
    is_open: bool
    may_ask_again: bool
    # She asked for it, and nobody has answered since.
    can_take_back: bool


def begun_of(row: Introduction, reader: Side) -> Begun:
    story = wording.story(row, reader)
    again = permissions.can_begin_again(row)
    is_asked = row.origin == Side.JOBSEEKER and row.state in ASKED
    return Begun(row.url, story.headline, story.kind, row.is_open, again, is_asked)


def of_openings(owner: Opened, vacancies: Iterable[int]) -> dict[int, Begun]:
    """Return where her introductions for these vacancies stand, the last of each."""
    reader = Side.JOBSEEKER if owner.is_hers else Side.COUNSELLOR
    numbers = list(vacancies)
    rows = INTRODUCTIONS(owner.jobseeker.pk, numbers) if numbers else []
    latest = {row.vacancy_id: row for row in rows}
    stories.with_what_followed(latest.values())
    return {number: begun_of(row, reader) for number, row in latest.items()}


def asked_of(owner: Opened, vacancy: Vacancy) -> Introduction | None:
    """Return her introduction for this vacancy while it only waits: she asked, nobody has answered."""
    rows = Introduction.objects.filter(jobseeker=owner.jobseeker, vacancy=vacancy, origin=Side.JOBSEEKER)
    return rows.filter(state__in=ASKED).order_by("pk").last()


def mark_openings(
    cards: list[dict[str, Any]], matches: Sequence[Match], owner: Opened
) -> list[dict[str, Any]]:
    """Add to each card how to be introduced, or where the introduction stands."""
    rows = of_openings(owner, [match.vacancy_id for match in matches])
    for card, match in zip(cards, matches, strict=True):
        begun = rows.get(match.vacancy_id)
        card["introduction"] = begun if begun and begun.is_open else None
        card["introduce_url"] = introduce_url(match.vacancy, owner)
    return cards


def introduce_url(vacancy: Vacancy, owner: Opened) -> str:
    """Return where she says that she wants to be introduced; nothing when the employer does not answer here."""
    return (
        owner.url_of("matches:introduce", vacancy_id=vacancy.pk)
        if permissions.can_be_introduced(vacancy)
        else ""
    )


def mark_candidates(
    cards: list[dict[str, Any]], matches: Sequence[Match], vacancy: Vacancy, by: User
) -> list[dict[str, Any]]:
    """Add to each candidate how an employer asks to meet, or where the introduction stands.

    The address has the number of the place in the list, which tells nothing of who it is.
    """
    if not permissions.works_for(by, vacancy):
        return cards
    people = [match.jobseeker_id for match in matches]
    rows = OF_EMPLOYER(by, vacancy.pk, people) if people else []
    latest = {row.jobseeker_id: row for row in stories.with_what_followed(rows)}
    for card, match in zip(cards, matches, strict=True):
        row = latest.get(match.jobseeker_id)
        if row is not None:
            card["introduction"] = begun_of(row, Side.EMPLOYER)
        elif permissions.can_be_introduced(vacancy):
            card["ask_url"] = reverse("matches:ask", kwargs={"vacancy_id": vacancy.pk, "match_id": match.pk})
    return cards


def score_for(jobseeker: Jobseeker, vacancy: Vacancy) -> float | None:
    """Return the score of a pair, from her list or from the vacancy's; None when nobody computed it."""
    matches = Match.objects.filter(jobseeker=jobseeker, vacancy=vacancy)
    match = matches.order_by("side").first()
    return None if match is None else match.score
