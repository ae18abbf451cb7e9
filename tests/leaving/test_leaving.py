"""Who leaves takes everything, is gone at once, may come back for thirty days, and then nothing of her is left."""

import datetime as dt
import io
import json
import re
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from tests.personas import Town
from visavis.appointments import telling
from visavis.appointments.models import Appointment
from visavis.common import clock, keeping
from visavis.documents import files
from visavis.documents.enums import State
from visavis.documents.models import Document, Original, Page
from visavis.introductions import services as introductions
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import Experience, Jobseeker
from visavis.journal.models import Entry
from visavis.leaving import services, taking
from visavis.leaving.models import Closing
from visavis.news.models import News
from visavis.people.models import User
from visavis.ui import dates
from visavis.vault.models import PersonKey

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DATA, CLOSE = reverse("leaving:data"), reverse("leaving:close")
HERS = (
    "Amélie-Zoé Quatrefages", "amelie-zoe@quatrefages.example", "+33612349876", "gardeuse d’oies à Quatrefages",
)  # fmt: skip


@pytest.fixture
def amelie(town: Town) -> User:
    """Amélie, with words that nobody else has."""
    user = town.people["amelie"]
    user.name, user.email, user.phone, words = HERS
    user.save()
    Experience.objects.create(jobseeker=town.jobseeker, title=words)
    user.refresh_from_db()
    return user


def everything_kept() -> Iterator[tuple[str, str]]:
    """Give every cell of every table as text, the journal's too."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield table, " ".join(str(bytes(v) if isinstance(v, memoryview) else v) for v in row)


def left_of_her() -> set[str]:
    return {table for table, row in everything_kept() if any(words in row for words in HERS)}


def test_all_is_taken_away_readable_and_for_programs_in_the_language_of_its_reader(
    town: Town, amelie: User
) -> None:
    answer = town.client("amelie").post(DATA)
    archive = zipfile.ZipFile(io.BytesIO(answer.getvalue()))
    data = json.loads(archive.read("data.json"))
    assert {row["title"] for row in data["jobseekers.Experience"]} == {HERS[3]}
    page = archive.read("data.html").decode()
    assert all(words in page for words in HERS)
    assert "password" not in page
    assert Entry.objects.filter(thing="data-out", person_id=amelie.pk).exists()
    assert town.people["bruno"].email not in page
    for language, title, until in (("fr", "Profil", "deux ans"), ("en", "Profile", "two years")):
        with translation.override(language):
            archive = zipfile.ZipFile(io.BytesIO(b"".join(taking.all_of(amelie, by=amelie))))
        page = archive.read("data.html").decode()
        assert f"<h2>{title}</h2>" in page
        assert until in page
        assert ("public task" in page) == (language == "en")


PDF, JPEG = b"%PDF-1.4\n" + bytes(5_000), b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(3_000)


def sent(user: User, title: str, *originals: bytes, state: State = State.CHECKED) -> Document:
    """A document of somebody's, its pages drawn but where it cannot be opened."""
    said = {"kind": "work", "way": "web", "until": clock.today(), "form": uuid.uuid4()}
    row = Document.objects.create(person=user, by=user, title=title, state=state, **said)
    for number, content in enumerate(originals, 1):
        name = files.keep(content, person=user.pk)
        Original.objects.create(document=row, number=number, file=name, size=len(content), digest=name.hex)
        if state != State.UNSAFE:
            drawn = files.keep(JPEG, person=user.pk)
            Page.objects.create(document=row, number=number, file=drawn, width=9, height=9)
    return row


def test_the_documents_she_sent_are_taken_away_as_they_came(town: Town, amelie: User) -> None:
    paper = sent(amelie, "Certificat d’Île.pdf", PDF, JPEG)
    sent(amelie, "virus.pdf", PDF, state=State.UNSAFE)
    lost = sent(amelie, "Permis", PDF)
    sent(town.people["gael"], "de Gaël", PDF)
    files.throw_away(lost.originals.values_list("file", flat=True))
    archive = zipfile.ZipFile(io.BytesIO(town.client("amelie").post(DATA).getvalue()))
    assert archive.testzip() is None
    named = f"documents/{paper.pk}"
    first, second = f"{named}-1-certificat-dile.pdf", f"{named}-2-certificat-dile.jpg"
    assert set(archive.namelist()) == {"data.json", "data.html", first, second}
    assert archive.read(first) == PDF and archive.read(second) == JPEG
    page = archive.read("data.html").decode()
    assert f'href="{first}"' in page
    assert re.search(rf"documents/{lost.pk}-1-permis: il n’a pas pu être lu", page)


