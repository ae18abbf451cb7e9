"""By night: who was reached by any way is not listed; who was not is, with why; once, and until it is closed."""

import datetime as dt
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.personas import Town
from visavis.casefiles import services as minutes
from visavis.casefiles.models import Minutes
from visavis.common import clock
from visavis.journal.models import Entry
from visavis.journal.services import Act, record
from visavis.mailboxes.models import Message, Opening
from visavis.mandates.models import Visit
from visavis.news.models import Batch, Envelope, News
from visavis.news.post import letters
from visavis.people import reached
from visavis.people.models import Membership, User
from visavis.people.waiting import Named
from visavis.queues.models import Ticket
from visavis.unreached import closing, looking
from visavis.unreached.closing import Noted
from visavis.unreached.enums import Cause, Outcome, Way
from visavis.unreached.models import Unreached

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = dt.timedelta(days=1)
LONG_AGO = dt.timedelta(weeks=30)


@pytest.fixture
def quiet(town: Town) -> Town:
    """A town in which nobody was reached for long."""
    User.objects.update(joined_at=clock.now() - LONG_AGO)
    return town


def her(town: Town) -> User:
    found: User = town.people["amelie"]
    return found


def long_ago() -> AbstractContextManager[None]:
    """Stop the clock long before anybody is looked for: what a row needs to be there was done then."""
    return clock.moved(clock.now() - LONG_AGO / 2)


def look() -> None:
    list(looking.looking())


def listed(town: Town) -> Unreached | None:
    return Unreached.objects.open().filter(person=her(town)).first()


def found_out(town: Town) -> tuple[str, str] | None:
    """Let the night look; return why she stands on the list, and by which channel."""
    look()
    row = listed(town)
    return (row.cause, row.channel) if row else None


def told(town: Town, ago: int, state: str = "sent", channel: str = "web") -> News:
    at = clock.now() - ago * DAY
    said_at = at if state in ("sent", "told") else None
    row: News = factories.NewsFactory(
        user=her(town), state=state, channel=channel, at=at, told_at=said_at, thing_id=ago
    )
    return row


def test_of_whom_nothing_was_heard_for_weeks_stands_on_the_list_once(quiet: Town) -> None:
    look()
    row = listed(quiet)
    assert row is not None and row.cause == Cause.NOTHING
    assert row.since == her(quiet).joined_at or (clock.now() - row.since) > LONG_AGO - DAY
    look()
    assert [*Unreached.objects.filter(person=her(quiet))] == [row]
    with pytest.raises(IntegrityError), transaction.atomic():
        Unreached.objects.create(person=her(quiet), cause="nothing", since=clock.now() - LONG_AGO)
    entry = Entry.objects.get(thing="unreached", thing_id=str(row.pk))
    assert (entry.action, entry.note, entry.actor_id, entry.person_id) == (
        "created", "nothing", None, her(quiet).pk,
    )  # fmt: skip


def test_who_has_just_come_is_given_the_weeks_that_the_setting_says(town: Town, settings: object) -> None:
    User.objects.update(joined_at=clock.now() - 41 * DAY)
    look()
    assert not Unreached.objects.exists()
    User.objects.update(joined_at=clock.now() - 43 * DAY)
    look()
    assert listed(town)
    Unreached.objects.all().delete()
    settings.VISAVIS_UNREACHED_WEEKS = 8  # type: ignore[attr-defined]
    look()
    assert not Unreached.objects.exists()


def _message(town: Town, ago: int) -> None:
    with long_ago():
        message = town.thread.messages.get(number=1)
    Message.objects.filter(pk=message.pk).update(voice="theirs", at=clock.now() - ago * DAY)


def _opened(town: Town, ago: int) -> None:
    with long_ago():
        message = town.thread.messages.get(number=1)
    Message.objects.all().update(voice="ours")
    Opening.objects.create(message=message, user=her(town), at=clock.now() - ago * DAY)


def _appointment(town: Town, ago: int) -> None:
    with long_ago():
        row = town.appointment
    starts = clock.now() - ago * DAY
    type(row).objects.filter(pk=row.pk).update(state="seen", starts_at=starts, ends_at=starts + DAY / 48)


