"""What the page of retention says is what the night does: what is past its time goes, and nothing before."""

import datetime as dt
import threading
import uuid
from collections.abc import Callable
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import models

from tests import factories
from tests.casefiles.forgotten import casefiles_forgotten
from tests.common.dated import entry, her, now, of, today
from tests.merging.forgotten import merging_forgotten
from tests.personas import Town
from tests.stations.forgotten import stations_forgotten
from tests.unreached.forgotten import unreached_forgotten
from visavis.agencies.models import Absence, Handover, Invitation
from visavis.appointments.models import Appointment, Meeting, OtherDay, TimesAsked, Workshop
from visavis.appointments.models import Invitation as ToChoose
from visavis.common import clock, keeping
from visavis.consents.models import Consent
from visavis.cvs.models import CvReading
from visavis.documents.models import Document, Expected
from visavis.employers import models as employers
from visavis.employers.enums import Reason as Reasons
from visavis.introductions.models import Introduction
from visavis.journal import chain
from visavis.journal.models import Entry, Link
from visavis.leaving.models import Hold
from visavis.mailboxes import telling
from visavis.mailboxes.models import AutoAnswer, Incoming
from visavis.matches import services
from visavis.matches.models import Run, Showing
from visavis.news.models import News
from visavis.noticing.models import Reason
from visavis.operations import retention
from visavis.operations.management.commands import work
from visavis.operations.models import Beat
from visavis.people.models import Letter, Session
from visavis.queues.models import Alarm, Ticket
from visavis.scans.models import Cover, Scan
from visavis.searches.models import Alert, Round
from visavis.tries.models import Code, Count, Spent
from visavis.vacancies.models import Hiding, Report

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
ROOT = Path(__file__).resolve().parents[2]


def showing(town: Town, mark: str) -> models.Model:
    services.log_showing(page=mark, matches=[], by=town.people["amelie"], jobseeker=town.jobseeker)
    return Showing.objects.get(page=mark)


def request(state: str) -> Callable[[Town, str], models.Model]:
    def make(town: Town, mark: str) -> models.Model:
        said: dict[str, Any] = {"name": mark, "kind": "setting-up", "origin": "agency", "state": state}
        said["decided_at"] = clock.now()
        said["reason"] = "" if state == "withdrawn" else Reasons.values[0]
        said["employer"] = town.other_employer if state == "down" else None
        return employers.Account.objects.create(**said)

    return make


agency, vacancy, meeting = map(attrgetter, ("agency", "vacancy", "appointment_kind"))
bruno = lambda town: town.people["bruno"]
drawn = lambda _town: uuid.uuid4()
later = lambda town: now(town) + DAY / 48
in_two_years = lambda town: today(town) + 730 * DAY
MAIL = {"box": "x", "numbering": 1, "size": 1, "sealed": b"x", "state": Incoming.State.FILED}
CONSENT = {"purpose": "x", "language": "fr", "how": "web", "end": "withdrawn"}
NEWS = {"role": "jobseeker", "kind": "new-openings", "thing": Alert.THING, "thing_id": 1, "title": "", "link": "/",
        "channel": "web", "state": "sent"}  # fmt: skip
