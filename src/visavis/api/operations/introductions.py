"""Introductions and hires: read as cards, answered by the services of the pages."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from visavis.api import callers, cursors, introducing, problems
from visavis.api.declaring import operation
from visavis.api.problems import Problem, Wrong
from visavis.api.scopes import Scope
from visavis.api.shapes.common import Id, Paging
from visavis.api.shapes.introductions import (
    Declared,
    HireOut,
    HiresPage,
    IntroductionList,
    IntroductionOut,
    IntroductionsPage,
    Meeting,
    Otherwise,
    Proposal,
    Said,
    SaidNo,
    StillThere,
    Taken,
    Wish,
)
from visavis.introductions import hires, permissions, reading, services, stories, waiting
from visavis.introductions.enums import Act
from visavis.introductions.hires import Terms
from visavis.introductions.meetings import Plan, Where
from visavis.introductions.models import Introduction
from visavis.introductions.models.introduction import IntroductionQuerySet
from visavis.introductions.views.acting import do
from visavis.introductions.views.answering import side_of
from visavis.jobseekers.models import Jobseeker
from visavis.matches.models import Match
from visavis.matches.pages.introducing import score_for
from visavis.matches.permissions import vacancies_with_candidates
from visavis.people import addresses
from visavis.people.models import User
from visavis.vacancies.models import Vacancy

router = Router(tags=["introductions"])
READ, WRITE = Scope.INTRODUCTIONS_READ, Scope.INTRODUCTIONS_WRITE
HIRES_READ, HIRES_WRITE = Scope.HIRES_READ, Scope.HIRES_WRITE


@operation(router.get, "/introductions", scope=READ)
def list_introductions(request: HttpRequest, asked: Query[IntroductionList]) -> IntroductionsPage:
    """List the introductions one may see, the latest first."""
    actor = callers.of(request).user
    found = Introduction.objects.visible_to(actor)
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.vacancy:
        found = found.filter(vacancy=asked.vacancy)
    rows, following = page(found, asked, actor)
    items = [introducing.brief(row, actor) for row in stories.with_what_followed(rows)]
    return IntroductionsPage(items=items, next_cursor=following)


@operation(router.get, "/hires", scope=HIRES_READ)
def list_hires(request: HttpRequest, asked: Query[Paging]) -> HiresPage:
    """List the hires one may see, declared or confirmed, the latest first."""
    actor = callers.of(request).user
    hired = Introduction.objects.visible_to(actor).filter(hire__isnull=False)
    rows, following = page(hired, asked, actor)
    items = [hire for row in rows if (hire := introducing.hire(row))]
    return HiresPage(items=items, next_cursor=following)


@operation(router.get, "/introductions/{int:introduction_id}", scope=READ)
def read_introduction(request: HttpRequest, introduction_id: Id) -> IntroductionOut:
    """Read where an introduction stands, both cards, and what one can do now."""
    actor = callers.of(request).user
    row = introduction_of(actor, introduction_id)
    reading.note([row], actor)
    return introducing.whole(row, actor)


@operation(router.post, "/introductions", scope=WRITE, status=201)
def want_introduction(request: HttpRequest, sent: Wish) -> Status[IntroductionOut]:
    """Ask to be introduced for a vacancy."""
    actor = callers.of(request).user
    jobseeker = get_object_or_404(Jobseeker.objects.visible_to(actor), user=actor)
    vacancy = get_object_or_404(Vacancy.objects.visible_to(actor), pk=sent.vacancy_id)
    score = score_for(jobseeker, vacancy)
    row = services.want(jobseeker=jobseeker, vacancy=vacancy, by=actor, score=score)
    return Status(201, again(actor, row))


@operation(router.post, "/people/{int:person_id}/introductions", scope=WRITE, status=201)
def propose_introduction(request: HttpRequest, person_id: Id, sent: Proposal) -> Status[IntroductionOut]:
    """Propose a vacancy to a person one follows, to be answered by a day."""
    actor = callers.of(request).user
    people = Jobseeker.objects.visible_to(actor).select_related("user", "agency")
    jobseeker = get_object_or_404(people, pk=person_id)
    vacancy = get_object_or_404(Vacancy.objects.visible_to(actor), pk=sent.vacancy_id)
    row = services.propose(
        jobseeker=jobseeker,
        vacancy=vacancy,
        by=actor,
        answer_by=day("answer_by", sent.answer_by) if sent.answer_by else None,
        note=sent.note,
        score=score_for(jobseeker, vacancy),
    )
    return Status(201, again(actor, row))


@operation(
    router.post, "/vacancies/{int:vacancy_id}/candidates/{int:match_id}/introduction", scope=WRITE, status=201
)
def ask_introduction(request: HttpRequest, vacancy_id: Id, match_id: Id) -> Status[IntroductionOut]:
    """Ask to meet a person of a vacancy's list, without knowing who she is."""
    actor = callers.of(request).user
    vacancy = get_object_or_404(vacancies_with_candidates(actor), pk=vacancy_id)
    if not permissions.works_for(actor, vacancy):
        raise Http404
    listed = Match.objects.visible_to(actor).for_vacancy(vacancy).select_related("jobseeker")
    match = get_object_or_404(listed, pk=match_id)
    row = services.ask(jobseeker=match.jobseeker, vacancy=vacancy, by=actor, score=match.score)
    return Status(201, again(actor, row))


