"""Every page of every scan ends somewhere visible: in its letterbox, in its documents, or in the tray."""

import datetime as dt
import uuid
from collections import Counter
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
import time_machine
import zxingcpp
from django.db import connection, transaction
from PIL import Image, ImageDraw
from pytest_django import Settings

from tests.documents.making import Killed
from tests.documents.making import pdf as wide
from tests.personas import Town
from tests.scans import making
from tests.scans.making import Feed, Stack
from visavis.common import clock
from visavis.documents import files, scanning
from visavis.documents import services as documents
from visavis.documents.drawing import alone
from visavis.documents.drawing.kinds import NotDrawn, Refusal
from visavis.documents.enums import Kind
from visavis.documents.models import Document, Expected
from visavis.documents.places import place
from visavis.jobseekers.cards import marked
from visavis.mailboxes.models import Incoming, Message
from visavis.news.models import News
from visavis.news.post import letters
from visavis.news.post.printing import code_url
from visavis.people.models import User
from visavis.scans import filing, taking, words, working
from visavis.scans.covers import making as covers
from visavis.scans.covers import printing
from visavis.scans.enums import Doubt, PartState, Purpose, ScanState, Way, Why
from visavis.scans.models import Cover, Part, Scan, ScanPage
from visavis.vault import keys

pytestmark = pytest.mark.django_db

LINES = ("Bonjour,", "Je vous envoie mon certificat de travail, comme vous le demandez.", "Merci à vous.")


def cover(town: Town, who: str, purpose: Purpose, expected: Expected | None = None) -> Cover:
    by = town.people["bruno"]
    return covers.make(person=town.people[who], purpose=purpose, expected=expected, by=by)


def sheet(row: Cover) -> making.Image.Image:
    return making.printed(printing.pdf(row))


def scanned(town: Town, content: bytes) -> Scan:
    """Give a scan at the counter, and have the worker do its work."""
    by = town.people["rosa"]
    scan = taking.take(content, way=Way.DROPPED, agency=town.agency, by=by).scan
    working.work(scan.pk)
    scan.refresh_from_db()
    return scan


def is_whole(scan: Scan, pages: int) -> bool:
    """Say whether each page lies in exactly one part, and each drawn page on the disk."""
    rows = list(scan.pages.order_by("number"))
    seen = [one.number for part in scan.parts.all() for one in part.pages.all()]
    there = all(place().path_of(one.file).exists() for one in rows if one.file)
    return scan.pages_in == pages and sorted(seen) == [*range(1, pages + 1)] and there


def where(scan: Scan) -> list[tuple[str, str, list[int]]]:
    return [
        (
            part.state,
            part.doubt or part.purpose,
            list(part.pages.order_by("number").values_list("number", flat=True)),
        )
        for part in scan.parts.order_by("number")
    ]


def closed(town: Town) -> Cover:
    """Return the sheet of a request that is no longer made."""
    row = documents.ask(
        person=town.people["amelie"],
        asked=documents.Asked(Kind.CV, "x", clock.today(), uuid.uuid4()),
        by=town.people["bruno"],
    )
    found = cover(town, "amelie", Purpose.DOCUMENT, row)
    documents.end(expected=row, by=town.people["bruno"])
    return found


def hard(town: Town) -> tuple[Stack, list[tuple[str, str, list[int]]]]:
    """Return a stack as bad as they come, and where each of its pages has to end."""
    hers = sheet(cover(town, "amelie", Purpose.DOCUMENT, town.expected))
    note = sheet(cover(town, "gael", Purpose.MESSAGE))
    with time_machine.travel(clock.now() - dt.timedelta(days=400)):
        old = sheet(cover(town, "gael", Purpose.DOCUMENT))
    over = sheet(closed(town))
    page, blank = making.letter(*LINES), making.blank()
    foreign = making.with_code("2D-DOC:CAF/000/12345")
    both = making.with_code(*(f"VAV1:{row.code}" for row in Cover.objects.order_by("pk")[:2]))
    unknown = making.with_code("VAV1:ABCD-EFGH")
    stack = Stack()
    for one, how, turned in [
        (page, Feed(), 0),  # 1: no sheet before it
        (hers, Feed(100, 3.0), 0),  # 2
        (blank, Feed(100), 0),  # 3: its back
        (page, Feed(100), 0),  # 4
        (foreign, Feed(), 0),  # 5: a code of somebody else
        (note, Feed(150, -3.0, 25, 40), 180),  # 6: on its head
        (page, Feed(150, -3.0), 180),  # 7
        (hers, Feed(300, 1.0), 0),  # 8
        (hers, Feed(300, 1.0), 0),  # 9: doubled
        (page, Feed(300), 0),  # 10
        (both, Feed(), 0),  # 11: two codes
        (page, Feed(), 0),  # 12
        (old, Feed(), 0),  # 13: its day is past
        (page, Feed(), 0),  # 14
        (over, Feed(), 90),  # 15: no longer asked for, on its side
        (page, Feed(), 0),  # 16
        (unknown, Feed(), 0),  # 17
        (page, Feed(), 0),  # 18
        (hers, Feed(), 0),  # 19: nothing behind it
        (blank, Feed(), 0),  # 20
    ]:
        stack.lay(one, how, turned=turned)
    return stack, [
        ("to-sort", "no-code", [1]),
        ("filed", "document", [2, 3, 4, 5]),
        ("filed", "message", [6, 7]),
        ("filed", "document", [8, 9, 10]),
        ("to-sort", "two", [11, 12]),
        ("to-sort", "expired", [13, 14]),
        ("to-sort", "closed", [15, 16]),
        ("to-sort", "unknown", [17, 18]),
        ("to-sort", "empty", [19, 20]),
    ]


