"""Letters: made once, posted or come back, only the address in the window; a code opens one thing."""

import datetime as dt
import io
import itertools
import uuid
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.personas import Town
from visavis.catalog.models import Postcode
from visavis.common import clock
from visavis.journal.models import Entry
from visavis.mailboxes import services as mailboxes
from visavis.mailboxes.enums import Voice
from visavis.mailboxes.models import Message, Thread
from visavis.mailboxes.services import Written
from visavis.news.models import Batch, Envelope, News
from visavis.news.post import letters, printing
from visavis.people.enums import Channel
from visavis.people.models import User

pytestmark = pytest.mark.django_db
WORDS = "Votre rendez-vous est déplacé au mardi 8 décembre à 9 h."


def at_her_address(user: User, *lines: str) -> User:
    user.channel, user.postal_address = Channel.POST, "\n".join(lines or ("12 RUE DU LAC", "26000 VALENCE"))
    user.save()
    return user


@pytest.fixture
def her(town: Town) -> User:
    return at_her_address(town.people["amelie"])


@pytest.fixture
def letter(town: Town, her: User) -> Envelope:
    """A letter that tells Amélie what Bruno wrote."""
    bruno = town.people["bruno"]
    written = Written(body=WORDS, voice=Voice.OURS, author=bruno, expects_answer=True)
    mailboxes.begin(person=her, subject="Rendez-vous", written=written, by=bruno)
    return letters.make(form=uuid.uuid4(), by=bruno).envelopes.get()


def pages(made: bytes) -> list[Any]:
    return list(pypdfium2.PdfDocument(made))


def within(page: Any, left: float, top: float, right: float, bottom: float) -> str:
    """Return the words of a page that a window in millimetres from its upper left corner shows."""
    mm = 72 / 25.4
    height = page.get_height()
    corners = left * mm, height - bottom * mm, right * mm, height - top * mm
    return " ".join(page.get_textpage().get_text_bounded(*corners).split())


def test_a_letter_is_made_once_and_holds_what_was_written_the_phone_and_the_code(
    town: Town, letter: Envelope
) -> None:
    assert letters.make(form=letter.batch.form, by=town.people["bruno"]) == letter.batch
    with pytest.raises(letters.NothingToPost):
        letters.make(form=uuid.uuid4(), by=town.people["bruno"])
    assert Envelope.objects.count() == 1
    # Who writes back has the postcode where the town has one.
    for code, said in (("", "Valence"), ("26000", "26000 Valence"), ("26010", "Valence")):
        if code:
            Postcode.objects.create(code=code, commune=town.agency.commune)
        assert printing.laid_out(letter)["sender"] == [town.agency.name, town.agency.address, said]
    (page,) = pages(printing.pdf(letter.batch))
    words = " ".join(page.get_textpage().get_text_bounded().split())
    assert WORDS in words and letter.code in words and town.agency.phone_shown in words
    picture = page.render(scale=2).to_pil()
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.text.endswith(reverse("news:by_code_of", kwargs={"code": letter.code}))
    # At least 15 mm across, at two pictures' points a point of the page.
    assert found.position.top_right.x - found.position.top_left.x >= 15 / 25.4 * 72 * 2


@pytest.mark.parametrize(
    "lines",
    [
        ("26000 VALENCE",),
        ("3 HAUPTSTRASSE", "77652 OFFENBURG", "ALLEMAGNE"),
        (
            "CHEZ MADAME MARIE-ANTOINETTE DE LA TOU", "BÂTIMENT C ÉTAGE 4", "12 BIS RUE DU LAC",
            "LIEU-DIT LES BOIS", "26000 VALENCE",
        ),
    ],
)  # fmt: skip
def test_the_window_shows_the_address_and_nothing_else(
    her: User, letter: Envelope, lines: tuple[str, ...]
) -> None:
    """An envelope of 220 by 110 mm, its window 20 mm from the right and the bottom, 45 mm high, or 35 for few lines."""
    name = "Anne-Sophie Lefebvre-Desroziers-Martin"
    letter.address = "\n".join([name, *lines])
    letter.save()
    (page,) = pages(printing.pdf(letter.batch))
    wanted = " ".join([name, *lines])
    for high in (45, 35) if len(lines) < 4 else (45,):
        for slides, drops in itertools.product((0, 5, 10), (0, 6, 11)):
            left, bottom = 100 - slides, 90 - drops
            assert within(page, left, bottom - high, left + 100, bottom) == wanted, (high, slides, drops)


def test_a_batch_is_posted_once_and_a_letter_that_comes_back_is_told_otherwise(
    town: Town, letter: Envelope
) -> None:
    client = town.client("bruno")
    for _twice in range(2):
        client.post(reverse("news:post_posted", kwargs={"batch_id": letter.batch_id}))
    row = News.objects.get(pk=letter.news_id)
    assert (row.state, row.told_by) == (News.State.TOLD, town.people["bruno"])
    assert Entry.objects.filter(thing="letter", note="posted").count() == 1
    answer = client.post(reverse("news:post_returned"), {"code": letter.code.lower()}, follow=True)
    assert "Amélie" in answer.content.decode()
    assert News.objects.get(pk=letter.news_id).state == News.State.FAILED
    assert letters.opened_by(letter.code) is None


