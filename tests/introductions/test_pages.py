"""The pages of an introduction: for her, for her counsellor, for the employer."""

import csv
import datetime as dt
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.hostile.values import TYPED
from tests.introductions import times
from tests.personas import Town
from tests.sweeps import few
from visavis.common import clock
from visavis.introductions import flow, hires, limits, services, tables
from visavis.introductions.enums import NewsKind, Side, State
from visavis.introductions.models import FollowUp, Introduction
from visavis.journal.models import Entry
from visavis.matches.models import Opinion
from visavis.news.models import News
from visavis.people.enums import Channel
from visavis.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db

TERMS = hires.Terms("permanent", clock.today() + dt.timedelta(days=6))
SOON = times.at_ten(29).strftime("%Y-%m-%dT%H:%M")
type Capture = Callable[..., Any]


def put(town: Town, **fields: Any) -> Introduction:
    """Amélie wishes to meet Chloé's firm, and was put to her."""
    vacancy = fields.pop("vacancy", town.vacancy)
    row = services.want(jobseeker=town.jobseeker, vacancy=vacancy, by=town.people["amelie"], **fields)
    flow.put_next(vacancy.pk)
    row.refresh_from_db()
    return row


def agreed(town: Town, **fields: Any) -> Introduction:
    row = put(town, **fields)
    services.agree(introduction=row, by=town.people["chloe"])
    row.refresh_from_db()
    return row


WHOM = {"contact": "Mme Roux", "phone": "04 75 00 00 01"}


def say(town: Town, who: str, row: Introduction, act: str, **data: Any) -> Any:
    said = {"act": act, "seen": str(row.version), **data}
    return town.client(who).post(row.url, said, follow=True)


def text(response: Any) -> str:
    return str(response.content.decode())


def test_she_asks_to_be_introduced_and_reads_what_the_employer_reads(town: Town) -> None:
    factories.MatchFactory(jobseeker=town.jobseeker, vacancy=town.vacancy, score=1.25)
    address = reverse("matches:introduce", kwargs={"vacancy_id": town.vacancy.pk})
    # Where the employer does not answer, she reads how to apply.
    rows = Vacancy.objects.filter(pk=town.vacancy.pk)
    rows.update(employer=None, source_url="https://example.org/offre")
    page = text(town.client("amelie").get(reverse("matches:opening", kwargs={"vacancy_id": town.vacancy.pk})))
    assert "https://example.org/offre" in page and address not in page
    rows.update(employer=town.employer, source_url="")
    page = text(town.client("amelie").post(address, follow=True))
    row = Introduction.objects.get()
    assert row.score == 1.25, "the score of her list comes with the wish"
    assert Opinion.objects.get().kind == Opinion.Kind.INTERESTED
    assert f"Personne no {row.pk}" in page or f"Personne n° {row.pk}" in page
    assert "sans votre nom" in page


def test_what_ends_it_is_not_open_before_it_is_asked_for_and_what_is_over_is_read_again(town: Town) -> None:
    row = services.want(by=town.people["amelie"], jobseeker=town.jobseeker, vacancy=town.vacancy)
    address = reverse("vacancies:page", kwargs={"vacancy_id": town.vacancy.pk})
    page = town.client("amelie").get(row.url).content.decode()
    assert 'value="withdraw"' in page
    assert not re.search(r"<details[^>]* open", page)
    for state, is_link, is_read in (("open", 1, 0), ("filled", 0, 1), ("hidden", 0, 0)):
        Vacancy.objects.filter(pk=town.vacancy.pk).update(state=state, description="Pétrir avant l’aube.")
        page = town.client("amelie").get(row.url).content.decode()
        assert page.count(f'href="{address}"') == is_link
        assert page.count("Pétrir avant l’aube.") == is_read
    Vacancy.objects.filter(pk=town.vacancy.pk).update(state="open")
    again = town.client("amelie").post(row.url, {"act": "withdraw", "side": "jobseeker", "seen": row.version})
    assert re.search(r"<details[^>]* open", again.content.decode())


def test_the_employer_says_yes_both_read_how_to_reach_the_other_and_it_is_taken_back(town: Town) -> None:
    row = put(town)
    before = text(town.client("chloe").get(row.url))
    after = text(say(town, "chloe", row, "agree"))
    assert "amelie@example.org" not in before
    assert "amelie@example.org" in after
    assert "chloe@example.org" in text(town.client("amelie").get(row.url))
    row.refresh_from_db()
    assert "Votre réponse est gardée" in after
    page = text(say(town, "chloe", row, "undo"))
    assert "Votre dernière réponse est annulée" in page and "Votre réponse est gardée" not in page
    assert Introduction.objects.get().state == State.PUT


