"""The pages of the end of a follow-up: hers, the desk's, by link, letter and helper; and what lists say of it."""

import datetime as dt
import html
import uuid
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.casefiles.test_endings import again, at_the_end, followed, hers, later, ours, proposed, reached  # noqa: F401
from tests.casefiles.test_notes import colleague
from tests.mailboxes.test_texts import NUMBER, hand_in
from tests.mandates.making import amelies, bond
from tests.personas import Town
from visavis.casefiles.endings import linked, services, sweep, telling
from visavis.casefiles.endings.enums import Reason, State, Way
from visavis.casefiles.endings.services import Wanted
from visavis.casefiles.models import Ending
from visavis.common import clock
from visavis.journal.models import Entry
from visavis.mailboxes.models import Message
from visavis.mandates.models import Stamp
from visavis.news.models import News
from visavis.news.post import letters
from visavis.noticing import admissions
from visavis.people.enums import Channel

pytestmark = pytest.mark.django_db
MINE = "/follow-up/end/"


def said(answer: Any) -> str:
    return html.unescape(answer.content.decode()).replace("\xa0", " ")


def proposing(**more: str) -> dict[str, str]:
    """What the form of the desk sends."""
    day = services.first_day().isoformat()
    return {"act": "propose", "reason": "at-work", "words": "", "ends_on": day, "way": "site"} | more


def reached_by(town: Town, channel: Channel, **more: Any) -> None:
    """Let Amélie be told by a channel."""
    her = town.people["amelie"]
    her.channel = channel
    for name, value in more.items():
        setattr(her, name, value)
    her.save()
    town.jobseeker.user = her


def theirs(town: Town) -> str:
    return reverse("casefiles:ending_of", args=[town.jobseeker.pk])


def step(row: Ending, act: str) -> tuple[str, str, str]:
    found = row.steps.get(act=act)
    return found.side, found.way, found.by.name if found.by else ""


def test_her_counsellor_proposes_it_with_what_goes_on_before_his_eyes(town: Town) -> None:
    town.appointment, town.introduction  # noqa: B018  (asking for them makes them)
    bruno = town.client("bruno")
    page = said(bruno.get(theirs(town)))
    assert town.appointment.kind.title in page and town.vacancy.title in page
    first = services.first_day()
    wrong = bruno.post(theirs(town), proposing(ends_on=(first - dt.timedelta(days=1)).isoformat()))
    assert wrong.status_code == 400 and "au moins 14 jours" in said(wrong)
    assert bruno.post(theirs(town), proposing(reason="other")).status_code == 400
    assert not Ending.objects.exists()
    assert bruno.post(theirs(town), proposing()).status_code == 302
    row = Ending.objects.get(person=town.people["amelie"])
    assert (row.state, row.ends_on, row.by) == (State.PROPOSED, first, town.people["bruno"])
    assert "ne le sait pas encore" in said(bruno.get(theirs(town)))
    assert town.appointment.is_to_come


def test_one_press_on_her_page_keeps_it(town: Town) -> None:
    row = proposed(town, words="Un CDI")
    home = said(town.client("amelie").get("/home/"))
    assert "Votre suivi peut s’arrêter" in home and MINE in home
    page = said(town.client("amelie").get(MINE))
    assert "Un CDI" in page and "Je reste" in page
    town.client("amelie").post(MINE, {"act": "stay"})
    assert step(again(row), "stay") == ("person", "site", town.people["amelie"].name)
    assert "Oui : votre suivi continue" in said(town.client("amelie").get(MINE))


def test_all_that_happened_says_it_to_both_and_what_she_wanted_is_old_once_she_ended_it(town: Town) -> None:
    row = proposed(town)
    assert "Fin du suivi proposée" in said(town.client("bruno").get("/desk/?show=ending-proposed"))
    services.stay(ending=row, origin=hers(town))
    desk = said(town.client("bruno").get("/desk/?show=ending-stays"))
    assert town.people["amelie"].name in desk
    page = said(town.client("bruno").get(theirs(town)))
    assert "à nouveau à partir du" in page
    assert town.client("bruno").post(theirs(town), proposing()).status_code == 400
    mine = said(town.client("amelie").get("/home/everything/?chapter=follow-up"))
    assert "Vous avez dit que votre suivi continue" in mine
    at_desk = said(town.client("bruno").get(f"/desk/people/{town.jobseeker.pk}/everything/"))
    assert "La personne a dit que le suivi continue" in at_desk
    row = services.propose(jobseeker=town.jobseeker, wanted=Wanted(Reason.TRAINING), origin=hers(town))
    page = said(town.client("bruno").get(theirs(town)))
    assert row.state == State.ENDED and "La personne veut continuer" not in page
    assert "La personne a demandé d’arrêter le suivi." in page


