"""A scanned answer sheet fills the form of its counsellor, and enters nothing before he does."""

import dataclasses
import datetime as dt
import io
import json
from collections.abc import Iterable, Sequence

import numpy as np
import pytest
import time_machine
from django.test import Client

from tests import agreed
from tests.jobseekers import hands
from tests.jobseekers.dealt import deal
from tests.jobseekers.hands import Pen, Scanner
from tests.personas import Town
from visavis.common import clock, keeping
from visavis.consents import services as consents
from visavis.consents.models import Consent
from visavis.documents import files
from visavis.jobseekers import agreed as interests
from visavis.jobseekers.agreed import INTERESTS
from visavis.jobseekers.cards import layout, marked, printing
from visavis.jobseekers.cards.deck import Card, deck
from visavis.jobseekers.cards.ticks import alone
from visavis.jobseekers.models import ApprovedInterest
from visavis.journal.models import Entry
from visavis.scans import filing, sheets, taking, working
from visavis.scans.enums import Way
from visavis.scans.keeping import over
from visavis.scans.models import Part, Scan, SheetReading

pytestmark = pytest.mark.django_db

LIKE, A_LITTLE, FILE = range(3)
# Places in the edition, from 0: card 10 stands in place 9.
TICKS = {2: [LIKE], 9: [LIKE, FILE], 20: [A_LITTLE], 40: [LIKE], 90: [LIKE], 120: [A_LITTLE, FILE]}


@pytest.fixture
def cards(town: Town) -> list[Card]:
    """The whole edition: both pages are full."""
    return deal(23)


@pytest.fixture
def his(town: Town) -> Client:
    return town.client("bruno")


PRINTED: dict[tuple[str, ...], tuple[hands.Picture, ...]] = {}


def printed(town: Town) -> tuple[hands.Picture, ...]:
    """Print Amélie's sheet; what is printed again is the same."""
    said = printing.codes_drawn(deck(), town.jobseeker, "fr")
    if (key := tuple(said)) not in PRINTED:
        PRINTED[key] = hands.pictures(printing.sheet(town.jobseeker, "fr"))
    return PRINTED[key]


def ticked(town: Town, ticks: dict[int, list[int]], pen: Pen | None = None) -> list[hands.Picture]:
    """Fill Amélie's sheet in."""
    pages = [page.copy() for page in printed(town)]
    random = np.random.default_rng(4)
    for place, boxes in ticks.items():
        for box in boxes:
            hands.mark(pages[layout.row(place, hands.CARDS).page - 1], place, box, pen or Pen(), random)
    return pages


def scanned(town: Town, pages: Iterable[hands.Picture], how: Scanner | None = None) -> Scan:
    """Scan pages at the counter, and have the worker do its work."""
    fed = [hands.scanned(page, how or Scanner(), number) for number, page in enumerate(pages)]
    out = io.BytesIO()
    fed[0].save(out, "PDF", save_all=True, append_images=fed[1:], resolution=(how or Scanner()).dpi)
    scan = taking.take(out.getvalue(), way=Way.DROPPED, agency=town.agency, by=town.people["rosa"]).scan
    working.work(scan.pk)
    return scan


def part_of(scan: Scan) -> Part:
    return Part.objects.get(scan=scan)


def in_file(town: Town) -> set[str]:
    rows = ApprovedInterest.objects.filter(jobseeker=town.jobseeker)
    return set(rows.values_list("interest_id", flat=True))


def typed(client: Client, part: Part, **more: str) -> dict[str, str]:
    """Return what the page has filled in, with what the counsellor adds."""
    form = client.get(part.sheet_url).context["form"]
    filled = {name: str(form[name].value() or "") for name in ("edition", "like", "a_little", "file")}
    return filled | {"channel": "counter"} | agreed.read() | more


COUNTS = {"like_count": "4", "a_little_count": "2", "file_count": "2"}


def laid(town: Town, *codes: marked.Marked) -> Part:
    """Lay pages with codes into a part that is filed, as if they were drawn."""
    part = town.sheet_part
    sheets.forget(part)
    part.pages.all().delete()
    for number, code in enumerate(codes, 1):
        file = files.keep(b"a picture", person=town.scan.own_key)
        said = json.dumps([marked.code_for(code)])
        part.pages.create(scan=town.scan, number=number, codes=said, file=file)
    return part


