"""What cannot be merged is a clear sentence, and nothing is changed; what opened the emptied account opens nothing."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from tests import factories
from tests.merging.two_files import Two, anew
from visavis.appointments.models import Invitation, Kind
from visavis.casefiles.models import Ending
from visavis.common import clock
from visavis.counter.models import CounterVisit
from visavis.introductions.enums import Side, State
from visavis.introductions.models import Introduction
from visavis.leaving import services as leaving
from visavis.leaving.models import Hold
from visavis.mandates.models import Mandate
from visavis.merging import services
from visavis.merging.models import Merge
from visavis.people import letters
from visavis.people import services as people
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.sessions import own
from visavis.stations import badges

pytestmark = [pytest.mark.django_db]


def two_introductions(two: Two) -> None:
    now = clock.now()
    said = {"origin": Side.JOBSEEKER, "state": State.PUT, "jobseeker_yes_at": now, "put_at": now}
    for one in (two.stays, two.goes):
        Introduction.objects.create(jobseeker=one, vacancy=two.town.vacancy, **said)


def two_invitations(two: Two) -> None:
    kind = Kind.objects.create(agency=two.town.agency, name="Atelier", nature="first", minutes=30)
    day = clock.today() + dt.timedelta(days=9)
    for one in (two.stays, two.goes):
        Invitation.objects.create(person=one.user, kind=kind, until=day, remind_on=day)


def two_endings(two: Two) -> None:
    for one in (two.stays, two.goes):
        days = {"proposed_at": clock.now(), "ends_on": clock.today() + dt.timedelta(days=20)}
        days["ends_at"] = clock.now() + dt.timedelta(days=20)
        Ending.objects.create(person=one.user, state="proposed", reason="moved", **days)


def both_are_here(two: Two) -> None:
    two.town.people["twin"] = two.stays.user
    for name in ("amelie", "twin"):
        two.town.client(name).get(reverse("people:account"))


def at_a_counter(two: Two) -> None:
    ends = clock.now() + dt.timedelta(minutes=20)
    kept = {"clerk": two.town.people["rosa"], "agency": two.town.agency, "ground": "paper", "ends_at": ends}
    CounterVisit.objects.create(person=two.goes.user, **kept)


CASES: list[tuple[str, Callable[[Two], object]]] = [
    ("introduced to the same opening", two_introductions),
    ("the end of the follow-up is open", two_endings),
    ("Take one invitation back", two_invitations),
    ("in use at this moment", both_are_here),
    ("open at a counter", at_a_counter),
    ("works here", lambda two: people.give_role(user=two.goes.user, role=Role.HELPER, by=None)),
    ("is closed", lambda two: leaving.close(user=two.goes.user, by=None)),
    (
        "a request or a dispute",
        lambda two: Hold.objects.create(
            user=two.goes.user, why="dispute", until=clock.today() + dt.timedelta(9)
        ),
    ),
    (
        "not of your agency",
        lambda two: type(two.goes).objects.filter(pk=two.goes.pk).update(agency=two.town.other_agency),
    ),
]


@pytest.mark.parametrize(("words", "make"), CASES, ids=[words for words, _make in CASES])
def test_what_cannot_be_merged_says_why(small: Two, words: str, make: Callable[[Two], object]) -> None:
    make(small)
    with translation.override("en"), pytest.raises(services.CannotMerge) as refused:
        small.merge()
    assert words in str(refused.value)
    assert not Merge.objects.exists()
    assert User.objects.get(pk=small.goes.user_id).email == "amelie@example.org"


@pytest.mark.database
def test_who_was_merged_lately_is_not_merged_again_and_one_file_is_not_two(small: Two) -> None:
    with pytest.raises(services.CannotMerge):
        Two(small.town, small.goes, small.goes).merge()
    small.merge()
    third = factories.JobseekerFactory(user=factories.UserFactory(role="jobseeker"), agency=small.town.agency)
    for pair in ((small.stays, third), (third, small.stays), (third, small.goes)):
        with translation.override("en"), pytest.raises(services.CannotMerge, match="less than thirty days"):
            Two(small.town, *pair).merge()


@pytest.mark.database
def test_what_opened_the_emptied_account_opens_nothing_and_comes_back_with_an_undo(small: Two) -> None:
    town, her, account = small.town, small.goes.user, reverse("people:account")
    hers = town.client("amelie")
    assert hers.get(account).status_code == 200
    _badge, code, pin = badges.issue(person=her, by=town.people["rosa"])
    _letter, on_paper = letters.make(user=her, by=town.people["rosa"])
    mandate = town.mandate
    assert Mandate.objects.in_force().filter(pk=mandate.pk).exists()
    row = small.merge()
    assert hers.get(account).status_code == 302
    assert not own.living(her)
    assert not Mandate.objects.in_force().filter(pk=mandate.pk).exists()
    with pytest.raises(badges.WrongPin):
        badges.proven(code=code, pin=pin)
    with pytest.raises(letters.WrongLetter):
        letters.use(name=her.name, code=on_paper)
    town.people["twin"] = User.objects.get(pk=small.stays.user_id)
    browser = town.client("twin")
    assert browser.get(account).status_code == 200
    services.undo(row=row, by=None)
    assert browser.get(account).status_code == 302, "who is signed in is signed out by an undo"
    assert Mandate.objects.in_force().filter(pk=mandate.pk).exists()
    assert letters.use(name=her.name, code=on_paper).pk == her.pk
    assert hers.get(account).status_code == 302, "nobody is signed in again by itself"


@pytest.mark.database
def test_two_appointments_at_one_time_are_settled_first(small: Two, time_machine: Any) -> None:
    from visavis.appointments.models import Meeting, Quantum  # noqa: PLC0415
    from visavis.appointments.models.appointment import quantum_of  # noqa: PLC0415

    at = clock.now() + dt.timedelta(days=2)
    for one in (small.stays, small.goes):
        ends = at + dt.timedelta(minutes=5)
        meeting = Meeting.objects.create(person=one.user, starts_at=at, ends_at=ends)
        Quantum.objects.create(at=quantum_of(at), person=one.user, meeting=meeting, length=1)
    with translation.override("en"), pytest.raises(services.CannotMerge, match="at the same time"):
        small.merge()
    # What is past speaks against nothing; two rows of one time stay where they are.
    time_machine.move_to(clock.now() + dt.timedelta(days=3))
    small.merge()
    assert Meeting.objects.filter(person=small.stays.user).count() == 2
    assert anew(small.stays).user.email == "amelie@example.org"
