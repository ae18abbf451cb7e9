"""In whose letterbox a thread lies: also when she is away, ill, or works there no more."""

import datetime as dt
from typing import Any

import pytest

from tests.mailboxes.conftest import Write, away
from tests.personas import Town
from visavis.agencies import handing
from visavis.common import clock
from visavis.jobseekers import assigning
from visavis.mailboxes import moving
from visavis.mailboxes.enums import Box, Voice
from visavis.mailboxes.models import Message, Opening, Thread
from visavis.mailboxes.reading import read
from visavis.people.models import Membership, User

pytestmark = pytest.mark.django_db


def test_her_counsellor_or_who_stands_in_alone_sees_it(town: Town, thread: Thread, colleague: User) -> None:
    assert thread in Thread.objects.in_box(town.people["bruno"], Box.WAITING)
    strangers = (town.people[name] for name in ("dario", "rosa", "hugo", "chloe", "gael", "nadia"))
    for stranger in (colleague, *strangers):
        assert not Thread.objects.visible_to(stranger).exists(), stranger.name
    absence = away(town, colleague)
    assert thread in Thread.objects.in_box(colleague, Box.WAITING)
    assert thread not in Thread.objects.in_box(colleague, Box.TEAM)
    tomorrow = clock.now() + dt.timedelta(days=1)
    with clock.moved(tomorrow):
        assert absence.ends_on < clock.today()
        assert not Thread.objects.visible_to(colleague).exists()
        assert thread in Thread.objects.in_box(town.people["bruno"], Box.WAITING)


def test_what_nobody_holds_her_own_team_alone_has(town: Town, thread: Thread, colleague: User) -> None:
    away(town)
    assert thread in Thread.objects.in_box(colleague, Box.TEAM)
    assert thread in Thread.objects.visible_to(colleague)
    Thread.objects.filter(pk=thread.pk).update(holder=None)
    assert not Thread.objects.visible_to(town.people["dario"]).exists()


def test_of_who_works_there_no_more_the_team_has_it(town: Town, thread: Thread, colleague: User) -> None:
    yesterday = clock.today() - dt.timedelta(days=1)
    his = Membership.objects.filter(user=town.people["bruno"], role="counsellor")
    his.update(starts_on=yesterday - dt.timedelta(days=30), ends_on=yesterday)
    assert thread in Thread.objects.in_box(colleague, Box.TEAM)


def test_a_thread_is_given_to_colleagues_alone(town: Town, thread: Thread, colleague: User) -> None:
    bruno = town.people["bruno"]
    assert "threads" in [one.code for one in handing.preview(bruno, town.agency)]
    moving.assign(thread=thread, to=colleague, by=bruno)
    assert thread in Thread.objects.in_box(colleague, Box.WAITING)
    with pytest.raises(moving.NotAColleague):
        moving.assign(thread=thread, to=town.people["dario"], by=bruno)


def test_with_another_counsellor_her_open_threads_go_along(
    town: Town, thread: Thread, colleague: User, django_capture_on_commit_callbacks: Any
) -> None:
    hugo, her = town.people["hugo"], town.jobseeker
    with django_capture_on_commit_callbacks(execute=True):
        assigning.assign(jobseeker=her, agency=town.agency, counsellor=colleague, by=hugo)
    thread.refresh_from_db()
    assert thread.holder == colleague


def test_first_unread_is_her_oldest_and_our_newest(town: Town, thread: Thread, write: Write) -> None:
    bruno, her = town.people["bruno"], town.people["amelie"]
    last = write("Et jeudi ?")
    assert read(thread, by=bruno).first == last
    first, _ = write("Oui.", by="bruno"), write("À 9 h.", by="bruno")
    assert read(thread, by=her).first == first and read(thread, by=her).first is None


def test_an_opening_is_kept_once_and_machines_open_nothing(town: Town, thread: Thread, write: Write) -> None:
    write("Nous répondons sous trois jours.", by="bruno", voice=Voice.AUTOMATIC)
    assert not Opening.objects.exists()
    assert read(thread, by=town.people["bruno"]).first == Message.objects.get(thread=thread, number=1)
    bruno = town.people["bruno"]
    for _ in range(2):
        read(thread, by=bruno)
    [opening] = Opening.objects.filter(message__thread=thread)
    assert opening.user == bruno