def _ticket(town: Town, ago: int) -> None:
    at = clock.now() - ago * DAY
    Ticket.objects.create(
        agency=town.agency, day=at.date(), number=1, code="x1", person=her(town), came_at=at
    )


def _herself(town: Town, ago: int) -> None:
    with clock.moved(clock.now() - ago * DAY):
        record(Act(Entry.Action.SIGNED_IN, "account", her(town).pk), by=her(town).pk)


def _called(town: Town, ago: int) -> None:
    told(town, ago, "told", "phone")


def _minutes(town: Town, ago: int) -> None:
    with long_ago():
        row = town.draft_minutes
    at = clock.now() - ago * DAY
    type(row).objects.filter(pk=row.pk).update(met_at=at, ended_at=at)


def _visit(town: Town, ago: int) -> None:
    with clock.moved(clock.now() - ago * DAY):
        assert town.counter_visit.begun_at < clock.now() + DAY


def _helped(town: Town, ago: int) -> None:
    Membership.objects.update(starts_on=clock.today() - dt.timedelta(days=400))
    with long_ago():
        mandate = town.mandate
    at = clock.now() - ago * DAY
    Visit.objects.create(mandate=mandate, begun_at=at, last_at=at, told_at=at)


WAYS: dict[str, Callable[[Town, int], None]] = {
    "a message of hers": _message,
    "a message that she opened": _opened,
    "an appointment kept": _appointment,
    "a ticket": _ticket,
    "what she did herself": _herself,
    "told by phone": _called,
    "minutes of a meeting": _minutes,
    "a visit at the counter": _visit,
    "a helper of hers": _helped,
}


@pytest.mark.parametrize("way", list(WAYS))
def test_whoever_was_reached_by_any_way_is_not_listed(quiet: Town, way: str) -> None:
    WAYS[way](quiet, 20)
    found = reached.last([Named(quiet.jobseeker.pk, her(quiet).pk)], looking.before())
    assert abs(clock.now() - 20 * DAY - found[her(quiet).pk]) < DAY
    look()
    assert listed(quiet) is None


def test_a_letter_that_was_posted_an_appointment_not_kept_and_an_automatic_answer_are_no_proof(
    quiet: Town,
) -> None:
    told(quiet, 10, "told", "post")
    with long_ago():
        row, message = quiet.appointment, quiet.thread.messages.get(number=1)
    starts = clock.now() - 10 * DAY
    type(row).objects.filter(pk=row.pk).update(state="no-show", starts_at=starts, ends_at=starts + DAY / 48)
    changed = {"voice": "theirs", "at": clock.now() - 10 * DAY, "marks": ["automatic"]}
    Message.objects.filter(pk=message.pk).update(**changed)
    News.objects.exclude(channel="post").delete()
    assert found_out(quiet) == (Cause.UNANSWERED, "")


def test_a_draft_of_an_appointment_that_did_not_take_place_is_no_proof(quiet: Town) -> None:
    with long_ago():
        row = quiet.appointment
        minutes.begin_minutes(appointment=row, by=quiet.people["bruno"])
    for state, days in (("booked", 10), ("revoked", -10), ("excused", -10), ("no-show", -10)):
        starts = clock.now() + days * DAY
        Minutes.objects.update(met_at=starts, ended_at=starts + DAY / 48)
        type(row).objects.filter(pk=row.pk).update(state=state, starts_at=starts, ends_at=starts + DAY / 48)
        assert found_out(quiet), state
        Unreached.objects.all().delete()


@pytest.mark.parametrize(
    ("states", "cause", "channel"),
    [
        ([("failed", "web"), ("failed", "web")], Cause.FAILED, "web"),
        ([("failed", "sms")], Cause.FAILED, "sms"),
        ([("sent", "web"), ("failed", "web")], Cause.UNANSWERED, ""),
        ([("unknown", "sms")], Cause.UNANSWERED, ""),
        ([("to-tell", "phone")], Cause.UNTOLD, ""),
        ([("to-tell", "counter")], Cause.UNTOLD, ""),
    ],
)
def test_the_cause_follows_from_what_became_of_what_was_told(
    quiet: Town, states: list[tuple[str, str]], cause: Cause, channel: str
) -> None:
    for at, (state, way) in enumerate(states):
        told(quiet, 50 - at, state, way)
    assert found_out(quiet) == (cause, channel)