@pytest.mark.parametrize(("phone", "part"), [("+33612345678", "calls"), (None, "counter")])
def test_a_letter_that_came_back_stands_where_it_can_be_told(
    town: Town, letter: Envelope, phone: str | None, part: str
) -> None:
    her = town.people["amelie"]
    her.phone = phone
    her.save()
    letters.note_returned(envelope=letter, by=town.people["rosa"])
    # Who notes later that it was posted tells her nothing.
    assert letters.note_posted(batch=letter.batch, by=town.people["bruno"]) == 0
    assert News.objects.get(pk=letter.news_id).state == News.State.FAILED
    page = town.client("bruno").get(reverse("portal:desk_day"))
    shown = {one.part.slug: [line.who for line in one.lines] for one in page.context["parts"]}
    assert shown.get(part) == [her.name] and "letters" not in shown
    listed = town.client("bruno").get(reverse("news:to_tell")).content.decode()
    assert "La lettre est revenue" in listed and her.name in listed


def test_without_an_address_nothing_is_made_and_only_whose_post_it_was_says_it_came_back(town: Town) -> None:
    """A code that somebody read on an envelope of another agency closes nothing there."""
    gael = at_her_address(town.people["gael"])
    row = factories.NewsFactory(user=gael, channel=Channel.POST)
    (envelope,) = letters.make(form=uuid.uuid4(), by=gael.jobseeker.counsellor).envelopes.all()
    letters.note_posted(batch=envelope.batch, by=gael.jobseeker.counsellor)
    answer = town.client("rosa").post(reverse("news:post_returned"), {"code": envelope.code})
    assert gael.name not in answer.content.decode()
    row.refresh_from_db()
    envelope.refresh_from_db()
    assert (envelope.returned_at, row.state) == (None, News.State.TOLD)
    at_her_address(town.people["amelie"])
    User.objects.filter(pk=town.people["amelie"].pk).update(postal_address="")
    factories.NewsFactory(user=town.people["amelie"], channel=Channel.POST)
    shown = town.client("bruno").get(reverse("news:post")).content.decode()
    assert "Amélie" in shown and "ne savons pas où" in shown
    with pytest.raises(letters.NothingToPost):
        letters.make(form=uuid.uuid4(), by=town.people["bruno"])


def test_the_code_opens_the_thread_and_an_answer_reaches_the_letterbox(letter: Envelope) -> None:
    client = Client()
    typed = f" {letter.code.lower().replace('-', ' ')} "
    answer = client.post(reverse("news:by_code"), {"code": typed}, follow=True)
    shown = answer.content.decode()
    assert WORDS in shown and answer.status_code == 200
    url = answer.redirect_chain[-1][0]
    key = answer.context["form"]["form"].value()
    client.post(url, {"body": "Je viendrai.", "form": key})
    last = Message.objects.order_by("-number").first()
    assert last is not None
    assert (last.body, last.voice, last.author_id) == ("Je viendrai.", Voice.THEIRS, letter.news.user_id)
    client.post(reverse("news:by_code_done"))
    assert client.get(url).url == reverse("news:by_code")  # type: ignore[attr-defined]


def test_the_code_lives_on_whatever_was_sent_since_until_the_day_printed(
    town: Town, letter: Envelope
) -> None:
    thread_id = letter.news.thing_id
    letters.note_posted(batch=letter.batch, by=town.people["bruno"])
    written = Written(body="Encore un mot.", voice=Voice.OURS, author=town.people["bruno"])
    mailboxes.write(thread=Thread.objects.get(pk=thread_id), written=written, by=town.people["bruno"])
    later = letters.make(form=uuid.uuid4(), by=town.people["bruno"]).envelopes.get()
    assert letters.opened_by(letter.code) == letter and letters.opened_by(later.code) == later
    with clock.moved(clock.now() + Envelope.LIFE):
        assert letters.opened_by(letter.code) == letter
    with clock.moved(clock.now() + Envelope.LIFE + Envelope.LIFE / 90):
        assert letters.opened_by(letter.code) is None


def test_nothing_else_opens_by_the_code_and_it_is_not_guessed_or_read_for_ever(
    town: Town, letter: Envelope
) -> None:
    other = Client()
    assert other.get(reverse("news:by_code_read", kwargs={"envelope_id": letter.pk})).status_code == 302
    assert other.post(reverse("news:by_code"), {"code": "AAAA-BBBB"}).status_code == 200
    holder = Client()
    holder.post(reverse("news:by_code"), {"code": letter.code})
    assert holder.get(letter.news.link).status_code == 302
    assert "_auth_user_id" not in holder.session
    client = Client()
    url = client.post(reverse("news:by_code"), {"code": letter.code}).headers["Location"]
    for minutes, status in ((29, 200), (58, 200), (89, 302)):
        with clock.moved(letter.batch.at + dt.timedelta(minutes=minutes)):
            assert client.get(url).status_code == status
    stranger = Client()
    said = ""
    for _guess in range(12):
        said = stranger.post(reverse("news:by_code"), {"code": "AAAA-BBBB"}).content.decode()
    assert "plusieurs codes faux" in said


def test_reception_makes_the_letters_of_those_it_receives_each_in_her_language(town: Town, her: User) -> None:
    factories.NewsFactory(user=her, channel=Channel.POST)
    factories.NewsFactory(user=at_her_address(town.people["gael"]), channel=Channel.POST)
    made = letters.make(form=uuid.uuid4(), by=town.people["rosa"])
    assert {row.news.user_id for row in made.envelopes.all()} == {her.pk}
    assert not Batch.objects.visible_to(town.people["bruno"]).exists()
    her.language = "en"
    her.save()
    factories.NewsFactory(user=her, channel=Channel.POST)
    batch = letters.make(form=uuid.uuid4(), by=town.people["bruno"])
    (page,) = pages(printing.pdf(batch))
    assert "Hello," in page.get_textpage().get_text_bounded()
    answer = town.client("bruno").get(reverse("news:post_pdf", kwargs={"batch_id": batch.pk}))
    assert answer["Content-Type"] == "application/pdf" and io.BytesIO(answer.content).read(5) == b"%PDF-"
