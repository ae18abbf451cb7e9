"""Writing: kept once, who waits since when, who is told, what is found again."""

import datetime as dt
import uuid

import pytest
from django.db import transaction

from tests.mailboxes.conftest import Write
from tests.personas import Town
from visavis.common import clock
from visavis.jobseekers.models import Jobseeker
from visavis.journal.models import Entry
from visavis.leaving import quiet
from visavis.mailboxes import drafts, moving, services
from visavis.mailboxes.enums import Box, Voice, Way
from visavis.mailboxes.models import Draft, Message, Thread
from visavis.mailboxes.services import Written
from visavis.news.models import News
from visavis.people.enums import Channel
from visavis.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_new_thread_lies_with_her_counsellor_and_is_due_in_three_working_days(town: Town) -> None:
    friday = dt.datetime(2027, 3, 26, 10, tzinfo=dt.UTC)
    with clock.moved(friday):
        thread = town.thread
    assert thread.holder == town.people["bruno"] and thread.ours_since == friday
    # Easter Monday is the 29th.
    assert thread.due_on == dt.date(2027, 4, 1)


def test_who_waits_since_when_and_until_when_and_a_note_changes_nothing(thread: Thread, write: Write) -> None:
    since, due = thread.ours_since, thread.due_on
    for words_ in ("Et jeudi ?", "Ou vendredi ?"):
        write(words_)
    thread.refresh_from_db()
    assert (thread.ours_since, thread.due_on) == (since, due)
    assert [one.number for one in thread.messages.all()] == [1, 2, 3]
    write("Elle semble inquiète.", by="bruno", voice=Voice.NOTE)
    thread.refresh_from_db()
    assert thread.ours_since is not None and not News.objects.filter(thing="thread").exists()
    assert not thread.messages.read_by_person().filter(voice=Voice.NOTE).exists()
    day = clock.today() + dt.timedelta(days=4)
    write("Mercredi vous va ?", by="bruno", expects_answer=True, due_on=day)
    thread.refresh_from_db()
    assert thread.ours_since is None and thread.theirs_since is not None
    assert thread.due_on == day


def test_a_form_sent_twice_is_one_and_writes_nowhere_else(town: Town, thread: Thread, write: Write) -> None:
    her, form = town.people["amelie"], uuid.uuid4()
    written = Written(body="Bonjour.", voice=Voice.THEIRS, author=her, form=form)
    made = {services.begin(person=her, subject="Une question", written=written, by=her).pk for _ in range(2)}
    assert len(made) == 1 and Thread.objects.filter(person=her).count() == 2
    form = uuid.uuid4()
    first, second = write("Une fois.", form=form), write("Une fois.", form=form)
    assert first.pk == second.pk and thread.messages.count() == 2
    form = uuid.uuid4()
    write("Ici.", form=form)
    written = Written(body="Là.", voice=Voice.THEIRS, author=her)
    other = services.begin(person=her, subject="Autre", written=written, by=her).thread
    with pytest.raises(services.SentElsewhere):
        write("Ici.", to=other, form=form)


def test_nothing_is_kept_of_what_is_undone_and_nothing_empty_is_written(thread: Thread, write: Write) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        write("Jamais.", by="bruno")
        raise RuntimeError
    assert not Message.objects.filter(thread=thread, voice=Voice.OURS).exists()
    assert not News.objects.filter(thing="thread").exists()
    with pytest.raises(services.Empty):
        write("  \n ")


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.POST, Channel.COUNTER])
def test_a_person_tells_it_once_and_not_what_is_written(town: Town, write: Write, channel: Channel) -> None:
    her = town.people["amelie"]
    her.channel = channel
    her.save()
    for words_ in ("Le foyer Sainte-Anne a une place.", "Pardon : jeudi."):
        write(words_, by="bruno")
    [row] = News.objects.filter(user=her, thing="thread")
    assert "Anne" not in f"{row.title}{row.link}{row.kind}"
    assert (row.channel, row.state) == (channel, News.State.TO_TELL)
    assert row in News.objects.to_do_by(town.people["bruno"])