PAPER = {"person": her, "kind": "work", "title": "MARK", "form": drawn}
SEEN = {"channel": "agency", "way": "web", "state": "seen"}
# What the night calls it; the page's words of its time; that time; what makes such a row.
CASES: list[tuple[str, str, dt.timedelta, Callable[[Town, str], models.Model]]] = [
    ("journal", "twelve months", 367 * DAY, entry),
    ("links of the journal", "twelve months", 367 * DAY,
     of(Link, entry_id=lambda town: entry(town, "x").pk, at=now, digest="MARK")),
    ("showings", "twelve months", 367 * DAY, showing),
    ("reasons", "twelve months", 367 * DAY, of(Reason, by=her, words="MARK", opened=60)),
    ("absences", "twelve months", 366 * DAY, of(Absence, agency=agency, user=her, starts_on=today, ends_on=today)),
    ("invitations", "a week, then thirty days", 37 * DAY,
     of(Invitation, agency=agency, name="C", role="reception", digest="MARK", by=her)),
    ("alarms", "thirteen months", 396 * DAY, of(Alarm, agency=agency, place="MARK", at=now)),
    ("letters", "two weeks, then thirty days", 44 * DAY, of(Letter, user=her, digest="MARK")),
    ("what was handed over", "twelve months", 366 * DAY,
     of(Handover, agency=agency, former=her, state="done", changed_at=now)),
    ("holds that ended long ago", "a year after", 366 * DAY,
     of(Hold, user=her, why="dispute", until=today, at=now, ended_at=now)),
    ("e-mails as they came", "half a year", 183 * DAY,
     of(Incoming, number=lambda town: now(town).timestamp(), digest="MARK", **MAIL)),
    ("proofs of consents ended", "a year after it ended", 366 * DAY,
     of(Consent, user=her, until=today, ended_at=now, at=now, **CONSENT)),
    ("requests of employers", "refused or taken back: 1 year", 366 * DAY, request("refused")),
    ("requests of employers", "taken back: 1 year", 366 * DAY, request("withdrawn")),
    ("requests of employers", "then 5 years", 5 * 366 * DAY, request("down")),
    ("codes to join an employer", "a code a week", 7 * DAY,
     of(employers.Invitation, account=lambda town: town.employer_account, digest="MARK", by=her)),
    ("reports settled long ago", "a year after they are settled", 366 * DAY,
     of(Report, vacancy=vacancy, why="scam", settled_at=now)),
    ("hidings that ended long ago", "a year after they are settled", 366 * DAY,
     of(Hiding, vacancy=vacancy, why="scam", ended_at=now)),
    ("searches stopped long ago", "six months after she stopped it", 183 * DAY,
     of(Alert, user=her, params=lambda town: [["q", str(now(town))]], stopped_at=now)),
    ("news of new openings", "three months", 92 * DAY, of(News, user=her, told_at=now, at=now, **NEWS)),
    ("documents", "two years", 730 * DAY,
     of(Document, way="web", state="checked", by=her, until=in_two_years, told_of=in_two_years, **PAPER)),
    ("documents asked for", "a year after", 365 * DAY, of(Expected, why="x", until=today, **PAPER)),
    ("appointments", "two years after", 730 * DAY,
     of(Appointment, agency=agency, kind=meeting, person=her, starts_at=now, ends_at=later, **SEEN)),
    ("invitations to choose", "two years after", 730 * DAY,
     of(ToChoose, kind=meeting, person=her, remind_on=today, until=today, state="expired")),
    ("times of meetings", "two years after", 730 * DAY, of(Meeting, person=her, starts_at=now, ends_at=later)),
    ("times asked for", "a year after", 365 * DAY,
     of(TimesAsked, kind=meeting, until=today, missing=1, done_at=now)),
    ("workshops", "two years after", 730 * DAY,
     of(Workshop, kind=lambda town: town.workshop_kind, starts_at=now, ends_at=later, places=3)),
    ("other days of counsellors", "a year after", 365 * DAY,
     of(OtherDay, agency=agency, user=bruno, day=today, start=0, end=60, is_there=False)),
    ("scans", "a month", 30 * DAY, of(Scan, digest="MARK", file=drawn, size=1, way="folder", state="split")),
    ("cover sheets", "half a year", 180 * DAY,
     of(Cover, person=her, purpose="message", code="x", digest="MARK", until=today)),
    ("tickets", "thirteen months", 396 * DAY, of(Ticket, agency=agency, day=today, number=1, code="MARK")),
    *casefiles_forgotten(of),
    *stations_forgotten(of),
    *unreached_forgotten(of),
    *merging_forgotten(of),
    ("rounds through the searches", "a month", 31 * DAY, of(Round, day=today)),
    ("cvs", "thirty days", 30 * DAY,
     of(CvReading, jobseeker=lambda town: town.jobseeker, kind="text", facts=lambda _town: [])),
    ("runs", "a month", 31 * DAY, of(Run, scope="everybody", state="done", asked_at=now)),
    ("codes", "two days", 2 * DAY, of(Code, key="MARK", digest="x")),
    ("steps of applications", "two days", 2 * DAY, of(Spent, key="MARK")),
    ("tries", "two days", 2 * DAY, of(Count, key="MARK", since=now)),
    ("sessions", "hours at most", DAY / 2,
     of(Session, session_key="MARK", session_data="", expire_date=lambda town: now(town) + DAY / 2)),
]  # fmt: skip
# What is not a row and a time of its own: where it is tested.
ELSEWHERE = {
    "tests/matches/making/test_runs.py": ["tasks"],
    "tests/traces/test_counting.py": ["private reports already counted"],
    "tests/introductions/test_endings.py": ["what introductions showed"],
    "tests/leaving/test_leaving.py": ["accounts erased"],
    "tests/merging/test_merging.py": ["accounts emptied by a merge", "news of merges that are gone"],
    "tests/leaving/test_quiet.py": [
        "notices void",
        "notices given",
        "unused accounts closed",
        "news of notices",
    ],
    "tests/mandates/test_mandates.py": [
        "mandates",
        "news of mandates that are gone",
        "news of visits that are gone",
    ],
    "tests/documents/test_documents.py": ["news of documents that are gone"],
    "tests/counter/test_visits.py": ["visits at the counter", "news of counter visits that are gone"],
    "tests/documents/test_parts.py": ["files on their way"],
    "tests/casefiles/test_plans.py": ["news of plans that are gone"],
    "tests/casefiles/test_endings.py": ["news of endings that are gone"],
    "tests/appointments/test_booking.py": ["news of appointments that are gone"],
    "tests/appointments/test_inviting.py": ["news of invitations that are gone"],
    "tests/jobseekers/test_admission.py": ["admissions"],
    "tests/scans/test_sheets.py": ["what was read on sheets"],
    # The newest of them stays: it says how far the numbers went.
    "tests/live/test_live.py": ["bulletins"],
    "tests/scans/test_scans.py": ["news of scans that are gone"],
    "tests/matches/test_hidden.py": ["news of opinions that are gone"],
    "tests/mailboxes/test_services.py": ["drafts"],
    "tests/mailboxes/test_several.py": ["messages to several that are gone"],
    "tests/webhooks/test_telling.py": ["what was told to programs"],
    "tests/consents/test_consents.py": ["consents asked again", "consents run out"],
    "tests/interviews/test_figures.py": ["quality of rooms"],
}


