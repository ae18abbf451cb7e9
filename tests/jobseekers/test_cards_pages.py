"""Sorting on the site: kept as she goes, forgotten with the session, and only what she ticks in her file."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import agreed
from tests.jobseekers.dealt import deal
from tests.personas import Town
from visavis.catalog.models import Interest
from visavis.jobseekers.cards.deck import Card
from visavis.jobseekers.cards.sorting import KEY, MOST_AT_ONCE, Pile, Sorting
from visavis.jobseekers.models import ApprovedInterest, Jobseeker
from visavis.journal.models import Entry
from visavis.people.models import Session

CARDS = "/profile/cards/"
DRAWING, APPROVE, UNDO, FORGET = (f"{CARDS}{page}/" for page in ("drawing", "approve", "undo", "forget"))


@pytest.fixture
def cards(town: Town) -> list[Card]:
    return deal()


@pytest.fixture
def hers(town: Town) -> Client:
    return town.client("amelie")


def lay(client: Client, card: Card, pile: str, start: str = CARDS, **more: str) -> str:
    """Lay one card of its pack; return where that leads."""
    response = client.post(f"{start}{card.pack}/", {f"card_{card.number}": pile, **more})
    return str(response.headers.get("Location", response.status_code))


def in_file(jobseeker: Jobseeker) -> list[str]:
    return sorted(ApprovedInterest.objects.filter(jobseeker=jobseeker).values_list("interest_id", flat=True))


def kept(client: Client, town: Town) -> dict[str, int]:
    sorts = client.session.get(KEY, {})
    return dict(sorts.get(str(town.people["amelie"].pk), {}).get("piles", {}))


def approve(client: Client, *codes: str, url: str = APPROVE) -> int:
    version = client.get(url).context["version"]
    return client.post(url, {"version": version, "kept": list(codes), **agreed.read()}).status_code


def test_a_card_stays_on_its_pile_until_she_signs_out(town: Town, cards: list[Card], hers: Client) -> None:
    lay(hers, cards[0], "2")
    form = hers.get(f"{CARDS}{cards[0].pack}/").context["form"]
    assert form[f"card_{cards[0].number}"].value() == "2"
    assert kept(hers, town) == {cards[0].code: Pile.LIKE}
    town.jobseeker.refresh_from_db()
    assert town.jobseeker.version == 1
    assert not in_file(town.jobseeker)
    assert not Entry.objects.about(town.people["amelie"].pk).exists()
    before = set(Session.objects.values_list("pk", flat=True))
    hers.post(reverse("account_logout"))
    assert KEY not in hers.session
    assert before and not before & set(Session.objects.values_list("pk", flat=True))


def test_only_what_is_ticked_goes_into_the_file(town: Town, cards: list[Card], hers: Client) -> None:
    for card in cards[:3]:
        lay(hers, card, "2")
    approve(hers, cards[1].code)
    assert in_file(town.jobseeker) == [cards[1].code]
    town.jobseeker.refresh_from_db()
    assert "interests" in town.jobseeker.answered
    hers.post(FORGET)
    assert kept(hers, town) == {}
    assert in_file(town.jobseeker) == [cards[1].code]


def test_what_stood_in_the_file_is_ticked_and_comes_back(town: Town, cards: list[Card], hers: Client) -> None:
    there = ApprovedInterest.objects.create(jobseeker=town.jobseeker, interest_id=cards[2].code)
    lay(hers, cards[0], "2")
    lay(hers, cards[1], "1")
    page = hers.get(APPROVE).content.decode()
    assert page.count('type="checkbox"') == 3
    assert page.count(" checked") == 1
    assert f'value="{cards[2].code}" checked' in page
    approve(hers, cards[0].code, cards[2].code)
    assert in_file(town.jobseeker) == sorted([cards[0].code, cards[2].code])
    assert ApprovedInterest.objects.get(pk=there.pk).approved_at == there.approved_at
    approve(hers, cards[0].code)
    assert in_file(town.jobseeker) == [cards[0].code]
    hers.post(UNDO, agreed.read())
    assert in_file(town.jobseeker) == sorted([cards[0].code, cards[2].code])
    assert hers.get(DRAWING).context["undo_url"] == ""


def test_neither_what_was_not_offered_nor_old_is_put_in(town: Town, cards: list[Card], hers: Client) -> None:
    lay(hers, cards[0], "2")
    lay(hers, cards[1], "0")
    assert approve(hers, cards[1].code) == 200
    assert not in_file(town.jobseeker)
    approve(hers, cards[0].code)
    ApprovedInterest.objects.create(jobseeker=town.jobseeker, interest_id=cards[3].code)
    hers.post(UNDO)
    assert in_file(town.jobseeker) == sorted([cards[0].code, cards[3].code])


def test_a_file_changed_in_another_tab_is_not_written_over(
    town: Town, cards: list[Card], hers: Client
) -> None:
    lay(hers, cards[0], "2")
    version = hers.get(APPROVE).context["version"]
    hers.post("/profile/interests/", {"interests": [cards[4].code], **agreed.read()})
    answer = hers.post(APPROVE, {"version": version, "kept": [cards[0].code], **agreed.read()})
    assert answer.status_code == 409
    assert in_file(town.jobseeker) == [cards[4].code]
    assert f'value="{cards[0].code}" checked' in answer.content.decode()


def test_a_card_that_left_the_catalogue_breaks_no_page_nor_do_all(cards: list[Card], hers: Client) -> None:
    lay(hers, cards[0], "2")
    for gone in (Interest.objects.filter(pk=cards[0].code), Interest.objects.all()):
        gone.delete()
        for page in (CARDS, DRAWING, APPROVE):
            assert hers.get(page).status_code == 200
    assert hers.get(f"{CARDS}1/").status_code == 404


def test_the_way_goes_on_and_no_pile_is_made_up(town: Town, cards: list[Card], hers: Client) -> None:
    name = f"card_{cards[0].number}"
    for pile in ("3", "-1", "like", "2\0", "²", "9" * 40):
        response = hers.post(f"{CARDS}{cards[0].pack}/", {name: pile})
        assert name in response.context["form"].errors
    assert kept(hers, town) == {}
    following = next(card.pack for card in cards if card.pack > cards[0].pack)
    assert lay(hers, cards[0], "2") == f"{CARDS}{following}/"
    assert lay(hers, cards[0], "2", go="drawing") == DRAWING
    assert lay(hers, cards[0], "2", go="keep") == "204"


# With a counsellor


def test_a_counsellor_sorts_with_her_and_keeps_the_latest(
    town: Town, cards: list[Card], hers: Client
) -> None:
    with_her, his = reverse("jobseekers:person_cards", args=[town.jobseeker.pk]), town.client("bruno")
    lay(hers, cards[0], "2")
    assert his.get(with_her).context["sorted"] == 0, "her own sorting is not his"
    lay(his, cards[1], "1", start=with_her)
    assert kept(hers, town) == {cards[0].code: Pile.LIKE}
    assert kept(his, town) == {cards[1].code: Pile.A_LITTLE}
    approve(his, cards[1].code, url=f"{with_her}approve/")
    assert in_file(town.jobseeker) == [cards[1].code]
    about = Entry.objects.about(town.people["amelie"].pk)
    assert about.filter(actor_id=town.people["bruno"].pk, action="changed", note="interests").exists()
    assert "Bruno" in hers.get("/account/readings/").content.decode()
    client = town.client("bruno")
    session = client.session
    for number in range(MOST_AT_ONCE + 3):
        Sorting(session, Jobseeker(user_id=1_000 + number)).put({cards[0].code: Pile.LIKE})
    assert list(session[KEY]) == [str(1_003 + number) for number in range(MOST_AT_ONCE)]
