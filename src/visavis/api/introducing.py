"""Introductions in shape. Of people, only what the cards of introductions let this reader see."""

from dataclasses import asdict

from visavis.api.shapes.common import filled
from visavis.api.shapes.introductions import (
    EmployerCardOut,
    FollowUpOut,
    HireOut,
    IdentityOut,
    IntroductionBrief,
    IntroductionOut,
    LineOut,
    MeetingOut,
    PersonCardOut,
    PossibleOut,
)
from visavis.common import clock
from visavis.introductions import (
    cards,
    lasting,
    offers,
    permissions,
    reasons,
    stories,
    timeline,
    undoing,
    wording,
)
from visavis.introductions.cards import Identity
from visavis.introductions.enums import Reason, Side, State
from visavis.introductions.models import Introduction
from visavis.people.models import User


def brief(row: Introduction, by: User) -> IntroductionBrief:
    """Return an introduction as a list shows it to this reader."""
    reader = permissions.reads_as(by, row)
    story = wording.story(row, reader)
    return filled(
        IntroductionBrief,
        row,
        state=State(row.state),
        situation=story.situation,
        headline=story.headline,
        is_your_turn=story.is_yours,
        until=story.until,
        reader=reader,
        vacancy=row.vacancy.title,
        employer=row.vacancy.employer.name if row.vacancy.employer else "",
        person=cards.title_of(row),
        person_id=row.jobseeker_id if reader == Side.COUNSELLOR else None,
    )


def whole(row: Introduction, by: User) -> IntroductionOut:
    """Return an introduction as its page shows it to this reader."""
    head = brief(row, by)
    story = wording.story(row, head.reader)
    return filled(
        IntroductionOut,
        story,
        **head.model_dump(),
        note="" if head.reader == Side.EMPLOYER else row.note,
        answer_by=row.answer_by,
        person_card=person_card(row),
        employer_card=employer_card(row),
        meeting=meeting(row),
        hire=hire(row),
        names_until=lasting.names_until(row),
        contact_until=lasting.contact_until(row),
        read_until=lasting.read_until(row),
        who_reads=lasting.words(row, head.reader),
        possible=possible(row, by),
        can_undo=undoing.can_undo(row, by),
        timeline=[
            LineOut(at=line.at, words=line.sentence, was_taken_back=line.was_undone)
            for line in timeline.lines(row, head.reader)
        ],
    )


def person_card(row: Introduction) -> PersonCardOut:
    card = cards.of_person(row)
    shown = {name: value for name, value in asdict(card).items() if name in PersonCardOut.model_fields}
    return PersonCardOut(**shown | {"title": card.title, "identity": identity(card.identity)})


def employer_card(row: Introduction) -> EmployerCardOut:
    card = cards.of_employer(row)
    return EmployerCardOut(**asdict(card) | {"identity": identity(card.identity)})


def identity(found: Identity | None) -> IdentityOut | None:
    return IdentityOut(**asdict(found)) if found else None


def meeting(row: Introduction) -> MeetingOut | None:
    """Return the time proposed; nobody meets before both said yes."""
    if row.meeting_at is None:
        return None
    is_shared = permissions.identity_is_shared(row)
    return MeetingOut.model_validate(
        {
            "at": row.meeting_at,
            "times": row.times(),
            "place": row.meeting_place,
            "minutes": row.meeting_minutes,
            "address": row.meeting_address if is_shared else "",
            "contact": row.meeting_contact if is_shared else "",
            "phone": row.meeting_phone if is_shared else "",
            "by": row.meeting_by,
            "is_agreed": row.meeting_agreed_at is not None,
        }
    )


def hire(row: Introduction) -> HireOut | None:
    """Return the hire that was said, and its questions whose day has come."""
    found = stories.hire_of(row)
    if found is None:
        return None
    return filled(
        HireOut,
        found,
        introduction_id=row.pk,
        vacancy_id=row.vacancy_id,
        vacancy=row.vacancy.title,
        person=cards.title_of(row),
        declared_by=Side(found.declared_side),
        is_confirmed=found.confirmed_at is not None,
        is_disputed=found.disputed_at is not None,
        follow_ups=[
            filled(FollowUpOut, question)
            for question in (found.follow_ups.all() if row.state == State.HIRED else ())
            if question.due_on <= clock.today()
        ],
    )


def possible(row: Introduction, by: User) -> list[PossibleOut]:
    """Return what the reader can do now, for each side for which she acts."""
    return [
        PossibleOut(act=act, side=side, reasons=[Reason(code) for code, _words in reasons.choices(side, act)])
        for side in permissions.sides_of(by, row)
        for act in offers.offered(row, side, by)
    ]
