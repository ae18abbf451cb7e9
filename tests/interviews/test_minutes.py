"""The minutes of an interview are drafted from what the room knows, anew until somebody writes, and not shared."""

import datetime as dt
import html
from typing import Any

import pytest
from django.urls import reverse
from time_machine import Traveller

from tests import factories
from tests.interviews.making import both_in, paper_of, seat
from tests.personas import Town
from visavis.appointments.models import Appointment
from visavis.casefiles import plans
from visavis.casefiles import services as casefiles
from visavis.casefiles.enums import Kind, Met, Reached, Side, Way, Whose
from visavis.casefiles.models import Minutes
from visavis.casefiles.plans import Origin, Wanted
from visavis.common import clock as now
from visavis.documents.models import Document
from visavis.interviews import calls, services, sharing
from visavis.interviews.enums import Why
from visavis.interviews.models import Interview
from visavis.mailboxes.models import Message
from visavis.people.enums import Role
from visavis.people.models import Membership


@pytest.fixture
def held(town: Town, room: Interview, clock: Traveller, settings: Any, tmp_path: Any) -> Interview:
    """They met: a document was shown, one action was ticked and another one agreed on; one was done long before."""
    settings.MEDIA_ROOT = str(tmp_path)
    bruno, her = town.people["bruno"], town.people["amelie"]
    said = Origin(bruno, Side.AGENCY, Way.PHONE)
    asked = [Wanted(words) for words in ("Ouvrir un compte", "Refaire le CV")]
    before, ticked = (plans.add(person=her, kind=Kind.ACTION, wanted=one, origin=said) for one in asked)
    plans.end(item=before, reached=Reached.DONE, origin=said)
    clock.shift(60)
    both_in(room, town)
    sharing.lay(seat=seat(room, 1), document_id=paper_of(town).pk, by=bruno)
    paper_of(town, "Autre papier")
    plans.end(item=ticked, reached=Reached.DONE, origin=said)
    wanted = Wanted("Appeler l’école", Whose.US, due_on=now.today())
    plans.add(person=her, kind=Kind.ACTION, wanted=wanted, origin=said)
    clock.shift(60)
    services.end(interview=room, by=bruno)
    clock.shift(60)
    plans.add(person=her, kind=Kind.ACTION, wanted=Wanted("Après coup"), origin=said)
    return room


def begun(town: Town, room: Interview) -> Minutes:
    return casefiles.begin_minutes(appointment=room.appointment, by=town.people["bruno"])


def test_they_begin_with_what_the_room_knows_and_share_nothing(town: Town, held: Interview) -> None:
    row = begun(town, held)
    frame, *rest = row.body.split("\n\n")
    assert "mardi 23 mars" in frame and "en visio" in frame
    assert "vous, " in frame and town.people["bruno"].name in frame
    assert held.appointment.kind.name in frame
    assert "Ce que vous nous avez dit de vous\N{NO-BREAK SPACE}:" in rest
    assert "– Attestation" in row.body and "Autre papier" not in row.body
    assert "– Refaire le CV" in row.body and "Ouvrir un compte" not in row.body
    assert row.agreed == "Votre conseiller\N{NO-BREAK SPACE}: Appeler l’école, avant le 23 mars 2027"
    assert not row.is_shared and not Message.objects.exists()
    assert town.client("amelie").get(row.url).status_code == 404
    with now.moved(row.ended_at), pytest.raises(casefiles.Empty):
        text = casefiles.Text(row.body, row.agreed)
        casefiles.share(minutes=row, text=text, by=town.people["bruno"], seen=row.version)