def test_a_no_needs_a_reason_and_she_reads_a_kind_one_with_what_may_help_and_no_unkind_one(
    town: Town,
) -> None:
    row = put(town)
    page = say(town, "chloe", row, "refuse")
    assert "Choisissez une raison" in text(page)
    assert Introduction.objects.get().state == State.PUT
    say(town, "chloe", row, "refuse", reason="licence")
    page = text(town.client("amelie").get(row.url))
    assert "Il faut un permis ou un certificat" in page
    assert "Ce qui peut aider" in page
    # An unkind one is not told.
    chloe = town.people["chloe"]
    services.undo(introduction=Introduction.objects.get(), by=chloe)
    services.agree(introduction=Introduction.objects.get(), by=chloe)
    say(town, "chloe", Introduction.objects.get(), "not-hire", reason="did-not-come")
    page = text(town.client("amelie").get(row.url))
    assert "pas venue" not in page
    assert "Cela ne dit rien" in page


def test_a_time_on_a_page_that_has_moved_is_kept_and_one_that_cannot_be_refused(town: Town) -> None:
    row = agreed(town)
    said = {"act": "set-time", "seen": str(row.version - 1), "at": SOON, "place": "phone"}
    page = town.client("amelie").post(row.url, said)
    assert page.status_code == 409
    assert SOON in text(page)
    assert Introduction.objects.get().meeting_at is None
    for at in ("", "2026-02-30T10:00", "0001-01-01T00:00", "9999-12-31T23:59"):
        page = say(town, "chloe", row, "set-time", at=at, place="phone", **WHOM)
        assert page.status_code == 200
        assert "wrong-text" in text(page)


def test_a_choice_whose_form_is_gone_is_read_again(town: Town) -> None:
    row = put(town)
    services.withdraw(introduction=row, side=Side.JOBSEEKER, reason="pay", by=town.people["amelie"])
    said = {"act": "refuse", "seen": str(row.version), "reason": "skills"}
    page = town.client("chloe").post(row.url, said)
    assert page.status_code == 409
    assert "Il manque des compétences demandées" in text(page)


def test_a_hire_is_declared_disputed_and_confirmed(town: Town) -> None:
    row = agreed(town)
    said = {"kind": "permanent", "starts_on": clock.today().isoformat(), "hours_week": "35,0"}
    say(town, "chloe", row, "declare", **said)
    row.refresh_from_db()
    assert "vous êtes embauché" in text(town.client("amelie").get(row.url))
    # That it is not so is said, and taken back.
    assert "ne disent pas la même chose" in text(say(town, "amelie", row, "dispute"))
    row.refresh_from_db()
    say(town, "amelie", row, "undo")
    row.refresh_from_db()
    say(town, "amelie", row, "confirm")
    row.refresh_from_db()
    assert (row.state, str(row.hire.hours_week)) == (State.HIRED, "35.0")


def others_wish(town: Town, number: int) -> None:
    """Other people wish to work there, each suiting it a little better than the last."""
    for score in range(number):
        other = factories.JobseekerFactory(agency=town.agency, counsellor=town.people["bruno"])
        services.want(jobseeker=other, vacancy=town.vacancy, by=town.people["bruno"], score=float(score))
    flow.put_next(town.vacancy.pk)


def test_taking_back_what_the_employer_no_longer_sees_leads_to_the_vacancy(town: Town) -> None:
    row = put(town)
    services.refuse(introduction=row, reason="skills", by=town.people["chloe"])
    others_wish(town, limits.AT_ONCE)
    row.refresh_from_db()
    page = say(town, "chloe", row, "undo")
    assert page.redirect_chain[-1][0] == reverse("introductions:of_vacancy", args=[town.vacancy.pk])


def test_an_unknown_act_changes_nothing_and_her_counsellor_notes_what_the_employer_says_by_phone(
    town: Town,
) -> None:
    row, her = put(town), town.people["amelie"]
    for name in ("bruno", "chloe"):
        town.client(name).get(row.url)
        last = Entry.objects.about(her.pk).order_by("-pk").first()
        assert last is not None
        assert (last.action, last.thing, last.actor_id) == ("read", "introduction", town.people[name].pk)
    say(town, "chloe", row, "hire-all")
    row.refresh_from_db()
    assert row.state == State.PUT
    page = text(town.client("bruno").get(f"{row.url}?for=employer"))
    assert 'value="agree"' in page
    say(town, "bruno", row, "agree", side="employer")
    row.refresh_from_db()
    assert row.state == State.AGREED