def test_the_link_of_a_message_keeps_it_without_signing_in(town: Town) -> None:
    row = proposed(town)
    url = reverse("casefiles:ending_by_link", args=[linked.code_of(row)])
    stranger = Client()
    page = said(stranger.get(url))
    assert "Je reste" in page and town.people["amelie"].name not in page
    assert again(row).state == State.PROPOSED
    stranger.post(url, {"act": "stay"})
    assert step(again(row), "stay")[:2] == ("person", Way.LINK)
    assert "Oui : votre suivi continue" in said(stranger.get(url))
    # It is signed in nowhere, and ends nothing.
    assert stranger.get(MINE).status_code == 302
    stranger.post(url, {"act": "ask", "reason": "no-wish"})
    assert again(row).state == State.STAYS


def test_an_older_link_says_where_it_stands_now(town: Town) -> None:
    old = proposed(town)
    services.withdraw(ending=old, origin=ours(town))
    with later(20):
        new = proposed(town)
        page = said(Client().get(reverse("casefiles:ending_by_link", args=[linked.code_of(old)])))
    assert "Votre suivi peut s’arrêter" in page and again(new).state == State.PROPOSED


def test_after_the_end_the_link_or_the_desk_takes_it_up_again(
    town: Town,
    at_the_end: Ending,  # noqa: F811
) -> None:
    page = said(town.client("rosa").get(f"/people/{town.jobseeker.pk}/"))
    assert "Suivi terminé" in page and "Choisissez un conseiller" in page
    page = said(town.client("bruno").get(f"/desk/people/{town.jobseeker.pk}/"))
    assert "Suivi terminé" in page
    assert "annuler la fin" in said(town.client("bruno").get(theirs(town)))
    url = reverse("casefiles:ending_by_link", args=[linked.code_of(at_the_end)])
    assert "Reprendre mon suivi" in said(Client().get(url))
    with transaction.atomic():
        Client().post(url, {"act": "again"})
        assert followed(town).ended_at is None
        transaction.set_rollback(True)
    town.client("bruno").post(theirs(town), {"act": "undo"})
    assert followed(town).ended_at is None and again(at_the_end).state == State.WITHDRAWN


def test_the_word_that_comes_in_by_text_message_keeps_it(town: Town, settings: Any) -> None:
    settings.SMS_IN_TOKEN = "geheim"
    reached_by(town, Channel.SMS, phone=NUMBER, email=None)
    row = proposed(town)
    assert hand_in("Rester") == 202
    assert step(again(row), "stay")[:2] == ("person", Way.SMS)
    assert "veut continuer le suivi" in Message.objects.latest("pk").body


@pytest.mark.parametrize("way", ["phone", "counter", "paper"])
def test_her_counsellor_notes_her_word_and_how_she_said_it(town: Town, way: str) -> None:
    row = proposed(town)
    town.client("bruno").post(theirs(town), {"act": "stay", "way": "site"})
    assert again(row).state == State.PROPOSED, "nobody says it for her without saying how she said it"
    town.client("bruno").post(theirs(town), {"act": "stay", "way": way})
    assert step(again(row), "stay") == ("person", way, town.people["bruno"].name)
    assert "noté par" in said(town.client("bruno").get(theirs(town)))


def test_the_code_of_a_letter_keeps_it_without_an_account(town: Town) -> None:
    reached_by(town, Channel.POST, postal_address="1 rue du Port, 29000 Quimper")
    row = proposed(town)
    letter = letters.make(form=uuid.uuid4(), by=town.people["bruno"]).envelopes.get()
    stranger = Client()
    url = stranger.post(reverse("news:by_code"), {"code": letter.code}).headers["Location"]
    assert "Je reste" in said(stranger.get(url))
    stranger.post(url, {"act": "stay"})
    assert step(again(row), "stay")[:2] == ("person", Way.LETTER)


