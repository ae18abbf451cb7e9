"""Cards on paper: printed with a code and no name, entered with the counts of the sheet checked."""

import io

import pikepdf
import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from tests import agreed
from tests.jobseekers.dealt import deal
from tests.personas import Town
from visavis.consents import services as consents
from visavis.consents.models import Consent
from visavis.jobseekers import agreed as interests
from visavis.jobseekers.cards import printing
from visavis.jobseekers.cards.codes import code_of
from visavis.jobseekers.cards.deck import Card
from visavis.jobseekers.models import ApprovedInterest
from visavis.journal.models import Entry
from visavis.people.enums import Role
from visavis.people.models import Membership

FIND = "/people/sheet/"
NOT_READ = "Lisez-le"


@pytest.fixture
def cards(town: Town) -> list[Card]:
    return deal()


@pytest.fixture
def his(town: Town) -> Client:
    return town.client("bruno")


def words_of(pdf: bytes) -> str:
    opened = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in opened)
    opened.close()
    return " ".join(text.split())


def words_of_consent(language: str) -> str:
    return consents.words_of(interests.INTERESTS, language)


def page(town: Town) -> str:
    return reverse("jobseekers:person_sheet", args=[town.jobseeker.pk])


def sent(**typed: str) -> dict[str, str]:
    words = {"words": interests.number_of("fr")}
    return {"edition": "2026-1", "channel": "counter", **agreed.read(), **words, **typed}


def in_file(town: Town) -> set[str]:
    held = ApprovedInterest.objects.filter(jobseeker=town.jobseeker)
    return set(held.values_list("interest_id", flat=True))


@pytest.mark.parametrize("language", printing.LANGUAGES)
def test_cards_and_sheet_bear_codes_and_no_name(language: str, town: Town, cards: list[Card]) -> None:
    hers = town.client("amelie")
    words = words_of(hers.get(f"/profile/cards/paper/cards-{language}.pdf").content)
    for card in cards:
        assert card.code in words.replace("\ufffe", "").replace("- ", "")
    assert "Amélie" not in words
    assert code_of(town.jobseeker.pk) not in words
    answer = hers.get(f"/profile/cards/paper/answers-{language}.pdf")
    words = words_of(answer.content)
    assert code_of(town.jobseeker.pk) in words
    assert town.agency.name in words and town.agency.address in words
    assert "Amélie" not in words and "amelie" not in words
    with pikepdf.open(io.BytesIO(answer.content)) as file:
        assert file.Root.MarkInfo.Marked
    assert words_of_consent(language) in words
    assert interests.number_of(language) in words
    assert interests.number_of("fr") != interests.number_of("en")
    for name in ("cards", "answers"):
        assert hers.get(f"/profile/cards/paper/{name}-de.pdf").status_code == 404


@pytest.mark.parametrize("language", printing.LANGUAGES)
def test_what_is_kept_is_what_she_read_on_the_sheet(
    language: str, town: Town, cards: list[Card], his: Client
) -> None:
    answer = his.post(page(town), sent(like="1", like_count="1", words=""))
    assert answer.status_code == 302 and not Consent.objects.exists(), "it asks for no words"
    number = interests.number_of(language)
    typed = sent(file="1", file_count="1", words=f" {number[:4].lower()} {number[4:]}", channel="post")
    his.post(page(town), typed)
    kept = Consent.objects.get(user=town.people["amelie"])
    assert (kept.how, kept.language, kept.words) == ("paper", language, words_of_consent(language))


OLD = [("", "ne dit pas"), ("0000ABCD", "ne sont plus ceux")]


@pytest.mark.parametrize(("number", "told"), OLD)
def test_a_sheet_with_other_words_or_none_puts_nothing_into_the_file_before_she_heard_those_of_today(
    number: str, told: str, town: Town, cards: list[Card], his: Client
) -> None:
    typed = sent(file="1", file_count="1", words=number)
    refused = his.post(page(town), typed)
    assert told in " ".join(refused.context["form"].errors["is_heard"])
    assert in_file(town) == set() and not Consent.objects.exists()
    his.post(page(town), typed | {"is_heard": "on"})
    assert in_file(town) == {cards[0].code}
    assert Consent.objects.get().how == "counter", "she heard them, and said yes"


@pytest.mark.parametrize("channel", ["counter", "post"])
def test_the_channel_is_in_the_journal_and_the_person_reads_it(
    channel: str, town: Town, cards: list[Card], his: Client
) -> None:
    his.post(page(town), sent(channel=channel))
    entry = Entry.objects.about(town.people["amelie"].pk).get(thing=f"card-sheet-{channel}")
    assert (entry.actor_id, entry.note) == (town.people["bruno"].pk, "2026-1")
    words = {"counter": "remises à l’accueil", "post": "arrivées par courrier"}[channel]
    assert words in town.client("amelie").get("/account/readings/").content.decode()


@pytest.mark.parametrize("shown", ["", "0" * 64])
def test_a_sheet_without_the_words_of_today_puts_nothing_into_the_file(
    shown: str, town: Town, cards: list[Card], his: Client
) -> None:
    typed = sent(file=str(cards[0].number), file_count="1", words_sha256=shown)
    answer = his.post(page(town), typed)
    assert NOT_READ in answer.content.decode() and in_file(town) == set()
    assert agreed.read()["words_sha256"] in answer.content.decode(), "the page says the words of today"
    his.post(page(town), sent(words_sha256=shown, like=str(cards[0].number), like_count="1"))
    assert in_file(town) == set(), "what stays out of the file asks for no yes"