def test_a_hard_stack_is_split_at_its_sheets_and_no_page_is_lost(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    stack, wanted = hard(town)
    # Words are read later: no paper waits for them.
    monkeypatch.setattr(words.alone, "words_of", pytest.fail)
    scan = scanned(town, stack.pdf())
    assert scan.state == ScanState.SPLIT and is_whole(scan, len(stack))
    assert where(scan) == wanted
    first, second = Document.objects.filter(way="paper").order_by("pk")
    assert (first.pages.count(), second.pages.count()) == (2, 1)
    assert first.expected == town.expected and first.person == town.people["amelie"]
    message = Message.objects.get(way="paper")
    assert message.thread.person == town.people["gael"] and len(message.pieces) == 1
    told = Counter(News.objects.filter(thing="scan").values_list("user", flat=True))
    assert set(told.values()) == {1} and len(told) == 2


def stamped(page: Image.Image, *, both: bool) -> Image.Image:
    """Return a sheet with a stamp on one of its codes, or on both."""
    out = page.copy()
    draw = ImageDraw.Draw(out)
    for code in zxingcpp.read_barcodes(page)[: 2 if both else 1]:
        end, start = code.position.bottom_right, code.position.top_left
        middle = ((start.x + end.x) // 2, (start.y + end.y) // 2)
        draw.rectangle((*middle, end.x + 15, end.y + 15), fill=50)
    return out


def test_a_stamp_on_one_code_hides_nothing_and_on_both_sends_the_pages_to_be_sorted(town: Town) -> None:
    """What lies behind a sheet that cannot be read is never filed under the sheet before."""
    hers, his = sheet(cover(town, "amelie", Purpose.DOCUMENT)), sheet(cover(town, "gael", Purpose.DOCUMENT))
    page, stack = making.letter(*LINES), Stack()
    for one, how in [
        (stamped(hers, both=False), Feed(150, 2.0)),
        (page, Feed(150)),
        (stamped(his, both=True), Feed(150, -2.0)),
        (page, Feed(150)),
        (making.with_code("2D-DOC:CAF/000/12345"), Feed(100)),
    ]:
        stack.lay(one, how)
    # A TIFF of several pages is a scan too.
    scan = scanned(town, stack.tiff())
    assert where(scan) == [("filed", "document", [1, 2]), ("to-sort", "unread", [3, 4, 5])]
    assert is_whole(scan, len(stack))


def small(town: Town, pages: int = 3) -> Stack:
    stack = Stack()
    stack.lay(sheet(cover(town, "amelie", Purpose.DOCUMENT, town.expected)))
    for _page in range(pages - 1):
        stack.lay(making.letter(*LINES))
    return stack


def test_a_scan_given_twice_is_taken_once_and_its_files_are_no_orphans(town: Town, kept: Path) -> None:
    content = small(town).pdf()
    scan = scanned(town, content)
    there = sorted(kept.glob("*/*"))
    with time_machine.travel(clock.now() + dt.timedelta(days=3)):
        files.sweep()
    assert sorted(kept.glob("*/*")) == there and scan.pages.count() == 3
    again = taking.take(content, way=Way.DROPPED, agency=town.agency, by=town.people["bruno"])
    assert again.is_known and again.scan == scan and Document.objects.count() == 1


def test_stopped_before_any_write_nothing_is_lost_and_nothing_is_there_twice(
    town: Town, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the scanner's folder to a document: killed before its first writes and every fifth, then left alone."""
    folder, content, unlink, killed = tmp_path / "scanner", small(town).pdf(), Path.unlink, Killed()
    folder.mkdir()
    settings.VISAVIS_SCANS_FROM = str(folder)
    monkeypatch.setattr(taking, "RESTS_S", 0)
    monkeypatch.setattr(working, "PAGES", 1)
    monkeypatch.setattr(alone, "draw_some", cache(alone.draw_some))

    def unlink_in_turn(path: Path, **how: bool) -> None:
        if path.parent == folder:
            killed.strike()
        unlink(path, **how)

    monkeypatch.setattr(Path, "unlink", unlink_in_turn)

    def work() -> None:
        for _look in range(2):
            taking.look_into_folder()
        working.sweep()

    for number in (*range(12), *range(12, 1000, 5)):
        killed.left = number
        monkeypatch.setattr(taking, "FOLDER", taking.Folder({}, set()))
        (folder / "scan.pdf").write_bytes(content)
        with transaction.atomic():
            with suppress(KeyboardInterrupt), connection.execute_wrapper(killed):
                work()
            is_struck, killed.left = killed.left < 0, 1000
            work()
            assert is_whole(Scan.objects.get(), 3) and not [*folder.iterdir()], number
            assert Document.objects.count() == News.objects.filter(thing="scan").count() == 1, number
            transaction.set_rollback(True)
        keys.forget()
        if not is_struck:
            break
    assert number > 20, "nothing was struck"


def test_a_broken_page_takes_no_other_with_it(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = alone.draw_some

    def without_the_second(content: bytes, first: int, most: int) -> alone.Some:
        if first <= 1 < first + most:
            raise NotDrawn(Refusal.DAMAGED)
        return draw(content, first, most)

    monkeypatch.setattr(alone, "draw_some", without_the_second)
    scan = scanned(town, small(town).pdf())
    assert is_whole(scan, 3) and where(scan) == [("to-sort", "broken", [1, 2, 3])]
    assert scan.parts.get().person == town.people["amelie"]


@pytest.mark.parametrize(
    ("content", "why"), [(b"%PDF-1.7\nnothing", Why.DAMAGED), (wide(401), Why.HUGE)], ids=["damaged", "long"]
)
def test_a_scan_that_cannot_be_opened_stays_in_sight_with_its_reason(
    town: Town, content: bytes, why: Why
) -> None:
    scan = scanned(town, content)
    assert (scan.state, scan.why) == (ScanState.STOPPED, why)
    assert files.content(scan.file, person=scan.own_key) == content


def test_while_the_virus_scanner_is_away_a_scan_waits_and_what_it_knows_is_stopped(
    town: Town, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VISAVIS_CLAMAV = "/nowhere"
    scan = scanned(town, small(town).pdf())
    assert scan.state == ScanState.RECEIVED and scan.tries == 0 and not scan.pages.exists()
    monkeypatch.setattr(scanning, "_ask", lambda data: "stream: Eicar FOUND")
    working.sweep()
    scan.refresh_from_db()
    assert scan.why == Why.VIRUS and not Document.objects.exists()


def test_letters_of_ours_and_answer_sheets_go_on_where_they_belong_and_a_made_up_one_does_not(
    town: Town,
) -> None:
    envelope = town.envelope
    envelope.code, envelope.digest = "K7P3-9QXM", letters.digest("K7P3-9QXM")
    envelope.save()
    news = envelope.news
    news.thing, news.thing_id = "thread", town.thread.pk
    news.save()
    code = marked.code_for(marked.Marked(town.jobseeker.pk, "2026-1", 1, 100, "fr"))
    stack = Stack()
    stack.lay(making.with_code(code_url(envelope.code)), turned=180)
    stack.lay(making.with_code(code))
    stack.lay(making.with_code(code[:-1] + ("0" if code[-1] != "0" else "1")))
    assert where(scanned(town, stack.pdf())) == [
        ("filed", "message", [1]),
        ("filed", "cards", [2]),
        ("to-sort", "unknown", [3]),
    ]
    message = Message.objects.get(way="paper")
    assert message.thread == town.thread and b"%PDF" not in bytes(Incoming.objects.get(box="paper").sealed)


def to_sort(town: Town, *lines: str, pages: int = 2) -> Part:
    stack = Stack()
    for _page in range(pages):
        stack.lay(making.letter(*lines))
    scan = scanned(town, stack.pdf())
    return scan.parts.get()


def gael(town: Town) -> User:
    return town.people["gael"]


@pytest.mark.parametrize("purpose", [Purpose.MESSAGE, Purpose.DOCUMENT])
def test_what_was_filed_by_hand_is_taken_back_as_if_it_had_never_been_there(
    town: Town, purpose: Purpose
) -> None:
    part = to_sort(town, *LINES)
    by = town.people["rosa"]
    before = Message.objects.count()
    part = filing.file(part=part, where=filing.Where(gael(town), purpose), by=by)
    assert part.state == PartState.FILED and News.objects.filter(thing="scan", user=gael(town)).count() == 1
    back = filing.take_back(part=part, by=by)
    assert (back.state, back.doubt) == (PartState.TO_SORT, Doubt.TAKEN_BACK)
    assert Message.objects.count() == before and not Document.objects.not_withdrawn().exists()
    again = filing.file(part=back, where=filing.Where(town.people["amelie"], purpose), by=by)
    assert again.thing_id is not None and is_whole(part.scan, 2)
    with time_machine.travel(clock.now() + dt.timedelta(days=1, minutes=1)), pytest.raises(filing.TooLate):
        filing.take_back(part=again, by=by)


def test_the_words_of_what_waits_are_read_and_pages_that_are_not_ticked_wait_on(town: Town) -> None:
    part = to_sort(town, *LINES)
    assert words.read_what_waits() == 2 and words.read_what_waits() == 0
    page = ScanPage.objects.select_related("scan").filter(part=part).first()
    assert page is not None and "certificat de travail" in page.words
    by = town.people["rosa"]
    filing.file(part=part, where=filing.Where(gael(town), Purpose.DOCUMENT), by=by, pages=[2])
    assert where(part.scan) == [("filed", "document", [2]), ("to-sort", "no-code", [1])]