def test_a_sheet_fills_the_form_and_only_its_counsellor_enters_it(
    town: Town, cards: list[Card], his: Client
) -> None:
    part = part_of(scanned(town, ticked(town, TICKS), Scanner(150, 1.5, 0.96, grain=14)))
    for who in ("rosa", "dario", "amelie", "gael"):
        client = town.client(who)
        assert client.get(part.sheet_url).status_code == 404
        assert client.post(part.sheet_url, COUNTS).status_code == 404
    assert part.sheet_url in his.get("/home/").content.decode()
    answer = his.get(part.sheet_url)
    form, page = answer.context["form"], answer.content.decode()
    assert [form[name].value() for name in ("like", "a_little", "file")] == ["3 10 41 91", "21 121", "10 121"]
    assert not form["like_count"].value() and "Lu par la machine" in page
    assert f"/paper/scans/{part.scan_id}/page-2.jpg" in page
    assert "a lu ces mots sur la feuille" in page and 'name="is_heard"' not in page
    assert in_file(town) == set() and SheetReading.objects.filter(part=part).exists()
    refused = his.post(part.sheet_url, typed(his, part))
    assert "like_count" in refused.context["form"].errors and in_file(town) == set()
    # Whoever enters it reads the site in another language than her sheet.
    his.post("/language/", {"language": "en"})
    done = his.post(part.sheet_url, typed(his, part, **COUNTS) | agreed.read("en"))
    assert done.headers["Location"].endswith("/cards/drawing/")
    assert in_file(town) == {cards[9].code, cards[120].code}
    part.refresh_from_db()
    assert part.thing_id is not None and not SheetReading.objects.exists()
    assert Entry.objects.about(town.people["amelie"].pk).filter(thing="card-sheet-counter").exists()
    assert his.get(part.sheet_url).headers["Location"] == part.url
    # The code says which words she read, and they are kept.
    kept = Consent.objects.get(user=town.people["amelie"])
    assert (kept.how, kept.language, kept.words) == ("paper", "fr", consents.words_of(INTERESTS, "fr"))


def test_what_is_doubtful_stands_in_no_list_is_shown_cut_out_and_has_to_be_chosen(
    town: Town, cards: list[Card], his: Client
) -> None:
    pages = ticked(town, {**TICKS, 5: [LIKE, A_LITTLE]})
    random = np.random.default_rng(2)
    for place in (7, 30):
        hands.mark(pages[0], place, FILE, Pen("filled", 0.6), random)
    part = part_of(scanned(town, pages))
    answer = his.get(part.sheet_url)
    form, page = answer.context["form"], answer.content.decode()
    assert form["like"].value() == "3 10 41 91" and form["file"].value() == "10 121"
    assert set(form.open_fields) == {6, 8, 31} and form["file_8"].value() is None
    assert page.count('<svg class="cut"') == 3 and "matrix(" in page
    counts = {"like_count": "5", "a_little_count": "2", "file_count": "3"}
    refused = his.post(part.sheet_url, typed(his, part, **counts))
    assert {"pile_6", "file_8", "file_31"} <= set(refused.context["form"].errors) and in_file(town) == set()
    his.post(part.sheet_url, typed(his, part, pile_6="like", file_8="no", file_31="yes", **counts))
    assert in_file(town) == {cards[9].code, cards[120].code, cards[30].code}


def test_a_sheet_with_many_doubts_asks_some_and_names_the_rest(
    town: Town, cards: list[Card], his: Client
) -> None:
    twice = {place: [LIKE, A_LITTLE] for place in range(30)}
    answer = his.get(part_of(scanned(town, ticked(town, twice)[:1])).sheet_url)
    form = answer.context["form"]
    assert (len(form.asked), len(form.named)) == (12, 18)
    assert len(answer.content) < 60_000


