"""Minutes: private until shared, after the end only, each shared text kept, two pages that meet, handed over."""

import datetime as dt
import html

import pytest
from django.urls import reverse

from tests import factories
from tests.personas import Town
from visavis.agencies import handing
from visavis.casefiles import services
from visavis.casefiles.enums import Met
from visavis.casefiles.models import Minutes, MinutesVersion
from visavis.casefiles.services import Text
from visavis.common import clock
from visavis.journal.models import Entry
from visavis.mailboxes.models import Message
from visavis.news.models import News
from visavis.people.enums import Channel, Role
from visavis.people.models import Membership, User

pytestmark = pytest.mark.django_db
SAID = Text("Vous cherchez un poste de jour.", "Vous refaites votre CV.")


def begun(town: Town) -> Minutes:
    return services.begin_minutes(appointment=town.appointment, by=town.people["bruno"])


def shared(town: Town, text: Text = SAID) -> Minutes:
    row = Minutes.objects.first() or begun(town)
    services.share(minutes=row, text=text, by=town.people["bruno"], seen=row.version)
    return Minutes.objects.get(pk=row.pk)


def colleague_of(town: Town) -> User:
    user = factories.UserFactory()
    Membership.objects.create(user=user, organisation=town.agency.organisation, role=Role.COUNSELLOR)
    return user


def page(town: Town, name: str, row: Minutes) -> str:
    return html.unescape(town.client(name).get(row.url).content.decode())


def test_an_appointment_has_its_minutes_once_unless_it_is_cancelled(
    town: Town,
) -> None:
    first, again = begun(town), begun(town)
    assert first.pk == again.pk and Minutes.objects.count() == 1
    assert first.body.startswith("Ce que vous nous avez dit de vous")
    assert (first.met, first.met_at) == ("agency", town.appointment.starts_at)
    row = town.appointment
    row.state = "revoked"
    with pytest.raises(services.NoMeeting):
        services.begin_minutes(appointment=row, by=town.people["bruno"])


def test_they_are_shared_once_it_is_over_and_she_reads_them_as_they_were(
    town: Town,
) -> None:
    row, hers = begun(town), town.client("amelie")
    for text in ("", "   ", row.body):
        with clock.moved(row.ended_at), pytest.raises(services.Empty):
            shared(town, Text(text))
    with pytest.raises(services.TooEarly):
        shared(town)
    assert not row.versions.exists()
    assert hers.get(row.url).status_code == 404
    with clock.moved(row.ended_at):
        row = shared(town)
        assert row.shared_number == 1
        services.save(minutes=row, text=Text("Note à moi seul"), by=town.people["bruno"], seen=row.version)
    read = page(town, "amelie", row)
    assert SAID.body in read and SAID.agreed in read and "Note à moi seul" not in read
    assert row.url in hers.get(reverse("casefiles:mine")).content.decode()


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.POST])
def test_she_is_told_by_her_channel_and_finds_it_in_her_letterbox(town: Town, channel: Channel) -> None:
    town.people["amelie"].channel = channel
    town.people["amelie"].save()
    with clock.moved(begun(town).ended_at):
        row = shared(town)
    assert row.thread is not None
    message = Message.objects.get(thread=row.thread)
    assert SAID.body in message.body and "– Vous refaites votre CV." in message.body
    told = News.objects.get(thing="thread", thing_id=row.thread.pk, user=town.people["amelie"])
    assert told.channel == channel and SAID.body not in f"{told.title}{told.link}"


def test_each_version_stands_beside_the_one_before_in_the_same_conversation(town: Town) -> None:
    with clock.moved(begun(town).ended_at):
        shared(town)
        assert shared(town).versions.count() == 1, "the same text again"
        assert Message.objects.count() == 1
        for body in ("Vous cherchez un poste de nuit.", "Vous avez un poste."):
            row = shared(town, Text(body, SAID.agreed))
    assert [one.body for one in row.versions.all()] == [
        SAID.body,
        "Vous cherchez un poste de nuit.",
        "Vous avez un poste.",
    ]
    assert Message.objects.filter(thread=row.thread).count() == 3
    read = page(town, "amelie", row)
    for gone, come in (("jour", "nuit"), ("nuit", None)):
        assert f'<del class="grow">Vous cherchez un poste de {gone}.</del>' in read
        assert come is None or f'<ins class="grow">Vous cherchez un poste de {come}.</ins>' in read


