"""The passage: what a mandate covers opens as her own page, at little cost; the rest is refused or not shown."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.access.row import Row
from tests.mandates.making import amelies, bond, given
from tests.personas import Town
from tests.test_access import address, rows
from visavis.appointments.models import Kind
from visavis.common import clock
from visavis.journal import under
from visavis.journal.models import Entry
from visavis.journal.under import Under
from visavis.mailboxes.models import Message
from visavis.mandates import passage
from visavis.mandates.enums import Way
from visavis.mandates.errands import Code, Errand, errand_for, whole
from visavis.mandates.models import Mandate, Stamp, Visit
from visavis.mandates.passage import Passage
from visavis.mandates.services import end
from visavis.mandates.sessions import SessionOf
from visavis.mandates.shown import Page
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.services import end_role

pytestmark = [pytest.mark.django_db, pytest.mark.database]
WROTE = {"subject": "Mardi", "body": "Je viens."}


def post(client: Client, path: str, **data: Any) -> Any:
    """Send a form as its own page holds it."""
    return client.post(path, {"acting_for": bond(client.get(path)), **data})


def test_what_a_helper_writes_is_hers_and_stamped_in_both_names(town: Town) -> None:
    mandate, row = amelies(town), town.appointment
    answer = post(town.client("ines"), f"/for/{mandate.pk}/messages/new/", **WROTE)
    message = Message.objects.get()
    assert answer["Location"] == f"/for/{mandate.pk}/messages/{message.thread_id}/"
    assert message.thread.person == town.people["amelie"]
    entry = Entry.objects.filter(thing="thread", action="created").latest("pk")
    assert (entry.actor_id, entry.person_id, entry.mandate_id) == (
        mandate.helper_id,
        mandate.person_id,
        mandate.pk,
    )
    assert entry.is_whole()
    stamp = Stamp.objects.get(entry=entry.pk)
    assert (stamp.visit.mandate, stamp.thing, stamp.thing_id) == (mandate, "thread", str(message.thread_id))
    page = town.client("amelie").get(mandate.url).content.decode()
    assert "Ajout\N{NO-BREAK SPACE}: des messages" in page
    # A step of a ledger is stamped with its number.
    path = f"/for/{mandate.pk}/appointments/{row.pk}/"
    answer = post(town.client("ines"), path, act="cancel", seen=str(row.version), version=str(row.version))
    row.refresh_from_db()
    assert row.state == "excused", answer.content.decode()
    assert Stamp.objects.get(thing="appointment").step == row.steps.latest("number").number


def test_a_document_is_sent_whole_and_the_interests_stay_hers_alone(town: Town) -> None:
    mandate = amelies(town)
    client, path = town.client("ines"), f"/for/{mandate.pk}/documents/"
    page = client.get(path).content.decode()
    # In parts it would come without the bond: the form alone is left.
    assert 'data-visavis-parts="' not in page
    action = page.partition('enctype="multipart/form-data"')[2].partition('action="')[2].partition('"')[0]
    kind = page.partition('name="kind"')[2].partition('value="')[2].partition('"')[0]
    form = page.partition('name="form" value="')[2].partition('"')[0]
    file = SimpleUploadedFile("cv.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    answer = client.post(action, {"kind": kind or "cv", "form": form, "photos": file, "title": "CV"})
    assert answer.status_code in {200, 302}, answer.content.decode()
    assert client.post(path, {"kind": "cv"}).status_code == 403
    mandate, client, thread = amelies(town), town.client("ines"), town.thread
    assert client.get(f"/for/{mandate.pk}/profile/pay/").status_code == 200
    assert client.get(f"/for/{mandate.pk}/profile/interests/").status_code == 403
    for path in (f"/messages/{thread.pk}/", f"/people/{town.jobseeker.pk}/", "/profile/", "/documents/"):
        assert client.get(path).status_code == 404
    end_role(membership=town.people["ines"].memberships.get(), by=None)
    town.people["ines"].refresh_from_db()
    assert town.client("ines").get(f"/for/{mandate.pk}/").status_code == 404
    assert not Mandate.objects.in_force().exists(), "who leaves her role keeps nothing"


def test_what_is_read_is_in_the_journal_and_what_is_not_covered_not_shown(town: Town) -> None:
    mandate = amelies(town)
    assert town.client("ines").get(f"/for/{mandate.pk}/profile/").status_code == 200
    entry = Entry.objects.filter(action="read", mandate_id=mandate.pk).get()
    assert (entry.actor_id, entry.person_id, entry.thing) == (mandate.helper_id, mandate.person_id, "profile")
    told = town.client("amelie").get(reverse("people:readings")).content.decode()
    assert f"Inès, pour la personne, sous le mandat {mandate.pk}" in told
    mandate, client = amelies(town, Code.READ_MESSAGES), town.client("ines")
    thread = town.thread
    page = client.get(f"/for/{mandate.pk}/messages/{thread.pk}/").content.decode()
    assert thread.subject in page or "Je ne peux pas venir mardi." in page
    assert "<textarea" not in page
    assert "/profile/" not in page
    assert "/account/" not in page.replace("/account/sign-out/", "")
    before = Message.objects.count()
    refused = client.post(f"/for/{mandate.pk}/messages/{thread.pk}/", {"body": "x", "act": "send"})
    assert refused.status_code == 403
    assert "mandat" in refused.content.decode()
    assert Message.objects.count() == before


def test_who_may_only_see_the_appointments_is_not_told_to_choose_one(town: Town) -> None:
    Kind.objects.create(
        agency=town.agency, name="Bilan", nature="follow-up", minutes=30, channels=["agency"], books="anybody"
    )
    for errands, may_book in (
        ((Code.READ_APPOINTMENTS,), False),
        ((Code.BOOK_APPOINTMENTS, Code.READ_APPOINTMENTS), True),
    ):
        mandate = amelies(town, *errands)
        page = town.client("ines").get(f"/for/{mandate.pk}/appointments/").text
        assert "Aucun rendez-vous à venir" in page
        assert ("Prendre rendez-vous" in page) == may_book == ('id="book"' in page)
        end(mandate=mandate, by=town.people["amelie"], way=Way.WEB)


def test_an_errand_opens_what_it_names_and_no_other_page_of_the_site(town: Town) -> None:
    """Every address of the table of access that she may read, asked through the passage."""
    mandate, client = amelies(town), town.client("ines")
    read = [
        row for row in rows() if row.method == "get" and 200 in row.statuses and row.name != "portal:door"
    ]
    # Hired, she has a second introduction: the town gives the one or the other.
    hers = [row for row in read if "amelie" in row.allowed and "hired" not in row.arguments.values()]
    wrong = []
    for row in one_an_address(hers):
        path = f"/for/{mandate.pk}{address(row, town)}"
        arguments = {key: str(value) for key, value in row.arguments.items()}
        naming = {one for one in Code if errand_for([one], row.name, arguments, answers=False)}
        for errands, opens in ((naming, True), (outside(naming), False)):
            if errands or not opens:
                Mandate.objects.update(errands=sorted(errands))
                status = client.get(path).status_code
                if (status in {403, 404}) == opens:
                    wrong.append((row.name, opens, status))
    assert not wrong


def outside(naming: set[Code]) -> set[Code]:
    """Return the errands that do not open a page, nor include one that does."""
    return {one for one in Code if not naming & {Code(each) for each in whole([one])}}


def one_an_address(found: list[Row]) -> list[Row]:
    return list({row.name: row for row in found}.values())


def test_two_people_in_two_tabs_never_mix(town: Town) -> None:
    helper = town.people["ines"]
    first, second = amelies(town), given(town.people["gael"], helper)
    client = town.client("ines")
    one, other = f"/for/{first.pk}/messages/new/", f"/for/{second.pk}/messages/new/"
    tab_of_first, tab_of_second = bond(client.get(one)), bond(client.get(other))
    # The form of one tab, sent to the address of the other.
    refused = client.post(other, {"acting_for": tab_of_first, **WROTE})
    page = refused.content.decode()
    assert refused.status_code == 403 and "Ce n’est pas dans votre mandat" not in page
    assert "n’est pas celui de cette page" in page
    assert client.post(one, {"acting_for": tab_of_second, **WROTE}).status_code == 403
    assert client.post(one, {**WROTE}).status_code == 403
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(other, {"acting_for": tab_of_second, **WROTE}).status_code == 403
    assert not Message.objects.exists()
    assert client.post(other, {"acting_for": tab_of_second, **WROTE}).status_code == 302
    assert Message.objects.get().thread.person == town.people["gael"]
    # What was said of the one is not said on a page of the other.
    sent = "Votre message est envoyé"
    assert sent not in client.get(f"/for/{first.pk}/messages/").content.decode()
    assert sent in client.get(f"/for/{second.pk}/messages/").content.decode()


def test_a_bond_and_a_session_of_one_are_no_others(town: Town) -> None:
    mandate = amelies(town)
    other = given(town.people["amelie"], town.people["gael"])
    path = f"/for/{mandate.pk}/messages/new/"
    sealed = bond(town.client("ines").get(path))
    assert town.client("gael").post(path, {"acting_for": sealed, **WROTE}).status_code == 404
    theirs = f"/for/{other.pk}/messages/new/"
    assert town.client("gael").post(theirs, {"acting_for": sealed, **WROTE}).status_code == 403
    session = SessionBase()
    hers, his = SessionOf(session, "1"), SessionOf(session, "2")
    hers["last"] = "a"
    assert his.get("last") is None
    assert session.get("last") is None
    assert (hers.pop("last"), list(hers)) == ("a", [])


def test_who_writes_while_it_ends_is_told_so_and_given_back_what_was_written(town: Town) -> None:
    mandate, client = amelies(town), town.client("ines")
    path = f"/for/{mandate.pk}/messages/new/"
    held, long = bond(client.get(path)), {**WROTE, "body": "Elle viendra mardi avec son attestation."}
    end(mandate=mandate, by=town.people["amelie"], way=Way.SMS)
    as_browsers = "application/x-www-form-urlencoded"
    said = client.post(path, urlencode({"acting_for": held, **long}), as_browsers)
    page = said.content.decode()
    assert said.status_code == 404 and "Vous ne pouvez plus agir pour Amélie" in page
    assert "n’a pas été pris" in page and long["body"] in page
    # Words from elsewhere are never shown as hers, and nobody else reads that there was a mandate.
    strange = client.post(path, urlencode({"acting_for": "x", **long}), as_browsers)
    assert long["body"] not in strange.content.decode()
    assert "Amélie" not in town.client("gael").post(path, {"acting_for": held, **long}).content.decode()
    there = client.get(f"/for/{mandate.pk}/")
    assert there.status_code == 404 and "Vous ne pouvez plus agir" in there.content.decode()
    Mandate.objects.filter(pk=mandate.pk).update(changed_at=clock.now() - dt.timedelta(days=8))
    later = client.post(path, {"acting_for": held, **long})
    assert later.status_code == 404 and "Amélie" not in later.content.decode()
    assert not Message.objects.exists()


def test_her_own_page_says_for_a_week_that_it_ended_and_not_that_there_was_none(town: Town) -> None:
    mandate, client = amelies(town), town.client("ines")
    end(mandate=mandate, by=town.people["amelie"], way=Way.SMS)
    page = client.get("/home/").content.decode()
    assert "Vous ne pouvez plus agir pour Amélie" in page and "Pas encore de mandat" not in page
    again = amelies(town)
    assert "Vous ne pouvez plus agir" not in client.get("/home/").content.decode()
    Mandate.objects.filter(pk=mandate.pk).update(changed_at=clock.now() - dt.timedelta(days=8))
    Mandate.objects.filter(pk=again.pk).update(ends_at=clock.now(), last_day=clock.today())
    assert client.get("/home/").content.decode().count("Vous ne pouvez plus agir pour Amélie") == 1
    Mandate.objects.filter(pk=again.pk).update(ends_at=clock.now() - dt.timedelta(days=8))
    assert "Vous ne pouvez plus agir" not in client.get("/home/").content.decode()


def test_who_ends_it_at_the_moment_of_the_act_comes_first(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ended after the address was asked, and before the act: the row is asked once more, and held."""
    mandate, client = amelies(town), town.client("ines")
    path = f"/for/{mandate.pk}/messages/new/"
    held, find = bond(client.get(path)), passage.found_at

    def end_it_first(page: str) -> Any:
        end(mandate=mandate, by=town.people["amelie"])
        return find(page)

    monkeypatch.setattr(passage, "found_at", end_it_first)
    assert client.post(path, {"acting_for": held, **WROTE}).status_code == 403
    assert not Message.objects.exists()


