"""At reception and hers: both files side by side, one press that makes one of them, and every way to say “not me”."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.mailboxes.test_texts import hand_in
from tests.merging.two_files import Two, anew
from visavis.casefiles.enums import Colour
from visavis.casefiles.models import Mark
from visavis.common import clock, keeping
from visavis.jobseekers.models import SkillHeld
from visavis.journal.models import Entry
from visavis.mailboxes.models import Message
from visavis.merging import linked, services
from visavis.merging.models import Merge
from visavis.news import wording
from visavis.news.models import News
from visavis.news.post import letters
from visavis.people import delivery
from visavis.people.models import User

pytestmark = [pytest.mark.django_db]
MINE = reverse("merging:mine")
NUMBER = "+33612345678"


def said(page: HttpResponse) -> str:
    return page.content.decode().replace("\xa0", " ")


def compare(two: Two) -> str:
    return reverse("merging:compare", args=[two.stays.pk, two.goes.pk])


def chosen(**more: str) -> dict[str, str]:
    facts = {f"fact_{name}": "goes" for name in ("email", "phone", "channel", "follower", "language", "name")}
    facts["fact_address"] = "stays"
    return facts | {"why": "paper", "looked": "on", "form": str(uuid.uuid4())} | more


def twin(two: Two) -> Client:
    """Return a browser of hers, in the file that stays."""
    two.town.people["twin"] = User.objects.get(pk=two.stays.user_id)
    return two.town.client("twin")


@pytest.mark.database
def test_reception_merges_two_files_and_parts_them(small: Two) -> None:
    rosa = small.town.client("rosa")
    small.town.thread  # noqa: B018  (asking for it makes it)
    found = said(rosa.get(reverse("merging:search", args=[small.stays.pk])))
    assert compare(small) in found and "26000" not in found
    page = said(rosa.get(compare(small)))
    assert "amelie@example.org" in page and "3 rue du Four" in page and "Conversations" in page
    answer = rosa.post(compare(small), chosen())
    row = Merge.objects.get()
    assert answer["Location"] == row.url
    there = anew(small.stays)
    assert (there.user.email, there.user.phone, there.user.channel) == ("amelie@example.org", NUMBER, "web")
    assert there.user.postal_address == "3 rue du Four\n26000 Valence"
    assert there.counsellor == small.town.people["bruno"]
    rosa.post(row.url)
    row.refresh_from_db()
    assert row.undone_by == small.town.people["rosa"]
    assert anew(small.goes).user.email == "amelie@example.org"


def test_without_a_reason_or_against_one_nothing_is_merged(
    small: Two,
) -> None:
    rosa = small.town.client("rosa")
    for missing in ("why", "looked", "fact_email"):
        answer = rosa.post(compare(small), chosen(**{missing: ""}))
        assert answer.status_code == 400
    assert not Merge.objects.exists()
    small.merge()
    page = said(rosa.get(compare(small)))
    assert "moins de trente jours" in page
    assert "Réunir les deux dossiers" not in page
    assert rosa.post(compare(small), chosen()).status_code == 400
    assert Merge.objects.count() == 1


@pytest.mark.database
def test_nobody_is_found_by_nothing_and_no_file_of_another_agency(small: Two) -> None:
    url = reverse("merging:compare", args=[small.stays.pk, small.town.other_jobseeker.pk])
    assert small.town.client("rosa").get(url).status_code == 404
    assert small.town.client("dario").get(compare(small)).status_code == 404
    assert small.town.client("amelie").get(compare(small)).status_code == 404
    rosa, url = small.town.client("rosa"), reverse("merging:search", args=[small.stays.pk])
    small.town.people["amelie"].name = "Zoé Quatrefages"
    small.town.people["amelie"].save()
    for typed in ("", "  ", "-", "@", "00"):
        assert "/same/" + str(small.goes.pk) not in said(rosa.post(url, {"q": typed}))
    for one in (small.stays, small.goes):
        User.objects.filter(pk=one.user_id).update(name="–", folded_name="", name_key="")
    assert compare(small) not in said(rosa.get(url))


def test_looking_for_it_and_reading_either_file_is_in_the_journal(
    small: Two,
) -> None:
    """Nobody writes into the emptied file, or to a person without an address, for thirty days."""
    rosa, by = small.town.client("rosa"), small.town.people["rosa"].pk
    rosa.post(reverse("merging:search", args=[small.stays.pk]), {"q": "Amélie"})
    looked = Entry.objects.filter(thing="two-files", actor_id=by, action="read")
    assert [one.person_id for one in looked] == [None], "a search by words names nobody"
    assert "Les deux dossiers ont" not in said(rosa.get(compare(small)))
    read = looked.exclude(person_id=None)
    assert set(read.values_list("person_id", flat=True)) == {small.stays.user_id, small.goes.user_id}
    file = reverse("jobseekers:person", args=[small.goes.pk])
    small.town.client("bruno").get(file)
    row = small.merge()
    page = said(twin(small).get(reverse("people:readings")))
    assert small.town.people["bruno"].name in page
    assert rosa.get(file).headers["Location"] == row.url
    services.undo(row=row, by=None)
    assert rosa.get(file).status_code == 200


def test_the_link_of_a_message_parts_them_without_signing_in(small: Two) -> None:
    row = small.merge()
    for told in News.objects.filter(thing=Merge.THING):
        answers = wording.answers_of(told)
        assert answers is not None and answers.link.endswith(linked.code_of(row, told.user_id) + "/")
    url = reverse("merging:by_link", args=[linked.code_of(row, small.goes.user_id)])
    stranger = Client()
    for wrong in ("1", "1-x", f"{row.pk}-{'A' * 22}", "²-x"):
        assert stranger.get(reverse("merging:by_link", args=[wrong])).status_code == 404
    assert "pas moi" in said(stranger.get(url))
    stranger.post(url)
    assert Merge.objects.get().undone_at is not None
    assert "de nouveau" in said(stranger.get(url))


def test_a_text_message_names_the_word_that_parts_them(small: Two, settings: Any) -> None:
    settings.SMS_IN_TOKEN = "geheim"
    small.merge(phone=True)
    told = News.objects.filter(thing=Merge.THING).first()
    text = delivery.news_mail("phone", "fr", answers=wording.answers_of(told)).text
    assert "PASMOI" in text and "dossier" not in text
    assert hand_in("Pas moi !") == 202
    assert Merge.objects.get().undone_at is not None
    assert "de nouveau" in Message.objects.latest("pk").body


def test_the_code_of_a_letter_parts_them(small: Two) -> None:
    small.merge(follower=True, channel=False)
    batch = letters.make(form=uuid.uuid4(), by=small.town.people["bruno"])
    letter = batch.envelopes.get(news__thing=Merge.THING)
    stranger = Client()
    url = stranger.post(reverse("news:by_code"), {"code": letter.code}).headers["Location"]
    assert "pas moi" in said(stranger.get(url))
    stranger.post(url)
    assert Merge.objects.get().undone_at is not None


def test_the_emptied_account_is_told_by_letter_too(small: Two) -> None:
    her = small.goes.user
    her.channel, her.postal_address = "post", "1 rue du Port\n26000 Valence"
    her.save()
    small.merge(address=False, follower=False)
    told = News.objects.get(thing=Merge.THING, user=her)
    assert told in letters.waiting(small.town.people["bruno"])


def test_her_counsellor_parts_them_on_her_word(small: Two) -> None:
    small.merge(follower=True)
    row = Merge.objects.get()
    bruno = small.town.client("bruno")
    assert "pièce d’identité" in said(bruno.get(row.url))
    assert small.town.client("dario").get(row.url).status_code == 404
    bruno.post(row.url)
    row.refresh_from_db()
    assert row.undone_by == small.town.people["bruno"]


def test_what_cannot_be_undone_waits_for_reception(small: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_asked: object) -> None:
        raise services.NotBack

    row = small.merge()
    monkeypatch.setattr(services, "undo", refuse)
    hers = twin(small)
    hers.post(MINE)
    row.refresh_from_db()
    assert row.contested_at is not None
    assert "pas le sien" in said(small.town.client("rosa").get(reverse("portal:home")))
    assert "ce n’est pas moi" in said(small.town.client("rosa").get(reverse("merging:list"))).lower()


def test_all_that_happened_and_who_was_parted_are_told_in_her_account(small: Two) -> None:
    row = small.merge(follower=True)
    hers = twin(small)
    assert "ne font plus qu’un" in said(hers.get("/home/everything/"))
    desk = said(small.town.client("bruno").get(f"/desk/people/{small.stays.pk}/everything/"))
    assert "ne font plus qu’un" in desk
    rows = keeping.export(small.stays.user_id)["merging.Merge"]
    assert [one["id"] for one in rows] == [row.pk] and "form" not in rows[0]
    services.undo(row=row, by=small.town.people["rosa"])
    small.town.people["amelie"].refresh_from_db()
    hers = small.town.client("amelie")
    told = News.objects.get(thing=Merge.THING, kind="apart", user=small.goes.user_id)
    page = hers.get(told.link, follow=True)
    assert page.status_code == 200 and "de nouveau" in said(page)
    assert MINE in said(hers.get("/home/everything/"))


@pytest.mark.database
def test_one_press_on_her_page_makes_two_files_again(small: Two) -> None:
    assert "un seul dossier" in said(small.town.client("gael").get(MINE)), "who has one is told so"
    assert small.town.client("bruno").get(MINE).status_code == 404
    small.merge(email=True)
    hers = twin(small)
    page = said(hers.get(MINE))
    assert "un seul" in page and "amelie@example.org" not in page
    assert "de nouveau" in said(hers.post(MINE))
    assert Merge.objects.get().undone_at is not None
    assert hers.get(MINE).status_code == 302, "whoever is signed in may be the other person"


def test_what_both_have_and_stays_behind_is_said_before_and_after(small: Two) -> None:
    both, one = factories.SkillFactory(code="S1"), factories.SkillFactory(code="S2")
    for skill in (both, one):
        SkillHeld.objects.create(jobseeker=small.goes, skill=skill, level=1)
    SkillHeld.objects.create(jobseeker=small.stays, skill=both, level=2)
    for user in (small.goes.user, small.stays.user):
        Mark.objects.create(person=user, colour=Colour.WAIT)
    rosa = small.town.client("rosa")
    skills = "Compétences citées dans les deux dossiers (1)"
    assert f"{skills}, Marques et rappels sur les deux dossiers (1)." in said(rosa.get(compare(small)))
    row = small.merge()
    assert skills in said(rosa.get(row.url))
    services.undo(row=row, by=small.town.people["hugo"])
    assert "Compétences citées" not in rosa.get(row.url).content.decode()


@pytest.mark.database
def test_where_a_merge_stands_is_told_as_it_is_and_what_waits_is_first(small: Two) -> None:
    row, now = small.merge(), clock.now()
    rosa, listed = small.town.client("rosa"), reverse("merging:list")
    ago = {"at": now - dt.timedelta(days=40), "until": clock.today() - dt.timedelta(days=9)}
    later = Merge.objects.create(
        stays=small.stays.user, goes=None, why="paper", form=uuid.uuid4(), until=clock.today(),
    )  # fmt: skip
    Merge.objects.filter(pk=row.pk).update(contested_at=now, **ago)
    page = said(rosa.get(listed))
    assert page.index(row.url) < page.index(later.url), "of whom somebody says “not me” is first"
    for text in (page, said(rosa.get(row.url))):
        assert "ce n’est pas moi" in text.lower() and "pas encore effacé" in text
    assert "annulez la réunion" not in said(rosa.get(row.url))
    Merge.objects.filter(pk=row.pk).update(goes=None)
    for text in (said(rosa.get(listed)), said(rosa.get(row.url))):
        assert "ce n’est pas moi" not in text.lower() and "pas encore effacé" not in text


def test_after_the_thirty_days_her_page_says_whom_to_ask_and_promises_nothing(small: Two) -> None:
    row = small.merge()
    Merge.objects.filter(pk=row.pk).update(until=clock.today() - dt.timedelta(days=1))
    hers = twin(small)
    assert "ne peut plus être annulé" in said(hers.get(MINE))
    hers.post(MINE)
    assert "Quelqu’un" in said(hers.get(MINE)), "while the account is there, the agency looks at it"
    Merge.objects.filter(pk=row.pk).update(goes=None, contested_at=None)
    hers.post(MINE)
    row.refresh_from_db()
    page = said(hers.get(MINE))
    assert row.contested_at is None and "ne peut plus être annulé" in page and "Quelqu’un" not in page