def test_what_waits_stands_on_her_list_and_on_the_home_of_both(town: Town) -> None:
    put(town)
    elsewhere = factories.VacancyFactory(employer=town.other_employer, title="Vendeuse")
    services.propose(jobseeker=town.jobseeker, vacancy=elsewhere, by=town.people["bruno"])
    page = text(town.client("amelie").get(reverse("introductions:mine")))
    assert page.index("À vous de répondre") < page.index("En attente d’une réponse")
    assert "7 jours" in page
    home = text(town.client("amelie").get(reverse("portal:home")))
    assert "vous propose" in home and "7 jours" in home
    page = text(town.client("chloe").get(reverse("portal:home")))
    assert reverse("introductions:of_vacancy", kwargs={"vacancy_id": town.vacancy.pk}) in page
    assert "1 personne souhaite travailler ici" in page


def test_the_employer_reads_five_and_the_number_of_who_waits_with_few_queries(
    town: Town, django_assert_max_num_queries: Capture
) -> None:
    others_wish(town, limits.AT_ONCE + 2)
    for _number in range(6):
        vacancy = factories.VacancyFactory(employer=town.employer)
        services.want(jobseeker=town.jobseeker, vacancy=vacancy, by=town.people["amelie"])
    mine, address = reverse("introductions:mine"), reverse("introductions:of_vacancy", args=[town.vacancy.pk])
    pages = {}
    for name, listed in (("amelie", mine), ("chloe", address)):
        client = town.client(name)
        with django_assert_max_num_queries(11):
            pages[name] = client.get(listed)
        assert pages[name].status_code == 200
    page = pages["chloe"]
    assert [one["row"].score for one in page.context["put"]] == [6.0, 5.0, 4.0, 3.0, 2.0]
    assert page.context["waiting"] == 2
    assert not Introduction.objects.visible_to(town.people["chloe"]).filter(score=0.0).exists()
    # Whom he read is written down, for each to see; of those who wait he read a number.
    shown = {one["row"].jobseeker.user_id for one in page.context["put"]}
    read = Entry.objects.readings().filter(actor_id=town.people["chloe"].pk, thing="introductions")
    assert set(read.values_list("person_id", flat=True)) == shown


def test_an_employer_asks_to_meet_by_the_number_of_the_match(town: Town) -> None:
    match = factories.MatchFactory(side="vacancy", jobseeker=town.jobseeker, vacancy=town.vacancy, score=2.0)
    address = reverse("matches:ask", kwargs={"vacancy_id": town.vacancy.pk, "match_id": match.pk})
    listed = reverse("matches:candidates", kwargs={"vacancy_id": town.vacancy.pk})
    assert address in text(town.client("chloe").get(listed))
    town.client("chloe").post(address)
    row = Introduction.objects.get()
    assert (row.state, row.origin, row.score) == (State.PROPOSED, Side.EMPLOYER, 2.0)
    assert address not in text(town.client("chloe").get(listed))


def took_her_on(town: Town) -> Introduction:
    row = agreed(town)
    hires.declare(introduction=row, side=Side.EMPLOYER, terms=TERMS, by=town.people["chloe"])
    hires.confirm(introduction=row, side=Side.JOBSEEKER, by=town.people["amelie"])
    return row


def test_a_follow_up_is_answered_once_and_who_is_gone_is_not_asked_again(
    town: Town, time_machine: Any
) -> None:
    row = took_her_on(town)
    first, second, third = (
        reverse("introductions:still_there", kwargs={"introduction_id": row.pk, "months": months})
        for months in (1, 3, 6)
    )
    assert town.client("amelie").get(first).status_code == 404
    time_machine.move_to(clock.now() + dt.timedelta(days=38))
    amelie = town.client("amelie")
    assert first in text(amelie.get(reverse("portal:home")))
    assert "J’y suis toujours" in text(amelie.get(first))
    amelie.post(first, {"answer": "still-there"})
    town.client("chloe").post(first, {"answer": "left"})
    question = FollowUp.objects.get(months=1)
    assert (question.answer, question.answered_side) == ("still-there", "jobseeker")
    ending = reverse("casefiles:ending_of", args=[row.jobseeker_id]) + "?reason=at-work"
    assert ending in text(town.client("bruno").get(row.url))
    time_machine.move_to(clock.now() + dt.timedelta(days=70))
    town.client("amelie").post(second, {"answer": "left"})
    time_machine.move_to(clock.now() + dt.timedelta(days=100))
    assert flow.ask_follow_ups() == 0
    assert third not in text(town.client("amelie").get(reverse("portal:home")))
    page = text(town.client("bruno").get(row.url))
    assert third not in page and ending not in page
    sent = town.client("amelie").post(third, {"answer": "still-there"}, follow=True)
    assert "ce travail est terminé" in text(sent)
    assert not FollowUp.objects.get(months=6).answer