def test_documents_that_were_shown_are_one_touch_away_for_both(town: Town, held: Interview) -> None:
    client = town.client("bruno")
    page = client.get(seat(held, 1).url).text
    way = reverse("casefiles:begin", args=[held.appointment_id])
    assert f'action="{way}"' in page and "– Attestation" in client.post(way, follow=True).text
    row = Minutes.objects.get()
    url = Document.objects.get(pk=held.laid.get().document_id).url
    bruno = town.people["bruno"]
    assert f'href="{url}"' in town.client("bruno").get(row.url).text
    with now.moved(row.ended_at):
        casefiles.share(minutes=row, text=casefiles.Text("Rien de plus"), by=bruno, seen=row.version)
        row = Minutes.objects.get()
        # What he took out of the text is not named beside it either.
        assert f'href="{url}"' not in town.client("amelie").get(row.url).text
        text = casefiles.Text("Nous avons lu : Attestation")
        casefiles.share(minutes=row, text=text, by=bruno, seen=row.version)
    assert f'href="{url}"' in html.unescape(town.client("amelie").get(row.url).text)


@pytest.mark.parametrize(("who", "named"), [("bruno", True), ("rosa", False)])
def test_of_a_call_they_say_by_phone_and_by_whom(town: Town, room: Interview, who: str, named: bool) -> None:
    assert begun(town, room).met == Met.VIDEO
    call = calls.ask(interview=room, why=Why.RATHER, by=None, number="+33612345678")
    assert begun(town, room).met == Met.VIDEO
    calls.reach(call=call, by=town.people[who])
    room.appointment.refresh_from_db()
    row = begun(town, room)
    frame = row.body.partition("\n\n")[0]
    assert row.met == Met.PHONE and "par téléphone" in frame and "visio" not in frame
    assert ("vous, " in frame) and (town.people["bruno"].name in frame) == named
    assert town.people["rosa"].name not in frame


def test_who_met_by_video_and_went_on_by_phone_reads_by_phone(town: Town, room: Interview) -> None:
    both_in(room, town)
    call = calls.ask(interview=room, why=Why.CAMERA, by=None, number="+33612345678")
    calls.reach(call=call, by=town.people["bruno"])
    room.appointment.refresh_from_db()
    row = begun(town, room)
    assert row.met == Met.PHONE and "par téléphone" in row.body and town.people["bruno"].name in row.body


def test_what_was_begun_meanwhile_is_drafted_anew_until_somebody_writes(town: Town, room: Interview) -> None:
    bare = begun(town, room)
    assert bare.body.startswith("Ce que vous nous avez dit de vous")
    both_in(room, town)
    services.end(interview=room, by=town.people["bruno"])
    assert "en visio" in begun(town, room).body
    row = Minutes.objects.get()
    casefiles.save(minutes=row, text=casefiles.Text("À moi"), by=town.people["bruno"], seen=row.version)
    assert begun(town, room).body == "À moi"


def test_minutes_of_a_call_are_shared_once_it_is_over(town: Town, room: Interview, clock: Traveller) -> None:
    row, bruno, client = begun(town, room), town.people["bruno"], town.client("bruno")
    clock.move_to(row.met_at + dt.timedelta(minutes=2))
    both_in(room, town)
    text = casefiles.Text("Ce qui fut dit")
    with pytest.raises(casefiles.TooEarly):
        casefiles.share(minutes=row, text=text, by=bruno, seen=row.version)
    assert 'value="share"' not in client.get(row.url).text
    services.end(interview=room, by=bruno)
    row = Minutes.objects.get()
    assert not row.is_over, "the hour that was planned is not over yet"
    assert 'value="share"' in client.get(row.url).text
    casefiles.share(minutes=row, text=text, by=bruno, seen=row.version)
    row = Minutes.objects.get()
    assert row.shared_number == 1 and row.met_at <= row.ended_at <= now.now()


def test_who_has_no_right_to_documents_and_plan_is_told_of_none(town: Town, held: Interview) -> None:
    colleague = factories.UserFactory()
    Membership.objects.create(user=colleague, organisation=town.agency.organisation, role=Role.COUNSELLOR)
    Appointment.objects.filter(pk=held.appointment_id).update(counsellor=colleague)
    his = Appointment.objects.with_words().get(pk=held.appointment_id)
    row = casefiles.begin_minutes(appointment=his, by=colleague)
    assert "en visio" in row.body and "Attestation" not in row.body
    other = town.people["dario"]
    row = casefiles.begin_minutes(appointment=held.appointment, by=other)
    assert "Attestation" not in row.body and "Refaire le CV" not in row.body and not row.agreed