def test_what_is_taken_away_asks_and_holds_no_more_for_a_long_life_than_for_a_short_one(
    amelie: User, django_assert_max_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same questions for forty documents, and no more than a file in memory."""
    sent(amelie, "deux", PDF, PDF)
    read, content = [], files.content
    with monkeypatch.context() as reading:
        reading.setattr(
            files, "content", lambda name, person: read.append(name) or content(name, person=person)
        )
        pieces = taking.all_of(amelie, by=amelie)
        assert PDF in next(pieces) and len(read) == 1
        assert PDF in next(pieces) and len(read) == 2
    with CaptureQueriesContext(connection) as few:
        b"".join(taking.all_of(amelie, by=amelie))
    for number in range(38):
        sent(amelie, f"{number}", PDF)
    with django_assert_max_num_queries(len(few)):
        archive = b"".join(taking.all_of(amelie, by=amelie))
    assert len(zipfile.ZipFile(io.BytesIO(archive)).namelist()) == 42


def test_who_closes_is_gone_at_once_and_may_come_back(
    town: Town, amelie: User, django_capture_on_commit_callbacks: Any
) -> None:
    open_one = introductions.want(jobseeker=town.jobseeker, vacancy=town.vacancy, by=amelie)
    hers, elsewhere = town.client("amelie"), town.client("amelie")
    with django_capture_on_commit_callbacks(execute=True):
        closed = hers.post(CLOSE)
    assert elsewhere.get(reverse("people:account")).status_code == 302
    assert not Jobseeker.objects.looking().filter(user=amelie).exists()
    assert not Introduction.objects.get(pk=open_one.pk).is_open
    way_back = closed.content.decode().split('href="/account/reopen/')[1].split('"')[0]
    url = f"/account/reopen/{way_back}"
    assert hers.get(url).status_code == 200
    assert hers.post(url).status_code == 302
    amelie.refresh_from_db()
    assert amelie.is_active
    # No browser is signed in again by itself.
    assert elsewhere.get(reverse("people:account")).status_code == 302
    assert hers.post(url).status_code == 404


def test_the_appointments_of_who_closes_are_named_first_and_then_free_for_others(
    town: Town, amelie: User, django_capture_on_commit_callbacks: Any
) -> None:
    soon, past = town.appointment, town.appointment_by_video
    Appointment.objects.filter(pk=past.pk).update(starts_at=clock.now() - dt.timedelta(minutes=5))
    soon.quanta.create(at=1, person=amelie, counsellor=town.people["bruno"], length=1)
    hers = town.client("amelie")
    said = hers.get(CLOSE).content.decode()
    assert f"{soon.kind.title}, {soon.when}" in said and past.when not in said
    with django_capture_on_commit_callbacks(execute=True):
        hers.post(CLOSE)
    soon.refresh_from_db()
    past.refresh_from_db()
    assert (soon.state, past.state) == ("excused", "booked"), "of what has begun the agency says how it went"
    assert not soon.quanta.exists()
    assert not telling.remind() and not News.objects.filter(user=amelie, thing=telling.THING).exists()


def test_she_may_come_back_on_the_whole_of_the_last_day_that_she_is_told(
    town: Town, amelie: User, time_machine: Any
) -> None:
    hers = town.client("amelie")
    closed = hers.post(CLOSE).content.decode()
    way_back = re.search(r'href="(/account/reopen/[^"]+)"', closed)[1]  # type: ignore[index]
    told = re.search(r"revenir jusqu’au (.+?) :", closed.replace("\xa0", " "))[1]  # type: ignore[index]
    last = next(day for n in range(40) if dates.day(day := clock.today() + dt.timedelta(days=n)) == told)
    time_machine.move_to(clock.start_of(last) + dt.timedelta(hours=12))
    keeping.forget()
    assert hers.get(way_back).status_code == 200
    assert told in hers.get(way_back).content.decode()
    time_machine.move_to(clock.start_of(last) + dt.timedelta(days=1, hours=4))
    assert keeping.forget()["accounts erased"] == 1


def test_who_came_back_is_not_erased_and_after_thirty_days_nothing_is_left_but_a_number(
    town: Town, amelie: User, time_machine: Any
) -> None:
    closing = services.close(user=amelie, by=amelie)
    services.reopen(user=amelie, by=amelie)
    time_machine.move_to(clock.now() + dt.timedelta(days=31))
    assert not services.erase(closing)
    with pytest.raises(services.Gone):
        services.reopen(user=amelie, by=amelie)
    introductions.want(jobseeker=town.jobseeker, vacancy=town.vacancy, by=amelie)
    town.client("bruno").get(reverse("jobseekers:person", kwargs={"jobseeker_id": town.jobseeker.pk}))
    assert {"people_user", "jobseekers_experience"} <= left_of_her()
    services.close(user=amelie, by=amelie)
    time_machine.move_to(clock.now() + dt.timedelta(days=29))
    keeping.forget()
    assert User.objects.filter(pk=amelie.pk).exists()
    time_machine.move_to(clock.now() + dt.timedelta(days=2))
    number = amelie.pk
    assert PersonKey.objects.filter(pk=number).exists()
    assert keeping.forget()["accounts erased"] == 1
    assert left_of_her() == set()
    assert not PersonKey.objects.filter(pk=number).exists()
    written_down = Path(settings.VISAVIS_ERASED).read_text().splitlines()
    assert number in [json.loads(line)["person"] for line in written_down]
    assert not User.objects.filter(pk=amelie.pk).exists()
    assert Entry.objects.filter(action="deleted", thing="account", person_id=amelie.pk).count() == 1
    assert keeping.forget()["accounts erased"] == 0


def test_by_letter_it_is_the_same_and_no_foreign_way_back_or_colleague_is_let_through(
    town: Town, amelie: User
) -> None:
    call_command("close_account", HERS[1])
    amelie.refresh_from_db()
    assert not amelie.is_active
    call_command("close_account", str(amelie.pk), "--reopen")
    amelie.refresh_from_db()
    assert amelie.is_active
    with pytest.raises(CommandError, match="No account"):
        call_command("close_account", "nobody@nowhere.example")
    answer = town.client("bruno").post(CLOSE, follow=True)
    assert "direction de l’agence" in answer.content.decode()
    assert not Closing.objects.exists()
    services.close(user=amelie, by=amelie)
    for bad in ("x", "1", "a:b:c"):
        assert town.client("gael").get(f"/account/reopen/{bad}/").status_code == 404


def test_who_asks_by_letter_is_handed_the_same_file(town: Town, amelie: User, tmp_path: Path) -> None:
    """By her number, her e-mail or her phone; written down as who handed it over, readable by its owner only."""
    sent(amelie, "Certificat.pdf", PDF)
    bruno = town.people["bruno"]
    for number, who in enumerate((str(amelie.pk), HERS[1].upper(), HERS[2])):
        file = tmp_path / f"{number}.zip"
        call_command("take_data", who, "--to", str(file), "--by", str(bruno.pk))
        archive = zipfile.ZipFile(file)
        page = archive.read("data.html").decode()
        assert HERS[3] in page and 'lang="fr"' in page
        assert json.loads(archive.read("data.json"))["people.User"][0]["name"] == HERS[0]
        assert PDF in [archive.read(name) for name in archive.namelist()]
        assert file.stat().st_mode & 0o077 == 0
    told = Entry.objects.filter(thing="data-out", person_id=amelie.pk)
    assert {one.actor_id for one in told} == {bruno.pk} and len(told) == 3
    call_command("take_data", str(amelie.pk), "--to", str(tmp_path / "by-nobody.zip"))
    # Without a name it is the service, in the journal all the same.
    assert told.filter(actor_id=None).count() == 1


def test_nothing_is_taken_of_nobody_or_over_a_file_that_is_there_and_what_was_cut_short_is_no_file(
    town: Town, amelie: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, new = tmp_path / "there.zip", tmp_path / "new.zip"
    there.write_text("something else")
    for words in (
        ["nobody@nowhere.example", "--to", str(new)],
        [str(amelie.pk), "--to", str(there)],
        [str(amelie.pk), "--to", str(new), "--by", "9" * 30],
    ):
        with pytest.raises(CommandError):
            call_command("take_data", *words)
    assert not new.exists() and there.read_text() == "something else"
    assert not Entry.objects.filter(thing="data-out").exists()

    def cut(*_given: object, **_named: object) -> Iterator[bytes]:
        yield b"PK"
        raise OSError("the store is away")

    monkeypatch.setattr(taking, "all_of", cut)
    with pytest.raises(OSError, match="away"):
        call_command("take_data", str(amelie.pk), "--to", str(tmp_path / "cut.zip"))
    assert list(tmp_path.iterdir()) == [there]


def test_every_table_of_the_site_is_kept_by_somebody() -> None:
    """A new table must say whether it goes with the person."""
    said = {rows.model for one in keeping.kept() for rows in one.tables}
    pointing = {
        model
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if getattr(field, "related_model", None) in {User, Jobseeker}
        and field.concrete
        and not field.many_to_many
        and field.remote_field.on_delete.__name__ == "CASCADE"
    }
    assert {model for model in pointing if model.__module__.startswith("visavis.")} <= said


def test_her_counsellor_hands_her_all_that_is_kept_and_reception_closes_and_opens_again(
    town: Town, amelie: User
) -> None:
    url = reverse("jobseekers:person_data", kwargs={"jobseeker_id": town.jobseeker.pk})
    archive = zipfile.ZipFile(io.BytesIO(town.client("bruno").post(url).getvalue()))
    assert HERS[3] in archive.read("data.html").decode()
    taken = Entry.objects.get(thing="data-out")
    assert (taken.actor_id, taken.person_id) == (town.people["bruno"].pk, amelie.pk)
    leaving = reverse("jobseekers:person_leaving", kwargs={"jobseeker_id": town.jobseeker.pk})
    rosa = town.client("rosa")
    assert url not in rosa.get(leaving).content.decode()
    rosa.post(leaving)
    assert Closing.objects.get(user=amelie).by == town.people["rosa"]
    assert "rouvrir" in rosa.get(leaving).content.decode()
    rosa.post(leaving, {"reopen": "yes"})
    assert not Closing.objects.exists()
