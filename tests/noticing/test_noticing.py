"""Who opens many files is asked why, then stopped; who works as people work meets nothing of it."""

import datetime as dt
import uuid
from collections.abc import Iterator
from itertools import count

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.appointments import making
from tests.personas import Town
from visavis.api import problems
from visavis.api.gate import problem_of
from visavis.appointments.models import Appointment
from visavis.common import clock
from visavis.jobseekers.models import Jobseeker
from visavis.journal.models import Entry
from visavis.news.models import Batch, Envelope, News
from visavis.noticing import limits, telling
from visavis.noticing.models import Reason
from visavis.operations.management.commands import work
from visavis.people.models import User
from visavis.queues.models import Ticket

pytestmark = [pytest.mark.django_db]
REASON, NOTICED = reverse("noticing:reason"), reverse("noticing:noticed")
# What goes on, from when, and whom to ask meanwhile.
STOPPED_SAYS = {
    "en": ("You can read about others again from", "stay open", "speak to them"),
    "fr": ("Vous pourrez en lire d’autres à partir", "restent ouverts", "parlez-leur"),
}


@pytest.fixture
def caseload(town: Town) -> list[Jobseeker]:
    """A hundred people whom Bruno accompanies."""
    place = {"agency": town.agency, "counsellor": town.people["bruno"], "commune": town.jobseeker.commune}
    users = User.objects.bulk_create(
        User(name=f"Personne {number:02}", password="!", joined_at=clock.now()) for number in range(100)
    )
    return Jobseeker.objects.bulk_create(Jobseeker(user=user, **place) for user in users)


def url_of(person: Jobseeker) -> str:
    return reverse("jobseekers:person", kwargs={"jobseeker_id": person.pk})


def crawl(client: Client, people: list[Jobseeker]) -> list[int]:
    """Open files one after the other; return how each is answered."""
    return [client.get(url_of(person)).status_code for person in people]


@pytest.mark.parametrize("persona", ["bruno", "rosa", "hugo"])
def test_a_crawl_is_asked_why_and_stopped_by_sixty(
    town: Town, caseload: list[Jobseeker], persona: str
) -> None:
    client = town.client(persona)
    assert crawl(client, caseload[:31]) == [200] * 30 + [403]
    assert crawl(client, caseload[:30]) == [200] * 30, "what was opened today stays open"
    answers = []
    for person in caseload[30:]:
        answer = client.get(url_of(person))
        if answer.status_code == 403 and answer.templates[0].name == "noticing/reason.html":
            client.post(REASON, {"words": "I prepare a workshop", "next": url_of(person)})
            answer = client.get(url_of(person))
        answers.append(answer.status_code)
    assert answers == [200] * 30 + [403] * 40
    for language, words in STOPPED_SAYS.items():
        User.objects.filter(pk=town.people[persona].pk).update(language=language)
        page = client.get(url_of(caseload[-1]))
        assert "noticing/stopped.html" in [one.name for one in page.templates]
        assert all(one in page.content.decode() for one in words), language


def test_the_question_leads_back_to_the_file_and_to_no_other_site(
    town: Town, caseload: list[Jobseeker]
) -> None:
    client = town.client("bruno")
    crawl(client, caseload[:30])
    page = client.get(url_of(caseload[30])).content.decode()
    assert f'value="{url_of(caseload[30])}"' in page
    empty = client.post(REASON, {"words": " ", "next": url_of(caseload[30])})
    assert empty.status_code == 400
    kept = client.post(REASON, {"words": "I prepare a workshop", "next": url_of(caseload[30])})
    assert kept.headers["Location"] == url_of(caseload[30])
    for bad in ("https://evil.example/", "//evil.example/", "javascript:1", ""):
        assert client.post(REASON, {"words": "a workshop", "next": bad}).headers["Location"] == "/"
    assert client.get(url_of(caseload[30])).status_code == 200


def moments() -> Iterator[str]:
    begins = dt.datetime(2027, 3, 2, 8, tzinfo=dt.UTC)
    return ((begins + dt.timedelta(minutes=4 * n)).isoformat() for n in count())


def test_a_day_of_work_meets_nothing_and_a_slow_crawl_is_stopped(
    town: Town, caseload: list[Jobseeker], time_machine: object
) -> None:
    """A counsellor's sixty interviews, one every four minutes; of the reception: test_lists.py."""
    when = moments()
    time_machine.move_to(next(when))  # type: ignore[attr-defined]
    client = town.client("bruno")
    for person in caseload[:60]:
        time_machine.move_to(next(when))  # type: ignore[attr-defined]
        assert client.get(url_of(person)).status_code == 200
    assert not Reason.objects.exists()
    when = moments()
    time_machine.move_to(next(when))  # type: ignore[attr-defined]
    client = town.client("hugo")
    answers = []
    for person in caseload:
        time_machine.move_to(next(when))  # type: ignore[attr-defined]
        answers.append(client.get(url_of(person)).status_code)
    assert answers == [200] * 60 + [403] * 40


def write_to(person: Jobseeker, batch: Batch) -> None:
    """Put a letter to somebody into a batch."""
    said = {"kind": "x", "thing": "x", "thing_id": 1, "title": "x", "channel": "post", "state": "to-tell"}
    news = News.objects.create(user=person.user, role="jobseeker", **said)
    kept = {"address": "x", "code": "y", "digest": str(person.pk), "until": clock.today()}
    Envelope.objects.create(news=news, batch=batch, **kept)