def test_two_pages_that_meet_show_both_and_what_was_replaced_is_not_noted_as_read(town: Town) -> None:
    row = begun(town)
    services.save(minutes=row, text=Text("Le texte de Bruno"), by=town.people["bruno"], seen=1)
    client = town.client("bruno")
    sent = client.post(row.url, {"body": "Le texte d’ailleurs", "version": "1", "act": "save"})
    said = html.unescape(sent.content.decode())
    assert sent.status_code == 409 and "Le texte de Bruno" in said and "Le texte d’ailleurs" in said
    assert Minutes.objects.get(pk=row.pk).body == "Le texte de Bruno"
    # The page that shows both is answered knowingly.
    again = client.post(row.url, {"body": "Les deux", "version": "2", "act": "save"})
    assert again.status_code == 302 and Minutes.objects.get(pk=row.pk).body == "Les deux"
    with clock.moved(begun(town).ended_at):
        shared(town)
        row = shared(town, Text("Autre"))
    client = town.client("amelie")
    late = client.post(row.url, {"number": "1"})
    assert late.status_code == 409 and "Autre" in late.content.decode()
    assert not MinutesVersion.objects.filter(read_at__isnull=False).exists()
    client.post(row.url, {"number": "2"})
    assert [one.number for one in MinutesVersion.objects.filter(read_at__isnull=False)] == [2]


def test_what_she_has_read_is_not_thrown_away_and_a_draft_is(town: Town) -> None:
    row = begun(town)
    with clock.moved(row.ended_at):
        row = shared(town)
    with pytest.raises(services.SharedAlready):
        services.throw_away(minutes=row, by=town.people["bruno"])
    draft = town.draft_minutes
    services.throw_away(minutes=draft, by=town.people["bruno"])
    assert not Minutes.objects.filter(pk=draft.pk).exists()


def test_who_wrote_reads_them_for_a_month_and_hands_over_what_is_not_shared(town: Town) -> None:
    draft = town.draft_minutes
    colleague = colleague_of(town)
    bruno, hugo = town.people["bruno"], town.people["hugo"]
    handed = handing.hand_over(agency=town.agency, former=bruno, to=[colleague], by=hugo)
    assert Minutes.objects.get(pk=draft.pk).writer == colleague
    handing.take_back(handover=handed, by=hugo)
    assert Minutes.objects.get(pk=draft.pk).writer == bruno
    row = town.minutes
    colleague = colleague_of(town)
    town.jobseeker.counsellor = colleague
    town.jobseeker.save()
    bruno = town.people["bruno"]
    assert Minutes.objects.visible_to(bruno).filter(pk=row.pk).exists()
    assert Minutes.objects.visible_to(colleague).filter(pk=row.pk).exists()
    with clock.moved(clock.now() + dt.timedelta(days=31)):
        assert not Minutes.objects.visible_to(bruno).exists()


def test_reading_them_is_in_the_journal_and_what_is_said_is_not(town: Town) -> None:
    row = town.minutes
    town.client("bruno").get(row.url)
    entries = Entry.objects.about(town.people["amelie"].pk).filter(thing="minutes")
    assert entries.readings().filter(thing_id=str(row.pk), actor_id=town.people["bruno"].pk).exists()
    assert not entries.filter(note__contains="poste").exists()


@pytest.mark.database
def test_desk_and_home_know_whose_minutes_are_not_shared(town: Town) -> None:
    draft, his = town.draft_minutes, town.client("bruno")
    home = html.unescape(his.get(reverse("portal:home")).content.decode())
    assert "avec 1 personne n’est pas partagé" in home
    services.share(minutes=draft, text=SAID, by=town.people["bruno"], seen=draft.version)
    assert "n’est pas partagé" not in html.unescape(his.get(reverse("portal:home")).content.decode())
    # Two meetings with one person are one line of the list; of whom a colleague follows, the minutes themselves.
    her, bruno = town.people["amelie"], town.people["bruno"]
    gone = factories.JobseekerFactory(
        user__name="Zoé Quint", agency=town.agency, counsellor=colleague_of(town)
    )
    for person in (her, her, gone.user):
        row = services.begin_apart(person=person, met=Met.PHONE, day=clock.today(), by=bruno)
    his = town.client("bruno")
    home = html.unescape(his.get(reverse("portal:home")).content.decode())
    listed = his.get(f"{reverse('portal:desk')}?show=minutes").context["shown"]
    assert listed.found == 1 and "avec 1 personne n’est pas partagé" in home
    assert "votre rencontre avec Zoé Quint" in home and row.url in home
    assert his.get(row.url).status_code == 200