def test_an_act_that_fails_leaves_neither_rows_nor_stamps(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    mandate, client = amelies(town), town.client("ines")
    path = f"/for/{mandate.pk}/messages/new/"
    held = bond(client.get(path))

    def fail(*_given: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(under, "STAMPED", [*under.STAMPED, fail])
    client.raise_request_exception = False
    assert client.post(path, {"acting_for": held, **WROTE}).status_code == 500
    assert not Message.objects.exists()
    assert not Visit.objects.exists()
    assert under.current() is None


def questions(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("page", ["profile/", "openings/", "introductions/", "messages/"])
def test_a_helpers_page_asks_four_questions_more_than_her_own(town: Town, page: str) -> None:
    """Which mandate holds, what the helper read lately, the entry of the journal, and the person herself."""
    mandate = amelies(town)
    own = questions(town.client("amelie"), f"/{page}")
    assert questions(town.client("ines"), f"/for/{mandate.pk}/{page}") <= own + 4


def test_the_links_of_a_page_are_looked_up_once_and_more_people_cost_no_more(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another mandate, of the same pages, in the same process."""
    wide, client = amelies(town, Code.FILL_PROFILE), town.client("ines")
    path = f"/for/{wide.pk}/profile/"
    assert f"{path}pay/" in client.get(path).content.decode()
    with monkeypatch.context() as patch:
        looked_up, resolve = [], passage.resolve
        patch.setattr(passage, "resolve", lambda *given: looked_up.append(given) or resolve(*given))
        client.get(path)
    assert len(looked_up) == 1
    narrow = given(town.people["gael"], town.people["ines"], [Code.READ_PROFILE])
    assert f"/for/{narrow.pk}/profile/pay/" not in client.get(f"/for/{narrow.pk}/profile/").content.decode()
    assert client.get(f"/for/{narrow.pk}/profile/pay/").status_code == 403
    # Nothing waits for any of them: what may wait is asked once for all.
    helper, asked = town.people["ines"], []
    for more in (2, 4):
        for _person in range(more):
            given(factories.UserFactory(role=Role.JOBSEEKER), helper)
        asked.append(questions(town.client("ines"), "/home/"))
    assert asked[1] == asked[0]


class Nowhere(Passage):
    """A passage that opens nothing but what is everybody's."""

    place, prefix, number = "7", "/for/7/", 7

    def errand_named(self, name: str, arguments: object, *, answers: bool) -> Errand | None:
        return None

    def under(self) -> Under:
        return Under(7, 1, 2)

    def still_holds(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ('<img src="/for/7/agencies/">', '<img src="/agencies/">'),
        ('<p data-url="/for/7/messages/" id="a">', '<p id="a">'),
        ('<p data-url="&#x2F;for/7/messages/" id="a">', '<p id="a">'),
        ('<input value="/for/7/messages/">', '<input value="/for/7/messages/">'),
        ('<input value="a b="/><p data-url="/for/7/messages/">', '<input value="a b="/><p>'),
        ('<p title="1 < 2" data-url="/messages/">', '<p title="1 < 2" data-url="/messages/">'),
        ('<p>="/for/7/agencies/"</p>', '<p>="/for/7/agencies/"</p>'),
        ('<ul><li><div class="row"> </div></li></ul>', "<ul></ul>"),
        ('<form action="/for/7/x/" method="post"><p><b>a</b></p></form>b', "b"),
        ('<a class="button" href="/for/7/messages/">Go</a>.', "."),
        ('<a href="/for/7/messages/">Go</a>.', "Go."),
    ],
)
def test_a_page_shows_what_its_passage_opens(html: str, written: str) -> None:
    page = Page(Nowhere(User(pk=1), User(pk=2)), "/for/7/")
    assert page.written(html) == written