# Answers ------------------------------------------------------------------------------------------------


def answer(path: str, code: str, asked: Act, kind: type[Said] = Said, scope: Scope = WRITE) -> None:
    """Make the operation of one act: the introduction, the side, then the one service that does it."""

    def act(request: HttpRequest, introduction_id: Id, sent: Said) -> IntroductionOut:
        actor = callers.of(request).user
        row = introduction_of(actor, introduction_id)
        sides = permissions.sides_of(actor, row)
        if not sides:
            raise Http404
        side = side_of(row, sides, sent.side)
        do(asked, introduction=row, side=side, by=actor, seen=sent.version, **arguments(sent))
        return again(actor, row)

    act.__annotations__["sent"] = kind
    act.__name__ = code
    operation(router.post, f"/introductions/{{int:introduction_id}}/{path}", scope=scope)(act)


def arguments(sent: Said) -> dict[str, Any]:
    """Return what is said beside who answers, as the services take it."""
    match sent:
        case SaidNo():
            return {"reason": sent.reason}
        case Meeting():
            times = (sent.at, *sent.others)
            said = sent.model_dump(include={"place", "minutes", "address", "contact", "is_sure"})
            return {"plan": Plan(times, phone=phone(sent.phone), **said)}
        case Taken():
            where = Where(sent.address.strip(), sent.contact.strip(), phone(sent.phone))
            return {"at": sent.at, "where": where}
        case Otherwise():
            return {"words": sent.words}
        case Declared():
            hours = None if sent.hours_week is None else Decimal(str(round(sent.hours_week, 1)))
            return {"terms": Terms(sent.kind, day("starts_on", sent.starts_on), hours)}
    return {}


answer("accept", "accept_introduction", Act.ACCEPT)
answer("decline", "decline_introduction", Act.DECLINE, SaidNo)
answer("agree", "agree_introduction", Act.AGREE)
answer("second", "second_introduction", Act.SECOND)
answer("refuse", "refuse_introduction", Act.REFUSE, SaidNo)
answer("withdraw", "withdraw_introduction", Act.WITHDRAW, SaidNo)
answer("not-hired", "end_introduction", Act.NOT_HIRE, SaidNo)
answer("meeting", "propose_meeting", Act.SET_TIME, Meeting)
answer("meeting/accept", "accept_meeting", Act.TAKE_TIME, Taken)
answer("meeting/other", "ask_other_meeting", Act.OTHER_TIME, Otherwise)
answer("meeting/cancel", "cancel_meeting", Act.CANCEL, SaidNo)
answer("undo", "undo_introduction", Act.UNDO)
answer("hire", "declare_hire", Act.DECLARE, Declared, HIRES_WRITE)
answer("hire/confirm", "confirm_hire", Act.CONFIRM, scope=HIRES_WRITE)
answer("hire/dispute", "dispute_hire", Act.DISPUTE, scope=HIRES_WRITE)


@operation(router.post, "/introductions/{int:introduction_id}/follow-ups/{int:months}", scope=HIRES_WRITE)
def answer_follow_up(request: HttpRequest, introduction_id: Id, months: Id, sent: StillThere) -> HireOut:
    """Say whether the person is still in the job; asked once, the first answer stands."""
    actor = callers.of(request).user
    row = introduction_of(actor, introduction_id)
    asked = next((one for one in waiting.questions_of(row) if one.months == months), None)
    if asked is None:
        raise Http404
    side = permissions.reads_as(actor, row)
    hires.answer_follow_up(question=asked, answer=sent.answer, side=side, by=actor)
    kept = introducing.hire(introduction_of(actor, introduction_id))
    if kept is None:
        raise Http404
    return kept


# Shared -------------------------------------------------------------------------------------------------


def introduction_of(actor: User, introduction_id: int) -> Introduction:
    """Return an introduction that the actor may see, or 404."""
    return get_object_or_404(Introduction.objects.visible_to(actor).with_person(), pk=introduction_id)


def again(actor: User, row: Introduction) -> IntroductionOut:
    """Return an introduction as it is after an act; an employer may have taken it out of his own sight."""
    seen = Introduction.objects.visible_to(actor).with_person().filter(pk=row.pk).first()
    if seen is None:
        raise Problem(problems.NOT_FOUND, _("It is done. This introduction is no longer yours to read."))
    return introducing.whole(seen, actor)


def page(found: IntroductionQuerySet, asked: Paging, actor: User) -> tuple[list[Introduction], str | None]:
    """Return the introductions that follow the cursor, the newest first, and where to go on."""
    limit = asked.limit
    if asked.cursor:
        found = found.filter(pk__lt=cursors.number(asked.cursor))
    whole = found.with_person().select_related("jobseeker__agency").prefetch_related("hire__follow_ups")
    rows = list(whole.order_by("-pk")[: limit + 1])
    shown = rows[:limit]
    reading.note(shown, actor)
    return shown, cursors.write(shown[-1].pk) if len(rows) > limit else None


def phone(text: str, field: str = "phone") -> str:
    try:
        return addresses.read_phone(text) if text else ""
    except ValidationError as error:
        raise Problem(problems.INVALID, errors=[Wrong("body", field, error.messages[0])]) from error


def day(field: str, text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        sentence = _("This date does not exist in the calendar. Check the day and the month.")
        raise Problem(problems.INVALID, errors=[Wrong("body", field, sentence)]) from error