def test_who_has_left_is_told_to_nobody_as_hired(town: Town, time_machine: Any) -> None:
    row = took_her_on(town)
    pages = [
        *((name, row.url) for name in ("amelie", "bruno", "chloe")),
        ("amelie", reverse("introductions:mine")),
        ("chloe", reverse("introductions:of_vacancy", kwargs={"vacancy_id": row.vacancy_id})),
    ]
    hired = ("Vous avez le poste.", "Cette personne est embauchée.", "après 1, 3 et 6 mois")
    for name, address in pages:
        assert any(words in text(town.client(name).get(address)) for words in hired), (name, address)
    time_machine.move_to(clock.now() + dt.timedelta(days=38))
    [question] = FollowUp.objects.filter(months=1)
    hires.answer_follow_up(question=question, answer="left", side=Side.JOBSEEKER, by=town.people["amelie"])
    for name, address in pages:
        said = text(town.client(name).get(address))
        assert "Cet emploi a pris fin." in said and not any(words in said for words in hired), (name, address)


def test_a_counsellor_reads_whom_to_call_and_notes_that_they_know(town: Town) -> None:
    her = town.people["amelie"]
    her.channel, her.phone = Channel.PHONE, "+33639980001"
    her.save()
    row = put(town)
    services.agree(introduction=row, by=town.people["chloe"])
    page = text(town.client("bruno").get(reverse("news:to_tell")))
    assert "Amélie" in page
    assert "+33639980001" in page
    news = News.objects.to_do_by(town.people["bruno"]).get()
    assert news.kind == NewsKind.AGREED and not News.objects.to_do_by(town.people["dario"]).exists()
    address = reverse("news:told", kwargs={"news_id": news.pk})
    assert town.client("dario").post(address).status_code == 404
    for _again in range(2):
        assert town.client("bruno").post(address).status_code == 302
    assert not News.objects.to_do_by(town.people["bruno"]).exists()


ODD = (
    "empty", "long", "nul", "markup", "infinite", "nan", "huge", "superscript", "year_99999", "unknown_code",
)  # fmt: skip
FIELDS = ("at", "place", "kind", "starts_on", "hours_week", "seen", "side")


@pytest.mark.database
def test_no_value_typed_breaks_a_page(town: Town) -> None:
    row = agreed(town)
    client = town.client("chloe")
    plain = {"seen": str(row.version), "at": SOON, "place": "phone", "kind": "permanent"} | WHOM
    for field, kind in few("typed of a meeting", [(field, kind) for field in FIELDS for kind in ODD]):
        for act in ("set-time", "declare"):
            data = plain | {"act": act, "starts_on": SOON[:10], field: str(TYPED[kind])}
            assert client.post(row.url, data).status_code in {200, 302, 409}, (act, field, kind)


# The head counts what becomes of introductions, and takes them away without a name --------------------

FIGURES = reverse("introductions:figures")


def table(client: Client, **told: str) -> list[list[str]]:
    text = b"".join(client.get(FIGURES, told | {"as": "csv"})).decode().removeprefix("\ufeff")
    return [*csv.reader(io.StringIO(text, newline=""), delimiter=";")]


def test_each_thing_is_counted_in_its_month_and_its_line_names_nobody_of_another_agency(town: Town) -> None:
    row = town.introduction
    found = table(town.client("hugo"))
    opened = timezone.localdate(row.opened_at)
    assert found[1][:2] == [f"{timezone.localdate():%Y-%m}", "1"]
    assert f"{opened:%Y-%m}" in [line[0] for line in found]
    page = town.client("hugo").get(FIGURES).content.decode()
    assert town.people["amelie"].name not in page
    Vacancy.objects.filter(pk=town.introduction.vacancy_id).update(title="=1+1")
    found = table(town.client("hugo"), of="introductions")
    assert [line[0] for line in found[1:]] == [str(town.introduction.pk)]
    assert "'=1+1" in found[1] and town.people["amelie"].name not in str(found)
    entry = Entry.objects.filter(thing="table").latest("pk")
    assert (entry.note, entry.thing_id) == ("introductions.csv", "1")
    jobseeker = town.introduction.jobseeker
    jobseeker.agency = town.other_agency
    jobseeker.save(update_fields=["agency"])
    assert table(town.client("hugo"), of="introductions")[1:] == []


def test_months_before_the_first_are_left_out_and_those_between_are_not(town: Town) -> None:
    now = timezone.now()
    long_ago = now.replace(year=now.year - 1)
    Introduction.objects.filter(pk=town.introduction.pk).update(opened_at=long_ago, put_at=long_ago)
    found = tables.months(Introduction.objects.counted_by(town.people["hugo"]))
    assert len(found) == 13 and found[-1].counts[0] == 1 and found[5].counts[0] == 0
