"""Bounces of other servers, automatic answers, calendars, broken and hostile mail: each ends visible, as what it is."""

import pytest

from tests.mailboxes.letters import OURS
from tests.mailboxes.odd import ALL, BOUNCES, PEOPLE, Odd
from tests.personas import Town
from visavis.mailboxes.enums import Mark
from visavis.mailboxes.mail import bounces, filing, machines
from visavis.mailboxes.mail.addresses import address_of
from visavis.mailboxes.mail.fetching import store
from visavis.mailboxes.mail.machines import Kind
from visavis.mailboxes.mail.parsing import parse
from visavis.mailboxes.models import Incoming, Message, Thread
from visavis.news import services as news
from visavis.news.models import News


def raw(odd: Odd, to: str = OURS) -> bytes:
    return odd.raw.replace(b"OURS", to.encode())


@pytest.mark.parametrize("odd", ALL, ids=lambda odd: odd.name)
def test_each_is_taken_for_what_it_is(odd: Odd) -> None:
    mail = parse(raw(odd))
    assert machines.kind_of(mail) == odd.kind
    machines.may_be_answered(mail)
    assert odd.says in mail.text
    assert odd.fate is None or bounces.fate_of(mail) == odd.fate


def test_of_odd_mail_the_head_the_kinds_and_whose_words_are_read_as_they_were_meant() -> None:
    by_name = {odd.name: parse(raw(odd)) for odd in PEOPLE}
    for name in ("latin-1 in the head, no charset", "utf-8 in the head, no charset"):
        assert (by_name[name].subject, by_name[name].sender_name) == ("Entretien annulé", "Amélie")
    accent = by_name["an attachment with an accent, no charset"]
    assert [part.name for part in accent.parts] == ["résumé.pdf"]
    kinds = {name: [part.type for part in one.parts] for name, one in by_name.items()}
    assert kinds["a pdf that says nothing"] == ["application/pdf"]
    assert kinds["a page that says that it is a photo"] == ["application/octet-stream"]
    assert kinds["a telephone's photo without a word"] == ["image/heic"]
    assert kinds["signed (S/MIME)"] == []
    # An encrypted mail is no wall of letters, and a message that hangs on hers is folded.
    for name in ("encrypted (S/MIME)", "encrypted (PGP)", "winmail.dat alone"):
        assert by_name[name].text == ""
    assert by_name["encrypted (S/MIME)"].is_sealed and by_name["encrypted (PGP)"].is_sealed
    written, quoted = filing.folded(by_name["a message that hangs on hers"].text)
    assert (written.strip(), "Venez jeudi." in quoted) == ("Vous avez vu ?", True)


@pytest.fixture
def asked(town: Town, settings: object) -> Thread:
    """A thread in which she was written to, and told of it by e-mail."""
    settings.VISAVIS_MAIL_IN = OURS  # type: ignore[attr-defined]
    her = town.people["amelie"]
    her.email = "amelie@example.org"
    her.save()
    about = news.Subject("thread", town.thread.pk, "x", "/")
    row = news.tell(user=her, role="jobseeker", kind="written", subject=about)
    News.objects.filter(pk=row.pk).update(state=News.State.SENT, told_at=row.at, channel="web")
    return town.thread


def file(raw: bytes) -> Incoming:
    store(raw, box=OURS, numbering=1, number=1, digest=str(hash(raw)), size=len(raw))
    filing.file_what_waits()
    return Incoming.objects.latest("pk")


@pytest.mark.django_db
def test_all_of_them_end_where_somebody_sees_them(asked: Thread, town: Town) -> None:
    """In the thread, in the tray, or as news that somebody has to tell: none is held for ever, none only in a table."""
    rosa = town.people["rosa"]
    for odd in ALL:
        row = file(raw(odd, address_of(asked.pk)))
        in_tray = Incoming.objects.visible_to(rosa).filter(pk=row.pk).exists()
        in_thread = row.message is not None and row.message.thread_id == asked.pk
        assert in_tray or in_thread, (odd.name, row.state, row.why)
        if odd.kind == Kind.PERSON and odd.name != "no head at all":
            assert in_thread or row.state == Incoming.State.TO_SORT, odd.name
    assert Incoming.objects.count() == len(ALL)


@pytest.mark.django_db
@pytest.mark.parametrize("odd", BOUNCES, ids=lambda odd: odd.name)
def test_a_bounce_and_only_one_that_failed_is_told_by_somebody(odd: Odd, asked: Thread) -> None:
    file(raw(odd, address_of(asked.pk)))
    state = News.objects.get(thing="thread", thing_id=asked.pk).state
    assert state == (News.State.FAILED if odd.fate == "failed" else News.State.SENT)
    assert Message.objects.filter(thread=asked).count() == 1


@pytest.mark.django_db
def test_a_bounce_is_known_by_what_it_encloses_and_an_automatic_mail_says_so(asked: Thread) -> None:
    odd = next(one for one in PEOPLE if one.name == "only the subject says away")
    row = file(raw(odd, address_of(asked.pk)))
    assert row.message is not None and Mark.AUTOMATIC in row.message.marks
    assert not machines.may_be_answered(parse(raw(odd)))
    row = News.objects.get(thing="thread", thing_id=asked.pk)
    enclosed = f"\r\nMessage-ID: <news-{row.pk}-{row.at:%Y%m%d%H%M%S}@emploi.example>\r\n".encode()
    wrong = enclosed.replace(b"@", b"9@").replace(f"{row.at:%S}9@".encode(), b"99@")
    file(b"From: MAILER-DAEMON@orange.fr\r\nSubject: Non remis\r\nTo: " + OURS.encode() + b"\r\n\r\n" + wrong)
    assert News.objects.get(pk=row.pk).state == News.State.SENT
    head = f"From: MAILER-DAEMON@orange.fr\r\nSubject: Non remis\r\nTo: {OURS}\r\n\r\n"
    file(head.encode() + enclosed)
    assert News.objects.get(pk=row.pk).state == News.State.FAILED