def test_whom_the_day_brings_counts_for_nothing(town: Town, caseload: list[Jobseeker]) -> None:
    """A ticket, an appointment, a letter of today: fifty in ten minutes, and the limit is as far away as before."""
    bruno, agency, now = town.people["bruno"], town.agency, clock.now()
    tickets, met, letters, others = caseload[:20], caseload[20:40], caseload[40:50], caseload[50:81]
    Ticket.objects.bulk_create(
        Ticket(agency=agency, day=clock.today(), number=n, code=f"CODE{n}", person=one.user, state="waiting")
        for n, one in enumerate(tickets, 1)
    )
    kept = {"agency": agency, "kind": making.kind(agency), "counsellor": bruno, "by": bruno, "way": "staff"}
    kept |= {"starts_at": now + dt.timedelta(hours=2), "ends_at": now + dt.timedelta(hours=3)}
    kept |= {"channel": "agency", "state": "booked"}
    Appointment.objects.bulk_create(Appointment(person=one.user, **kept) for one in met)
    batch = Batch.objects.create(by=bruno, form=uuid.uuid4())
    for one in letters:
        write_to(one, batch)
    client = town.client("bruno")
    assert crawl(client, [*tickets, *met, *letters]) == [200] * 50
    assert crawl(client, others) == [200] * 30 + [403]
    assert client.get(url_of(tickets[0])).status_code == 200


def test_whom_one_has_to_call_counts_for_nothing_told_or_not(town: Town, caseload: list[Jobseeker]) -> None:
    """The list of whom to tell names fifty, each with an entry of her own: the limit stays as far away."""
    called, others = caseload[:50], caseload[50:81]
    said = {"kind": "cancelled", "thing": "appointment", "title": "x", "channel": "phone", "state": "to-tell"}
    News.objects.bulk_create(
        News(user=one.user, role="jobseeker", thing_id=number, **said) for number, one in enumerate(called)
    )
    client = town.client("bruno")
    assert client.get(reverse("news:to_tell")).status_code == 200
    for row in News.objects.filter(user__in=[one.user_id for one in called])[:25]:
        client.post(reverse("news:told", args=[row.pk]))
    assert crawl(client, others) == [200] * 30 + [403]


def test_letters_of_yesterday_that_are_printed_today_count_for_nothing(
    town: Town, caseload: list[Jobseeker]
) -> None:
    yesterday = clock.now() - dt.timedelta(days=1)
    batch = Batch.objects.create(by=town.people["bruno"], form=uuid.uuid4(), at=yesterday)
    for one in caseload[:40]:
        write_to(one, batch)
    News.objects.update(state="told", told_at=yesterday)
    client = town.client("bruno")
    assert crawl(client, caseload[:40]) == [200] * 40
    assert crawl(client, caseload[50:81]) == [200] * 30 + [403]


def test_tickets_elsewhere_bring_nobody(town: Town, caseload: list[Jobseeker]) -> None:
    said = {"day": clock.today(), "number": 1, "code": "CODE1", "state": "waiting"}
    Ticket.objects.create(agency=town.agency, person=caseload[0].user, **said)
    for persona in ("ines", "chloe"):
        assert not any(find(town.people[persona]).exists() for find in limits.BROUGHT_BY)


def test_the_head_and_the_officer_see_a_stop_after_one_sweep_of_every_minute(
    town: Town, caseload: list[Jobseeker]
) -> None:
    client = town.client("rosa")
    for _ in range(2):
        crawl(client, caseload)
        client.post(REASON, {"words": "the list of the workshop", "next": "/"})
    assert Entry.objects.filter(action="refused", thing="files").count() == 1
    News.objects.all().delete()
    assert (telling.sweep(), telling.sweep()) == (1, 0)
    told = {row.user for row in News.objects.filter(thing="files")}
    assert told == {town.people["hugo"], town.people["nadia"]}
    for persona in ("hugo", "nadia"):
        page = town.client(persona).get(NOTICED).content.decode()
        assert "the list of the workshop" in page
        assert town.people["rosa"].name in page
    assert work.Command().create_parser("visavis", "work").get_default("sweep_every") <= 60
    assert telling.sweep in work.SWEEPS


def test_a_head_elsewhere_sees_nothing_a_message_says_nothing_and_a_program_is_told_the_same(
    town: Town, caseload: list[Jobseeker], django_capture_on_commit_callbacks: object
) -> None:
    telling.keep_reason(by=town.people["dario"], words="elsewhere")
    assert "elsewhere" not in town.client("hugo").get(NOTICED).content.decode()
    assert "elsewhere" in town.client("nadia").get(NOTICED).content.decode()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        telling.keep_reason(by=town.people["rosa"], words="the list of the workshop")
    written = "".join(str(one.body) + one.subject for one in mail.outbox)
    assert town.people["rosa"].name not in written
    assert "workshop" not in written
    bruno, me = town.people["bruno"].pk, town.people["amelie"].pk
    read = [(bruno, one.user_id) for one in caseload[:60]] + [(me, me)] * 100
    said = {"at": clock.now(), "action": "read", "thing": "profile", "digest": "x"}
    Entry.objects.bulk_create(Entry(actor_id=actor, person_id=person, **said) for actor, person in read)
    with pytest.raises(limits.Stopped) as stopped:
        limits.guard(bruno, caseload[70].user_id)
    assert problem_of(stopped.value).kind is problems.REFUSED
    assert limits.files_read(me) == limits.Seen(0, 0)