def test_of_a_page_that_did_not_come_nothing_is_known_and_the_other_is_being_read(
    town: Town, cards: list[Card], his: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    how = Scanner(200, -2.0, is_black=True, on_its_head=True)
    with monkeypatch.context() as patched:
        patched.setattr(sheets, "read_part", lambda part: None)
        part = part_of(scanned(town, ticked(town, TICKS)[1:], how))
    assert his.get(part.sheet_url).context["is_being_read"]
    sheets.read_what_waits()
    answer = his.get(part.sheet_url)
    assert answer.context["read"].missing == [1] and answer.context["form"]["like"].value() == "91"
    # The counts on the second page are of both.
    done = his.post(part.sheet_url, typed(his, part, **COUNTS))
    drawing = his.get(done.headers["Location"])
    assert sum(one.sorted_cards for one in drawing.context["types"]) == len(hands.places(2))
    assert in_file(town) == {cards[120].code}


def test_a_sheet_scanned_twice_is_offered_twice_and_said_so(
    town: Town, cards: list[Card], his: Client
) -> None:
    pages = ticked(town, TICKS)
    first, second = (part_of(scanned(town, pages, Scanner(dpi))) for dpi in (150, 200))
    assert second.sheet_url in his.get(first.sheet_url).content.decode()
    his.post(first.sheet_url, typed(his, first, **COUNTS))
    answer = his.get(second.sheet_url)
    assert answer.context["others"]["entered"] == first
    assert answer.context["form"]["like"].value() == "3 10 41 91"
    his.post(second.sheet_url, typed(his, second, **COUNTS))
    assert in_file(town) == {cards[9].code, cards[120].code}


def test_where_two_copies_in_one_stack_disagree_the_card_is_open(
    town: Town, cards: list[Card], his: Client
) -> None:
    page = ticked(town, TICKS)[0]
    again = page.copy()
    hands.mark(again, 15, LIKE, Pen(), np.random.default_rng(3))
    answer = his.get(part_of(scanned(town, [page, again])).sheet_url)
    assert answer.context["form"]["like"].value() == "3 10 41"
    assert list(answer.context["form"].open_fields) == [16] and len(answer.context["opens"][0].cuts) == 2


def test_a_sheet_of_before_is_refused_until_she_heard_the_words_of_today(
    town: Town, cards: list[Card], his: Client
) -> None:
    part = part_of(scanned(town, ticked(town, TICKS)))
    for was, told in (("", "ne dit pas"), ("0000ABCD", "ne sont plus ceux")):
        for page in part.pages.all():
            said = sheets.said_on(page)
            assert said is not None
            page.codes = json.dumps([marked.code_for(dataclasses.replace(said, words=was))])
            page.save()
        assert his.get(part.sheet_url).context["form"]["like"].value() == "3 10 41 91", "its ticks are read"
        # What is typed changes nothing: the code has said it.
        sent = typed(his, part, words=interests.number_of("fr"), **COUNTS)
        refused = his.post(part.sheet_url, sent)
        assert told in " ".join(refused.context["form"].errors["is_heard"])
    assert in_file(town) == set() and not Consent.objects.exists()
    his.post(part.sheet_url, sent | {"is_heard": "on"})
    assert in_file(town) == {cards[9].code, cards[120].code}
    assert Consent.objects.get().how == "counter"


def test_of_pages_with_other_words_the_least_certain_count(town: Town) -> None:
    today = marked.Marked(town.jobseeker.pk, "2026-1", 1, layout.LAYOUT, "fr", interests.number_of("fr"))
    old, none = (dataclasses.replace(today, page=2, words=words) for words in ("0000ABCD", ""))
    assert sheets.words_on(laid(town, today, dataclasses.replace(old, file=0))) == today.words
    assert sheets.words_on(laid(town, today, old)) == "0000ABCD"
    assert sheets.words_on(laid(town, today, old, none)) == ""
    assert sheets.words_on(laid(town)) is None


def test_what_the_reader_cannot_read_is_entered_by_hand(
    town: Town, cards: list[Card], his: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def breaks(pages: Sequence[object]) -> list[None]:
        asked.append(len(pages))
        return [None] * len(pages)

    monkeypatch.setattr(alone, "read", breaks)
    today = marked.Marked(town.jobseeker.pk, "2026-1", 1, layout.LAYOUT, "fr", interests.number_of("fr"))
    for other in ({"layout": 99}, {"edition": "2019-1"}, {"file": town.other_jobseeker.pk}, {}, {"page": 2}):
        part = laid(town, dataclasses.replace(today, **other))
        if "page" in other:
            files.throw_away([part.pages.get().file])
        sheets.read_part(part)
        answer = his.get(part.sheet_url)
        assert answer.status_code == 200 and not answer.context["is_read"], other
        assert answer.context["form"]["like"].value() == "" and "tapez les numéros" in answer.content.decode()
    # Of another layout, edition or file, or a file that is lost, the reader is asked nothing.
    assert asked == [0, 0, 0, 1, 0]
    his.post(part.sheet_url, typed(his, part, file="10", file_count="1"))
    assert in_file(town) == {cards[9].code}


def test_another_s_sheet_behind_hers_is_not_read_for_her(town: Town, cards: list[Card]) -> None:
    other = hands.pictures(printing.sheet(town.other_jobseeker, "fr"))
    scan = scanned(town, [ticked(town, TICKS)[0], other[0]])
    read = {one.part.person_id: one.pages for one in SheetReading.objects.filter(part__scan=scan)}
    assert [len(pages) for pages in read.values()] == [1, 1]
    assert [one["picture"] for one in read[town.jobseeker.user_id]] == [1]


def test_what_was_read_rests_sealed_is_hers_to_take_away_and_goes_with_each_way_on(
    town: Town, cards: list[Card]
) -> None:
    part = part_of(scanned(town, ticked(town, TICKS)))
    row, later = SheetReading.objects.get(), clock.now() + dt.timedelta(days=40)
    exported = keeping.export(town.jobseeker.user_id)["scans.SheetReading"]
    assert len(exported) == 1 and json.dumps(exported[0]["pages"]).count("lies") == 2
    filing.take_back(part=part, by=town.people["rosa"])
    assert not SheetReading.objects.exists()
    filing.file_by_sheet(Part.objects.select_related("scan", "person").get(pk=part.pk))
    assert sheets.read_what_waits() == 1 and SheetReading.objects.get().pages == row.pages
    assert sheets.read_what_waits() == 0
    # The night deletes it once the sheet waits no more.
    assert keeping.forget()["what was read on sheets"] == 0 and SheetReading.objects.exists()
    Part.objects.filter(pk=part.pk).update(thing_id=1)
    assert keeping.forget()["what was read on sheets"] == 1 and not SheetReading.objects.exists()
    # What nobody entered stays beyond its month.
    Part.objects.filter(pk=part.pk).update(thing_id=None)
    with time_machine.travel(later):
        assert not over(later).exists()
        filing.note_entered(part=part, by=town.people["bruno"])
        assert over(later).exists()