def test_what_taking_back_puts_into_the_file_again_asks_for_the_words(town: Town, cards: list[Card]) -> None:
    ApprovedInterest.objects.create(jobseeker=town.jobseeker, interest_id=cards[5].code)
    hers = town.client("amelie")
    hers.post("/profile/cards/1/", {f"card_{cards[0].number}": "2"})
    asked = hers.get("/profile/cards/approve/").context
    hers.post("/profile/cards/approve/", {"version": asked["version"], "kept": [], **agreed.read()})
    assert in_file(town) == set()
    drawing = hers.get("/profile/cards/drawing/")
    assert drawing.context["undo_says_yes"] and agreed.read()["words_sha256"] in drawing.content.decode()
    refused = hers.post("/profile/cards/undo/", follow=True)
    assert NOT_READ in refused.content.decode() and in_file(town) == set()
    hers.post("/profile/cards/undo/", agreed.read())
    assert in_file(town) == {cards[5].code}


WRONG = [
    ({"like": "412", "like_count": "1"}, "like", "412"),
    ({"like": "1 x 2", "like_count": "3"}, "like", "x"),
    ({"like": "1 1", "like_count": "2"}, "like", "1"),
    ({"like": "٣", "like_count": "1"}, "like", "٣"),
    ({"like": "²", "like_count": "1"}, "like", "²"),
    ({"like": "0", "like_count": "1"}, "like", "0"),
    ({"like": "x" * 5_000}, "like", ""),
    ({"like": "1\0"}, "like", ""),
    ({"like": "1 2", "like_count": "3"}, "like_count", "3"),
    ({"like": "1 2", "like_count": ""}, "like_count", ""),
    ({"like": "1 2", "like_count": "two"}, "like_count", ""),
    ({"like": "", "like_count": "4"}, "like_count", "4"),
    ({"like": "1 2", "like_count": "2", "a_little": "2", "a_little_count": "1"}, "a_little", "2"),
    ({"file": "999", "file_count": "1"}, "file", "999"),
    ({"channel": "pigeon"}, "channel", ""),
    ({"channel": ""}, "channel", ""),
    ({"edition": "1887-1"}, "edition", ""),
    ({"edition": ""}, "edition", ""),
]


@pytest.mark.parametrize(("typed", "field", "told"), WRONG)
def test_what_does_not_fit_the_sheet_is_told_and_nothing_is_kept(
    typed: dict[str, str], field: str, told: str, town: Town, cards: list[Card], his: Client
) -> None:
    answer = his.post(page(town), sent(**typed))
    assert answer.status_code == 200
    errors = answer.context["form"].errors
    assert told in " ".join(errors[field])
    assert in_file(town) == set()
    assert not Entry.objects.filter(thing__startswith="card-sheet").exists()


def test_a_sheet_is_entered_adds_and_is_taken_back(town: Town, cards: list[Card], his: Client) -> None:
    for typed in ("1,2", "1;2", "1. 2.", " 1\n2 ", "1/2"):
        his.post(page(town), sent(file=typed, file_count="2"))
        assert in_file(town) == {cards[0].code, cards[1].code}, typed
        ApprovedInterest.objects.all().delete()
    ApprovedInterest.objects.create(jobseeker=town.jobseeker, interest_id=cards[5].code)
    like, file = f"{cards[0].number} {cards[1].number}", f"{cards[1].number}"
    typed = sent(like=like, like_count="2", a_little=str(cards[2].number), a_little_count="1")
    answer = his.post(page(town), typed | {"file": file, "file_count": "1"})
    assert answer.headers["Location"].endswith("/cards/drawing/")
    assert in_file(town) == {cards[1].code, cards[5].code}
    drawing = his.get(answer.headers["Location"])
    assert sum(one.sorted_cards for one in drawing.context["types"]) == len(cards)
    assert sum(one.liked for one in drawing.context["types"]) == 2
    his.post(reverse("jobseekers:person_cards_undo", args=[town.jobseeker.pk]))
    assert in_file(town) == {cards[5].code}


def test_a_code_leads_to_the_sheet_of_his_person_and_nobody_else_s(town: Town, his: Client) -> None:
    answer = his.post(FIND, {"code": code_of(town.jobseeker.pk)})
    assert answer.headers["Location"] == page(town)

    def told(code: str) -> str:
        return str(his.post(FIND, {"code": code}).context["form"].errors["code"])

    assert told(code_of(town.other_jobseeker.pk)) == told(code_of(987_654))
    for wrong in ("", "x", "00042-31", "\0", "9" * 60):
        assert told(wrong)
    # Who sees only the head of a file enters no sheet for it.
    Membership.objects.create(
        user=town.people["bruno"], role=Role.RECEPTION, organisation=town.other_agency.organisation
    )
    assert his.get(reverse("jobseekers:person", args=[town.other_jobseeker.pk])).status_code == 200
    assert told(code_of(town.other_jobseeker.pk))
