"""A mandate is prepared, begins, and ends: by each way, at midnight where she lives, told with a receipt."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from tests import factories
from tests.mandates.making import ALL, amelies, bond, given, of_association
from tests.personas import Town
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.journal.models import Entry
from visavis.mailboxes.enums import Voice
from visavis.mailboxes.mail.fetching import store
from visavis.mailboxes.models import Incoming, Message, Thread
from visavis.mailboxes.texts import filing
from visavis.mailboxes.texts.filing import Text
from visavis.mailboxes.texts.understanding import Meaning, meaning_of
from visavis.mandates import keeping, services, telling, texts
from visavis.mandates.enums import Days, State, Way
from visavis.mandates.errands import Code
from visavis.mandates.models import Mandate, Visit
from visavis.mandates.services import Asked, Named
from visavis.news.models import News
from visavis.people import services as people
from visavis.people.enums import Role
from visavis.people.models import Membership, Organisation, User
from visavis.ui.dates import day

pytestmark = [pytest.mark.django_db]
NOON = dt.datetime(2027, 3, 20, 12, tzinfo=dt.UTC)


def told(person: User) -> list[str]:
    of_mandates = News.objects.filter(user=person, thing__in=[telling.THING, telling.VISIT])
    return list(of_mandates.order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("days", "department", "zone"),
    [
        *((days, "26", "Europe/Paris") for days in Days.values),
        (Days.values[0], "974", "Indian/Reunion"),
        (Days.values[-1], "988", "Pacific/Noumea"),
    ],
)
@pytest.mark.database
def test_it_ends_at_midnight_where_she_lives(town: Town, days: int, department: str, zone: str) -> None:
    there = factories.DepartmentFactory(code=department, name=department)
    town.people["amelie"].jobseeker.commune = factories.CommuneFactory(
        code=f"{department}99", department=there
    )
    town.people["amelie"].jobseeker.save()
    with time_machine.travel(NOON, tick=False):
        mandate = amelies(town, days=days)
    wall = NOON.astimezone(ZoneInfo(zone))
    midnight = dt.datetime.combine(wall.date() + dt.timedelta(days=days), dt.time(), tzinfo=ZoneInfo(zone))
    assert mandate.last_day == wall.date() + dt.timedelta(days=days - 1)
    with time_machine.travel(midnight - dt.timedelta(seconds=1), tick=False):
        assert Mandate.objects.in_force().exists()
        assert services.sweep() == 0
    with time_machine.travel(midnight, tick=False):
        assert not Mandate.objects.in_force().exists()
        assert services.sweep() == 1
    mandate.refresh_from_db()
    assert mandate.state == State.ENDED
    assert told(town.people["amelie"]) == ["begun", "ended"]


@pytest.mark.database
def test_a_code_begins_one_mandate_once_and_no_helper_of_the_service_or_herself_takes_it(town: Town) -> None:
    her, helper = town.people["amelie"], town.people["ines"]
    with pytest.raises(services.NothingAsked):
        services.offer(person=her, asked=Asked(31, ["fly"]), by=her)
    _row, code = services.offer(person=her, asked=Asked(31, [Code.READ_PROFILE]), by=her)
    for persona in ("amelie", "bruno", "rosa", "nadia"):
        with pytest.raises(services.CannotHelp):
            services.take(code=code, helper=town.people[persona])
    assert services.take(code=code.lower().replace("-", " "), helper=helper).state == State.GIVEN
    with pytest.raises(services.WrongCode):
        services.take(code=code, helper=town.people["gael"])


def test_a_code_is_no_good_after_two_weeks(town: Town) -> None:
    her = town.people["amelie"]
    with time_machine.travel(NOON, tick=False):
        _row, code = services.offer(person=her, asked=Asked(31, ALL), by=her)
    with time_machine.travel(NOON + Mandate.WAITS, tick=False):
        with pytest.raises(services.WrongCode):
            services.take(code=code, helper=town.people["ines"])
        assert services.sweep() == 1
    assert Mandate.objects.get().state == State.DROPPED
    assert not told(her)


def test_a_visitor_who_types_the_code_gets_an_account_and_signs_in_by_herself(town: Town) -> None:
    her = town.people["amelie"]
    _row, code = services.offer(person=her, asked=Asked(31, ALL), by=her)
    client = town.client("visitor")
    given_by_her = {"code": code, "name": "Lucie Martin", "email": "lucie@example.org"}
    assert client.post(reverse("mandates:take"), given_by_her)["Location"] == reverse("account_login")
    helper = User.objects.get(email="lucie@example.org")
    assert helper.roles == {Role.HELPER}
    assert Mandate.objects.get().helper == helper
    assert client.get("/for/1/").status_code == 302


def test_its_word_is_promised_only_where_text_messages_come_in(town: Town, settings: Any) -> None:
    her = town.people["amelie"]
    named = Named("paul@pont.example", "Paul Petit")
    row = services.prepare(person=her, asked=Asked(31, ALL), named=named, by=town.people["rosa"])
    pages = [
        ("rosa", reverse("mandates:paper", args=[her.pk, row.pk])),
        ("rosa", reverse("mandates:one_of", args=[her.pk, row.pk])),
        ("amelie", reverse("mandates:one", args=[row.pk])),
    ]
    for token, is_promised in (("", False), ("geheim", True)):
        settings.SMS_IN_TOKEN = token
        for who, url in pages:
            assert (row.word.upper() in town.client(who).get(url).content.decode()) is is_promised, url
        assert (row.word.upper() in " ".join(telling.how_to_end(row))) is is_promised


def test_on_paper_it_begins_when_it_is_signed(town: Town, settings: Any) -> None:
    settings.SMS_IN_TOKEN = "geheim"
    rosa, her = town.client("rosa"), town.people["amelie"]
    asked = {
        "name": "Paul Petit", "email": "paul@pont.example", "organisation": "Le Pont", "days": "182",
        "errands": [Code.READ_MESSAGES, Code.WRITE_MESSAGES],
    }  # fmt: skip
    answer = rosa.post(reverse("mandates:new_of", args=[her.pk]), asked)
    row = Mandate.objects.get()
    assert answer["Location"] == reverse("mandates:one_of", args=[her.pk, row.pk])
    assert (row.state, row.helper.name, row.organisation.name) == (State.OFFERED, "Paul Petit", "Le Pont")
    assert not Mandate.objects.in_force().exists()
    paper = rosa.get(reverse("mandates:paper", args=[her.pk, row.pk])).content.decode()
    assert row.word.upper() in paper
    assert "Écrire au conseiller" in paper
    rosa.post(reverse("mandates:one_of", args=[her.pk, row.pk]), {"act": "sign"})
    assert Mandate.objects.in_force().get() == row
    assert told(her) == ["begun"]


def test_the_agency_may_only_name_an_end_with_the_way_it_was_said(town: Town) -> None:
    her, mandate, rosa = town.people["amelie"], amelies(town), town.client("rosa")
    url = reverse("mandates:one_of", args=[her.pk, mandate.pk])
    rosa.post(url, {"act": "end"})
    assert Mandate.objects.in_force().exists()
    rosa.post(url, {"act": "end", "way": "phone"})
    mandate.refresh_from_db()
    last = mandate.steps.last()
    assert (mandate.state, last.way, last.side) == ("revoked", "phone", "agency")
    assert told(her) == ["begun", "ended"]
    row, _code = services.offer(person=her, asked=Asked(31, ALL), by=her)
    url = reverse("mandates:one_of", args=[her.pk, row.pk])
    page = rosa.post(url, {"act": "end", "way": "phone"}, follow=True).content.decode()
    assert "n’avait pas commencé" in page and told(her) == ["begun", "ended"]


@pytest.mark.parametrize("persona", ["amelie", "ines"])
def test_she_and_her_helper_end_it_at_once(town: Town, persona: str) -> None:
    mandate = amelies(town)
    name = "mandates:one" if persona == "amelie" else "mandates:give_back"
    town.client(persona).post(reverse(name, args=[mandate.pk]))
    mandate.refresh_from_db()
    assert mandate.state == State.REVOKED
    assert told(town.people["amelie"]) == ["begun", "ended"]


@pytest.mark.database
def test_wrong_codes_are_counted_and_a_used_one_is_shown_no_more(town: Town) -> None:
    client, mine = town.client("amelie"), reverse("mandates:mine")
    client.post(reverse("mandates:new"), {"days": "31", "errands": [Code.READ_PROFILE]})
    code = client.get(mine).context["code"]["code"]
    assert code in client.get(mine).content.decode()
    services.take(code=code, helper=town.people["ines"])
    assert code not in client.get(mine).content.decode()
    client = town.client("ines")
    for _time in range(6):
        page = client.post(reverse("mandates:take"), {"code": "AAAAA-BBBBB"}).content.decode()
    assert "plusieurs codes faux" in page or "attendez" in page


def test_its_own_word_or_a_lost_role_ends_it_and_stop_does_not(town: Town) -> None:
    her = town.people["amelie"]
    first, second = amelies(town), given(her, town.people["gael"])
    for words in ("STOP", "oui", f"{first.word} demain", ""):
        assert not texts.end_by_word(her, words)
    assert Mandate.objects.in_force().count() == 2
    # The same word from another's number ends nothing of hers.
    assert not texts.end_by_word(town.people["gael"], first.word)
    assert "Inès" in texts.end_by_word(her, f" {first.word.upper()}. ")
    assert list(Mandate.objects.in_force()) == [second]
    first.refresh_from_db()
    assert (first.state, first.steps.last().way) == (State.REVOKED, Way.SMS)
    mandate, today = amelies(town), day(clock.today())
    Membership.objects.filter(user=town.people["ines"], role=Role.HELPER).delete()
    assert services.sweep() == 1
    mandate.refresh_from_db()
    assert mandate.state == State.ENDED and day(mandate.over_on) == today


def test_what_she_sent_stands_in_her_thread_and_is_nobodys_answer(town: Town, settings: Any) -> None:
    mandate = amelies(town)
    store(b"{}", box="sms", numbering=0, number=0, digest="1" * 64, size=2)
    filing.put(Incoming.objects.get(), Text("+33612345678", mandate.word), town.people["amelie"])
    message = Message.objects.get()
    assert (message.voice, message.author) == (Voice.AUTOMATIC, None)
    assert "Inès" in message.body


@pytest.mark.database
def test_each_of_many_has_a_word_of_its_own_and_none_answers_a_message_or_stops_them(town: Town) -> None:
    assert len(set(services.WORDS)) == len(services.WORDS) > 20
    assert {meaning_of(one) for one in services.WORDS} == {Meaning.WORDS}
    assert max(map(len, services.WORDS)) <= 12
    her = town.people["amelie"]
    for _one in services.WORDS:
        services.offer(person=her, asked=Asked(1, ALL), by=her)
    with pytest.raises(Refused):
        services.offer(person=her, asked=Asked(1, ALL), by=her)
    assert Entry.objects.filter(thing="mandate").count() == len(services.WORDS)


@pytest.mark.database
def test_a_helper_who_changes_organisation_keeps_nothing_even_when_she_comes_back(town: Town) -> None:
    her, paul = town.people["amelie"], of_association()
    held = paul.memberships.get()
    named = Named(str(paul.email), paul.name, "Le Pont")
    row = services.prepare(person=her, asked=Asked(365, ALL), named=named, by=town.people["rosa"])
    services.record_signed(mandate=row, by=town.people["rosa"])
    assert Mandate.objects.of_helper(paul).exists()
    elsewhere = Organisation.objects.create(kind="helping", name="La Rive")
    people.give_role(user=paul, role=Role.HELPER, by=None, organisation=elsewhere)
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=2), tick=False):
        people.end_role(membership=held, by=None)
        assert not Mandate.objects.of_helper(paul).exists()
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=9), tick=False):
        people.give_role(user=paul, role=Role.HELPER, by=None, organisation=held.organisation)
        assert not Mandate.objects.of_helper(paul).exists()
        services.sweep()
    row.refresh_from_db()
    assert row.state == State.ENDED


def test_the_acts_of_one_sitting_are_told_once(town: Town) -> None:
    with time_machine.travel(NOON, tick=False) as at:
        mandate = amelies(town)
        for minutes in (0, 10, 20):
            at.move_to(NOON + dt.timedelta(minutes=minutes))
            page = town.client("ines").get(f"/for/{mandate.pk}/messages/new/").content.decode()
            held = page.partition('name="acting_for" value="')[2].partition('"')[0]
            wrote = {"acting_for": held, "subject": str(minutes), "body": "x"}
            assert town.client("ines").post(f"/for/{mandate.pk}/messages/new/", wrote).status_code == 302
            services.sweep()
        at.move_to(NOON + dt.timedelta(minutes=51))
        services.sweep()
        services.sweep()
    visit = Visit.objects.get()
    assert visit.stamps.filter(thing="thread").count() == 3
    assert told(town.people["amelie"]) == ["begun", "done"]
    row = News.objects.get(kind="done")
    assert "Inès" in row.title
    assert len(telling.visit_on_paper(row)) >= 5
    page = town.client("amelie").get(row.link).content.decode()
    assert page.count("<time") >= 3


@pytest.mark.database
def test_what_is_over_is_kept_for_three_years_and_its_news_go_with_it(town: Town) -> None:
    with time_machine.travel(NOON, tick=False):
        over, held = amelies(town), given(town.people["gael"], town.people["ines"], days=365)
        services.end(mandate=over, by=over.person)
    assert not keeping.past(NOON + keeping.KEPT).exists()
    assert list(keeping.past(NOON + keeping.KEPT + dt.timedelta(seconds=1))) == [over]
    assert held.state == State.GIVEN
    visit, now = Visit.objects.create(mandate=held, last_at=NOON), NOON + 2 * Visit.PAUSE
    with time_machine.travel(now, tick=False):
        assert telling.tell_visits(now) == 1
    assert not telling.gone(now).exists()
    assert not telling.gone_visits(now).exists()
    visit.delete()
    held.delete()
    assert [row.kind for row in telling.gone(now)] == ["begun"]
    assert [row.kind for row in telling.gone_visits(now)] == ["done"]


def test_who_wrote_it_for_her_stands_beside_the_message(town: Town) -> None:
    mandate, client = amelies(town), town.client("ines")
    path = f"/for/{mandate.pk}/messages/new/"
    there = client.post(path, {"acting_for": bond(client.get(path)), "subject": "Mardi", "body": "Je viens."})
    client.post(
        there["Location"], {"acting_for": bond(client.get(there["Location"])), "body": "x", "act": "send"}
    )
    thread = Thread.objects.get()
    page = town.client("bruno").get(reverse("mailboxes:thread", args=[thread.pk])).content.decode()
    assert page.count("par Inès, sous mandat") == 2
    town.client("amelie").post(reverse("mailboxes:thread", args=[thread.pk]), {"body": "Moi.", "act": "send"})
    page = town.client("bruno").get(reverse("mailboxes:thread", args=[thread.pk])).content.decode()
    assert page.count("par Inès, sous mandat") == 2


@pytest.mark.database
def test_a_mandate_is_seen_by_her_agency_and_its_end_is_a_ready_filter(town: Town) -> None:
    mandate = amelies(town)
    seen = {name for name, user in town.people.items() if mandate in Mandate.objects.visible_to(user)}
    assert seen == {"amelie", "ines", "bruno", "rosa"}
    with time_machine.travel(NOON, tick=False) as at:
        amelies(town, days=31)
        said = "Un mandat se termine bientôt"
        desk = f"{reverse('portal:desk')}?show=mandate-ends"
        assert "Amélie" not in town.client("bruno").get(desk).content.decode()
        at.move_to(NOON + dt.timedelta(days=20))
        page = town.client("bruno").get(desk).content.decode()
    assert said in page
    assert "Amélie" in page