def test_her_helper_keeps_it_or_asks_for_it_under_that_errand_alone(town: Town) -> None:
    row, mandate = proposed(town), amelies(town, "read-minutes")
    client = town.client("ines")
    assert client.get(f"/for/{mandate.pk}{MINE}").status_code == 403
    assert MINE not in client.get(f"/for/{mandate.pk}/follow-up/").content.decode()
    assert again(row).state == State.PROPOSED
    mandate = amelies(town, "follow-up")
    client, url = town.client("ines"), f"/for/{mandate.pk}{MINE}"
    client.post(url, {"acting_for": bond(client.get(url)), "act": "stay"})
    assert step(again(row), "stay")[:2] == ("person", Way.HELPER)
    assert Stamp.objects.filter(thing="ending").exists()
    client.post(url, {"acting_for": bond(client.get(url)), "act": "ask", "reason": "no-wish"})
    row = Ending.objects.exclude(pk=row.pk).get()
    assert (row.state, followed(town).ended_at) == (State.PROPOSED, None)
    assert telling.notices(row.pk).exists(), "she is told in advance"


def test_her_own_reason_is_asked_for_and_she_has_it_back_with_one_press(town: Town) -> None:
    wrong = town.client("amelie").post(MINE, {"act": "ask", "reason": "silent"})
    assert wrong.status_code == 400 and not Ending.objects.exists()
    town.client("amelie").post(MINE, {"act": "ask", "reason": "training"})
    assert followed(town).ended_at is not None
    assert "Votre suivi est terminé" in said(town.client("amelie").get("/home/"))
    town.client("amelie").post(MINE, {"act": "again"})
    assert followed(town).ended_at is None and followed(town).counsellor == town.people["bruno"]


def test_her_counsellor_reads_of_it_at_his_desk_on_its_day_in_its_week_and_in_the_journal(town: Town) -> None:
    row, week = proposed(town), "/desk/?show=ending-week"
    page = said(town.client("bruno").get(f"/desk/day/?on={row.ends_on.isoformat()}"))
    assert "Le suivi s’arrête à midi" in page and "ne le sait pas encore" in page
    assert "Le suivi s’arrête à midi" not in said(town.client("bruno").get("/desk/day/"))
    town.client("bruno").get(theirs(town))
    read = Entry.objects.about(town.people["amelie"].pk).filter(thing="ending", action="read")
    assert read.get().actor_id == town.people["bruno"].pk
    with later(8):
        assert town.people["amelie"].name not in said(town.client("bruno").get(week)), "she does not know"
    reached(row)
    sweep.sweep()
    with later(8):
        assert town.people["amelie"].name in said(town.client("bruno").get(week))


def test_who_was_admitted_reads_less_and_who_does_not_accompany_her_nothing(town: Town) -> None:
    town.introduction  # noqa: B018  (asking for it makes it)
    colleague(town, "karim")
    admissions.admit(
        by=town.people["karim"], person=town.people["amelie"], why=admissions.Why.OTHER, words="remplacement"
    )
    page = town.client("karim").get(theirs(town))
    assert page.status_code == 200 and town.vacancy.title not in said(page)
    assert town.vacancy.title in said(town.client("bruno").get(theirs(town)))
    row = proposed(town)
    for name in ("dario", "gael", "chloe", "rosa", "nadia"):
        assert town.client(name).get(theirs(town)).status_code == 404
        assert town.client(name).post(theirs(town), {"act": "withdraw"}).status_code == 404
    assert again(row).state == State.PROPOSED
    url = reverse("casefiles:ending_one", args=[row.pk])
    assert town.client("bruno").get(url).url == theirs(town)  # type: ignore[attr-defined]
    assert town.client("amelie").get(url).url == MINE  # type: ignore[attr-defined]
    assert town.client("gael").get(url).status_code == 404


def test_a_hire_leads_there_and_a_news_of_it_who_calls_to_the_desk(town: Town) -> None:
    row = town.hired
    page = said(town.client("bruno").get(row.url))
    assert f"{theirs(town)}?reason=at-work" in page
    chosen = town.client("bruno").get(f"{theirs(town)}?reason=at-work").content.decode()
    assert 'value="at-work"' in chosen and "checked" in chosen
    assert not Ending.objects.exists()
    reached_by(town, Channel.PHONE)
    row = proposed(town)
    page = said(town.client("bruno").get(reverse("news:to_tell")))
    assert row.url in page and "Votre suivi peut s’arrêter" in page
    assert News.objects.get(thing="ending").state == News.State.TO_TELL
    assert clock.today() < row.ends_on