def said_of(word: str) -> str:
    """Return what the page says of how long: of the class whose rows the night deletes by this word."""
    return next(one.until for one in keeping.kept() if word in one.over)


@pytest.mark.database
def test_what_the_page_says_is_what_the_night_does(town: Town) -> None:
    """Each row a little before and a little after its time; without the job of a class its old row stays."""
    town.employer_account  # noqa: B018  (asking for it makes it)
    wrong, made = [], []
    for number, (word, words, time, make) in enumerate(CASES):
        if words not in said_of(word):
            wrong.append(f"{word}: the page does not say {words!r}")
        edge = min(2 * DAY, time / 4)
        for mark, age in ((f"young{number}", time - edge), (f"old{number}", time + edge)):
            with clock.moved(clock.now() - age):
                made.append((word, mark, make(town, mark)))
    retention.sweep()
    for word, mark, row in made:
        is_there = type(row)._base_manager.filter(pk=row.pk).exists()
        if is_there != mark.startswith("young"):
            wrong.append(f"{word}: {mark} {'stays' if is_there else 'is gone'}")
    assert not wrong
    assert Beat.objects.filter(part="retention").exists()


def test_every_word_of_the_night_is_tested() -> None:
    words = {word for one in keeping.kept() for word in one.over}
    here = {"news of introductions that are gone", "news of messages that are gone", "automatic answers"}
    elsewhere = {word for words_there in ELSEWHERE.values() for word in words_there}
    assert {case[0] for case in CASES} | elsewhere | here == words
    # The journal writes it down: SQLite takes any length, PostgreSQL does not.
    longest = Entry._meta.get_field("thing_id").max_length
    assert longest is not None and not [word for word in words if len(word) > longest]
    assert all((ROOT / path).is_file() for path in ELSEWHERE)
    assert "a week" in said_of("tasks")