def test_letters_that_come_back_are_a_cause_and_no_address_is_another(
    quiet: Town,
) -> None:
    row = told(quiet, 50, "told", "post")
    batch = Batch.objects.create(form=uuid.uuid4(), by=quiet.people["bruno"])
    code = letters.drawn()
    kept = {"address": "x", "code": code, "digest": letters.digest(code), "until": clock.today()}
    envelope = Envelope.objects.create(news=row, batch=batch, **kept)
    letters.note_returned(envelope=envelope, by=quiet.people["bruno"])
    assert found_out(quiet) == (Cause.FAILED, "post")
    News.objects.all().delete()
    Unreached.objects.all().delete()
    person = User.objects.get(pk=her(quiet).pk)
    person.email, person.phone, person.postal_address = None, None, "  "
    person.save()
    assert found_out(quiet) == (Cause.NO_WAY, "")


def test_another_cause_ends_the_rest_and_who_is_heard_from_leaves_the_list_by_itself(quiet: Town) -> None:
    look()
    row, other = listed(quiet), Unreached.objects.get(person=quiet.people["gael"])
    assert row is not None
    Unreached.objects.filter(pk=row.pk).update(rests_until=clock.today() + 20 * DAY)
    look()
    row.refresh_from_db()
    assert row.rests_until is not None
    told(quiet, 1, "failed")
    look()
    row.refresh_from_db()
    assert (row.cause, row.rests_until) == (Cause.FAILED, None)
    _herself(quiet, 0)
    User.objects.filter(pk=quiet.people["gael"].pk).update(is_active=False)
    look()
    row.refresh_from_db(), other.refresh_from_db()
    assert (row.outcome, other.outcome) == (Outcome.HEARD, Outcome.GONE)
    assert not Unreached.objects.open().filter(person__in=[row.person_id, other.person_id]).exists()


def close(town: Town, outcome: Outcome, way: Way | None = None) -> None:
    row = listed(town)
    assert row is not None
    closing.note(unreached=row, noted=Noted(outcome, way), form=uuid.uuid4(), by=town.people["bruno"])


@pytest.mark.parametrize("outcome", [Outcome.MOVED, Outcome.DECEASED])
def test_closed_for_good_the_person_does_not_come_back(quiet: Town, outcome: Outcome) -> None:
    look()
    close(quiet, outcome)
    told(quiet, 0, "failed")
    with clock.moved(clock.now() + dt.timedelta(weeks=20)):
        look()
        assert listed(quiet) is None


def test_reached_the_weeks_begin_anew_and_a_new_silence_is_a_new_reason(quiet: Town) -> None:
    look()
    close(quiet, Outcome.REACHED, Way.PHONE)
    look()
    assert listed(quiet) is None
    with clock.moved(clock.now() + dt.timedelta(weeks=5)):
        look()
        assert listed(quiet) is None
    with clock.moved(clock.now() + dt.timedelta(weeks=7)):
        look()
        row = listed(quiet)
        assert row is not None and clock.now() - row.since < dt.timedelta(weeks=8)


def test_with_a_new_address_the_person_comes_back_only_when_that_fails_too(quiet: Town) -> None:
    told(quiet, 50, "failed")
    look()
    close(quiet, Outcome.NEW_ADDRESS)
    with clock.moved(clock.now() + dt.timedelta(weeks=3)):
        told(quiet, 0, "failed")
        look()
        assert listed(quiet) is None
    with clock.moved(clock.now() + dt.timedelta(weeks=7)):
        look()
        row = listed(quiet)
        assert row is not None and (row.cause, row.channel) == (Cause.FAILED, "web")


def test_killed_in_the_middle_the_next_round_finds_everybody_once(
    quiet: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "AT_ONCE", 1)
    next(looking.looking())
    assert Unreached.objects.count() == 1
    look()
    people = sorted(Unreached.objects.values_list("person", flat=True))
    assert people == sorted([quiet.jobseeker.user_id, quiet.other_jobseeker.user_id])
