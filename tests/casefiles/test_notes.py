"""Notes for colleagues, with a reason and hers when she asks; a mark on a file, its colour, word and day."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.urls import reverse

from tests import factories
from tests.personas import Town
from visavis.agencies.models import Absence
from visavis.appointments.models import Appointment
from visavis.casefiles import marking
from visavis.casefiles.enums import Colour
from visavis.casefiles.models import Mark, Note
from visavis.common import clock
from visavis.journal.models import Entry
from visavis.noticing import admissions
from visavis.people.acting import acts_for
from visavis.people.enums import Capacity, Role
from visavis.people.models import User

pytestmark = pytest.mark.django_db


def url(town: Town) -> str:
    return reverse("casefiles:notes", args=[town.jobseeker.pk])


def asked(**more: str) -> dict[str, str]:
    return {"purpose": "care", "words": "Parler fort.", "form": str(uuid.uuid4())} | more


def colleague(town: Town, name: str) -> None:
    town.people[name] = factories.UserFactory(
        name=name.title(), role=Role.COUNSELLOR, role__organisation=town.agency.organisation
    )


def test_it_is_written_once_a_form_and_read_with_who_wrote_it_and_why(town: Town) -> None:
    client, said = town.client("bruno"), asked()
    assert client.post(url(town), said).status_code == 302 and client.post(url(town), said).status_code == 302
    note = Note.objects.get()
    assert (note.words, note.purpose, note.by) == ("Parler fort.", "care", town.people["bruno"])
    page = client.get(url(town)).content.decode()
    assert "Parler fort." in page and "Bruno" in page and "À surveiller au prochain rendez-vous" in page
    assert "elle peut en demander une copie" in page or "copie de tout ce qui est gardé" in page
    assert "1 note pour les collègues" in town.client("bruno").get(
        reverse("portal:desk_person", args=[town.jobseeker.pk])
    ).content.decode().replace("\xa0", " ")
    acts = Entry.objects.filter(thing__in=["note", "notes"]).order_by("pk")
    assert [(one.action, one.thing, one.note) for one in acts] == [
        ("created", "note", "care"),
        ("read", "notes", ""),
    ]


def test_no_note_without_words_and_others_find_none(town: Town) -> None:
    client = town.client("bruno")
    for wrong in ({"purpose": ""}, {"purpose": "opinion"}, {"words": " "}, {"words": "x" * 1001}):
        answer = client.post(url(town), asked(**wrong))
        assert answer.status_code == 400 and not Note.objects.exists(), wrong
        assert "words" in wrong or "Parler fort." in answer.content.decode()
    number = town.note.pk
    for name in ("rosa", "dario", "amelie", "chloe", "hugo"):
        answer = town.client(name).get(url(town))
        assert answer.status_code in (403, 404), name
        assert not Note.objects.visible_to(town.people[name]).filter(pk=number).exists()
    assert town.client("amelie").get(url(town)).status_code == 404
    away = reverse("casefiles:note_away", args=[town.jobseeker.pk, number])
    assert town.client("bruno").post(away).status_code == 302
    assert not Note.objects.exists()
    last = Entry.objects.filter(thing="note").latest("pk")
    assert (last.action, last.person_id) == ("deleted", town.people["amelie"].pk)


def test_who_stands_in_reads_it_on_these_days_and_a_colleague_once_he_said_why(town: Town) -> None:
    written = town.note
    colleague(town, "colette"), colleague(town, "karim")
    assert not Note.objects.visible_to(town.people["colette"]).exists()
    on, away = clock.today(), {"user": town.people["bruno"], "substitute": town.people["colette"]}
    Absence.objects.create(agency=town.agency, starts_on=on, ends_on=on, **away)
    assert written.words in town.client("colette").get(url(town)).content.decode()
    asks = town.client("karim").get(url(town))
    assert asks.status_code == 403 and written.words not in asks.content.decode()
    karim, her = town.people["karim"], town.people["amelie"]
    admissions.admit(by=karim, person=her, why=admissions.Why.OTHER, words="remplacement")
    file = town.client("karim").get(reverse("jobseekers:person", args=[town.jobseeker.pk]))
    assert url(town) in file.content.decode()
    page = town.client("karim").get(url(town))
    assert written.words in page.content.decode() and "Retirer" not in page.content.decode()
    town.client("karim").post(reverse("casefiles:note_away", args=[town.jobseeker.pk, written.pk]))
    assert Note.objects.filter(pk=written.pk).exists()


def test_whoever_only_meets_her_today_reads_no_note(town: Town) -> None:
    """An appointment opens her file for some hours, and nothing that colleagues wrote for who accompanies her."""
    colleague(town, "karim")
    note, karim = town.note, town.people["karim"]
    Appointment.objects.create(
        agency=town.agency, kind=town.appointment_kind, counsellor=karim, person=town.people["amelie"], way="web",
        channel="agency", state="booked", starts_at=clock.now(), ends_at=clock.now() + dt.timedelta(minutes=30),
    )  # fmt: skip
    assert acts_for(karim, town.people["amelie"]) == Capacity.MET
    assert not Note.objects.visible_to(karim).exists()
    answer = town.client("karim").get(url(town))
    assert answer.status_code in (403, 404) and note.words not in answer.content.decode()


DAY = dt.timedelta(days=1)


def mark_url(town: Town) -> str:
    return reverse("casefiles:mark", args=[town.jobseeker.pk])


def shown(town: Town, persona: str, show: str) -> list[str]:
    rows = town.client(persona).get(reverse("portal:desk"), {"show": show}).context["shown"].rows
    return [row.name for row in rows]


def test_a_colour_stands_with_its_word_and_an_empty_mark_is_taken_away(
    town: Town,
) -> None:
    User.objects.update(language="fr")
    client = town.client("bruno")
    client.post(mark_url(town), {"colour": "bad", "words": "Coupure d’électricité lundi"})
    page = client.get(reverse("portal:desk")).content.decode()
    assert '<span class="tag bad">Urgent</span>' in page and shown(town, "bruno", "marked-bad") == ["Amélie"]
    glance = client.get(reverse("portal:desk_person", args=[town.jobseeker.pk])).content.decode()
    assert "Coupure d’électricité lundi" in glance and ">Urgent</span>" in glance
    client.post(mark_url(town), {"colour": "", "words": ""})
    assert not Mark.objects.exists()
    acts = Entry.objects.filter(thing="mark").exclude(action="read").order_by("pk")
    assert list(acts.values_list("action", flat=True)) == ["created", "deleted"]


def test_what_makes_no_sense_is_refused_but_a_past_reminder_is_changed(
    town: Town,
) -> None:
    client, yesterday = town.client("bruno"), clock.today() - DAY
    for wrong in (
        {"colour": "pink"},
        {"remind_on": "2020-01-01"},
        {"remind_on": "hier"},
        {"words": "seul"},
    ):
        answer = client.post(mark_url(town), {"words": "À rappeler"} | wrong)
        assert answer.status_code == 400 and not Mark.objects.exists()
        assert (wrong.get("words") or "À rappeler") in answer.content.decode()
    wanted = marking.Wanted(remind_on=clock.today())
    mark = marking.put(person=town.jobseeker.user, wanted=wanted, by=town.people["bruno"])
    assert mark is not None
    mark.remind(yesterday)
    mark.save()
    asked = {"colour": "good", "remind_on": yesterday.isoformat()}
    assert client.post(mark_url(town), asked).status_code == 302


def test_who_stands_in_sees_it_and_one_is_reminded_from_the_day_on(town: Town, time_machine: Any) -> None:
    desk = town.agency.organisation
    town.people["colette"] = factories.UserFactory(role=Role.COUNSELLOR, role__organisation=desk)
    marking.put(person=town.jobseeker.user, wanted=marking.Wanted(Colour.WAIT), by=town.people["bruno"])
    assert shown(town, "colette", "marked-wait") == []
    away = {"user": town.people["bruno"], "substitute": town.people["colette"], "agency": town.agency}
    Absence.objects.create(**away, starts_on=clock.today(), ends_on=clock.today())
    assert shown(town, "colette", "marked-wait") == ["Amélie"]
    assert not Mark.objects.visible_to(town.people["dario"]).exists()
    time_machine.move_to(clock.now(), tick=False)
    town.client("bruno").post(mark_url(town), {"remind_on": (clock.today() + 2 * DAY).isoformat()})
    assert shown(town, "bruno", "reminder") == []
    time_machine.move_to(clock.start_of(clock.today() + 2 * DAY))
    assert shown(town, "bruno", "reminder") == ["Amélie"]
    page = town.client("bruno").get(reverse("portal:desk"), {"show": "reminder"})
    assert mark_url(town) in page.content.decode()