def test_news_of_introductions_and_messages_that_are_gone_and_automatic_answers_of_yesterday_go(
    town: Town,
) -> None:
    row = town.news
    assert keeping.forget()["news of introductions that are gone"] == 0
    Introduction.objects.all().delete()
    other = factories.NewsFactory(user=town.people["amelie"], thing=telling.THING, thing_id=1)
    with clock.moved(clock.now() - DAY):
        AutoAnswer.objects.create(mark="yesterday")
    AutoAnswer.objects.create(mark="today")
    told = keeping.forget()
    assert told["news of introductions that are gone"] == 1
    assert (told["news of messages that are gone"], told["automatic answers"]) == (1, 1)
    assert not News.objects.filter(pk__in=[row.pk, other.pk]).exists()
    assert AutoAnswer.objects.get().mark == "today"


def test_the_chain_stays_whole_and_the_journal_counts_what_went(town: Town) -> None:
    with clock.moved(clock.now() - 500 * DAY):
        entry(town, "old")
        chain.link()
    entry(town, "young")
    retention.sweep()
    assert not Entry.objects.filter(thing="old").exists()
    counted = Entry.objects.filter(action="deleted", thing="retention")
    assert {(one.thing_id, one.note) for one in counted} == {("journal", "1"), ("links of the journal", "1")}
    assert chain.link() and chain.broken() == []


def test_once_a_night_and_a_week_missed_is_one_night(town: Town, time_machine: Any) -> None:
    for moment, due in (
        ("2026-03-28T02:30+01:00", True),
        ("2026-03-28T23:00+01:00", True),
        # The clocks go forward in this night, and back in October: three o'clock comes once.
        ("2026-03-29T03:10+02:00", True),
        ("2026-03-29T23:10+02:00", False),
        ("2026-03-30T02:59+02:00", False),
        ("2026-04-06T12:00+02:00", True),
        ("2026-10-25T02:30+02:00", True),
        ("2026-10-25T02:30+01:00", False),
        ("2026-10-25T03:30+01:00", True),
        ("2026-10-25T03:40+01:00", False),
    ):
        time_machine.move_to(dt.datetime.fromisoformat(moment), tick=False)
        assert retention.is_due() == due, moment
        retention.sweep()
        assert not retention.is_due(), moment


def test_what_is_too_much_for_one_sweep_is_done_by_the_next_of_the_worker(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Red without its line in the sweeps of the worker."""
    with clock.moved(clock.now() - 9 * DAY):
        Spent.objects.bulk_create([Spent(key=str(number)) for number in range(7)])
    monkeypatch.setattr(keeping, "AT_ONCE", 2)
    monkeypatch.setattr(retention, "LONGEST_S", -1.0)
    retention.sweep()
    assert retention.is_due()
    assert Spent.objects.count() > 0
    monkeypatch.setattr(retention, "LONGEST_S", 60.0)
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    over = threading.Event()
    over.set()
    work.sweep_until(over, 0, work.SWEEPS)
    assert not retention.is_due()
    assert not Spent.objects.exists()


def test_one_kind_that_fails_stops_no_other_and_is_told(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_now: dt.datetime) -> Any:
        raise RuntimeError

    first = next(one for one in keeping.kept() if "journal" in one.over)
    monkeypatch.setitem(first.over, "journal", fails)
    with clock.moved(clock.now() - 9 * DAY):
        Spent.objects.create(key="x")
    with pytest.raises(CommandError, match="Not done: journal"):
        call_command("forget")
    assert not Spent.objects.exists()
    retention.sweep()
    assert retention.is_due() and retention.sign().level == "look"