def test_what_she_said_by_phone_is_hers_and_says_who_wrote_it_down(town: Town, write: Write) -> None:
    message = write("Elle viendra.", by="amelie", way=Way.PHONE, noted_by=town.people["rosa"])
    amelie, rosa = town.people["amelie"], town.people["rosa"]
    assert (message.voice, message.author, message.noted_by) == (Voice.THEIRS, amelie, rosa)
    message = write("Rien de tout cela.", by="bruno")
    entry = Entry.objects.filter(thing="message", thing_id=str(message.pk)).get()
    assert (entry.action, entry.note) == (Entry.Action.CREATED, Voice.OURS)


def test_drafts_last_a_month_or_until_they_are_sent(thread: Thread, town: Town, write: Write) -> None:
    with clock.moved(clock.now() - dt.timedelta(days=31)):
        drafts.keep(thread=thread, body="Vieux", by=town.people["bruno"])
    assert list(drafts.over(clock.now())) == list(Draft.objects.all())
    bruno, her = town.people["bruno"], town.people["amelie"]
    drafts.keep(thread=thread, body="Cher", by=bruno)
    drafts.keep(thread=thread, body="Merci de", by=her)
    write("Chère Amélie", by="bruno")
    assert (drafts.of(thread, bruno), drafts.of(thread, her)) == ("", "Merci de")


def test_what_nobody_answered_is_the_teams(town: Town, thread: Thread, colleague: User, write: Write) -> None:
    assert moving.return_unanswered() == 0
    with clock.moved(clock.start_of(thread.due_on + dt.timedelta(days=1)) + dt.timedelta(hours=1)):
        assert moving.return_unanswered() == 1 and moving.return_unanswered() == 0
    thread.refresh_from_db()
    assert thread.holder is None and thread.returned_at is not None
    assert thread in Thread.objects.in_box(colleague, Box.TEAM)
    write("Je prends.", by="bruno")
    thread.refresh_from_db()
    assert thread.holder == town.people["bruno"]


def test_what_is_put_off_or_done_comes_back_with_her_words(town: Town, thread: Thread, write: Write) -> None:
    bruno = town.people["bruno"]
    for days in (-1, 0, 91):
        with pytest.raises(moving.WrongDay):
            moving.put_off(thread=thread, until=clock.today() + dt.timedelta(days=days), by=bruno)
    moving.put_off(thread=thread, until=clock.today() + dt.timedelta(days=5), by=bruno)
    assert thread not in Thread.objects.in_box(bruno, Box.WAITING)
    assert thread in Thread.objects.in_box(bruno, Box.SNOOZED)
    write("Et alors ?")
    assert thread in Thread.objects.in_box(bruno, Box.WAITING)
    moving.finish(thread=thread, by=town.people["bruno"])
    thread.refresh_from_db()
    assert thread.ours_since is None
    write("Encore une chose.")
    thread.refresh_from_db()
    assert thread.done_at is None and thread.ours_since is not None


def test_who_writes_and_never_signs_in_keeps_her_account(town: Town, thread: Thread, write: Write) -> None:
    """A phone and text messages are a life too: two years without signing in close nothing."""
    her, long_ago = town.people["amelie"], clock.now() - dt.timedelta(days=800)
    User.objects.update(joined_at=long_ago, last_login=long_ago)
    Jobseeker.objects.update(changed_at=long_ago)
    since = quiet.two_years_before(clock.now())
    write("Je vous rappelle jeudi.", by="bruno")
    alive = Message.objects.filter(thread=thread, voice=Voice.THEIRS)
    assert her not in quiet.without_life(since)
    alive.update(at=long_ago)
    assert her in quiet.without_life(since)
    Thread.objects.filter(pk=thread.pk).update(ours_since=long_ago, theirs_since=None)
    assert her not in quiet.without_life(since)
