"""One message: its text as Python's own parser finds it, her own words only, nothing of its head."""

import base64
import email
import email.policy
from email.message import EmailMessage

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.companion.mailing import CANARY, ask, letter, message, one, raw


def text_of(made: EmailMessage) -> str:
    found = letter(raw(made))
    assert not found["isBroken"]
    return str(found["text"]).strip()


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "iso-8859-15", "windows-1252"])
@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit"])
def test_letters_are_read_in_the_charset_that_is_told(charset: str, encoding: str) -> None:
    text = "Étagère en chêne, ça me plaît"
    # This node takes windows-1252 for iso-8859-1; the test in Chromium has the euro too.
    if charset not in {"iso-8859-1", "windows-1252"}:
        text += " à 12 €"
    assert text_of(message(text, charset=charset, cte=encoding)) == text


def test_a_charset_nobody_knows_still_gives_the_plain_letters() -> None:
    made = raw(message("Une perceuse", charset="utf-8")).replace(b'"utf-8"', b'"x-unheard-of"')
    assert letter(made)["text"].strip() == "Une perceuse"


def test_the_text_is_taken_and_the_page_left_when_there_are_both() -> None:
    made = message("La perceuse")
    made.add_alternative("<p>Le rabot</p>", subtype="html")
    assert text_of(made) == "La perceuse"


def test_a_page_is_read_when_it_is_all_there_is() -> None:
    page = (
        "<style>rabot</style><p>La perceuse<br>bleue</p><div>&eacute;tag&egrave;re</div><script>film</script>"
    )
    found = text_of(message(page, subtype="html"))
    assert found.split() == ["La", "perceuse", "bleue", "étagère"]


def test_a_page_quoted_in_a_page_is_left_out() -> None:
    page = "<p>La perceuse</p><blockquote>Le <blockquote>rabot</blockquote> gris</blockquote><p>merci</p>"
    assert text_of(message(page, subtype="html")).split() == ["La", "perceuse", "merci"]


def test_attachments_and_attached_messages_stay_closed() -> None:
    made = message("La perceuse")
    made.add_attachment("Le rabot", filename="rabot.txt")
    made.add_attachment(b"rabot", maintype="application", subtype="octet-stream", filename="film.bin")
    made.add_attachment(message("Le rabot", subject="film"))
    made.add_attachment(message("Le rabot", subject="film"), disposition="inline")
    assert text_of(made) == "La perceuse"


def test_nested_parts_are_found() -> None:
    inner = EmailMessage()
    inner.set_content("La perceuse")
    inner.add_alternative("<p>La perceuse <img src=cid:x></p>", subtype="html")
    inner.get_payload()[1].add_related(b"png", maintype="image", subtype="png", cid="<x>")
    made = message("x")
    made.clear_content()
    made.make_mixed()
    made.attach(inner)
    made.add_attachment(b"x", maintype="application", subtype="pdf", filename="a.pdf")
    assert text_of(made) == "La perceuse"


def test_lines_that_flow_are_put_together_again() -> None:
    made = b"Content-Type: text/plain; charset=utf-8; format=flowed\r\n\r\nhuile \r\nmoteur\r\n>quoted \r\n>film\r\n"
    assert letter(made)["text"].strip() == "huile moteur"


def test_nothing_of_the_head_comes_out() -> None:
    made = message("Bonjour.")
    made.add_alternative("<p>Bonjour</p>", subtype="html")
    made.add_attachment(b"x", maintype="image", subtype="png", filename=f"{CANARY}.png")
    made["Content-Description"] = CANARY
    made["Keywords"] = CANARY
    folded = raw(made).replace(b"Subject:", b"Subject: a\r\n\t" + CANARY.encode() + b"\r\nComments:", 1)
    for whole in (raw(made), folded, b"Content-Type : text/plain; x=" + CANARY.encode() + b"\r\n" + folded):
        assert CANARY not in letter(whole)["text"]


@pytest.mark.parametrize(
    "kind",
    [
        'multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b',
        "application/pkcs7-mime; name=smime.p7m",
    ],
)
def test_an_encrypted_message_is_told_and_not_read(kind: str) -> None:
    found = letter(f"Subject: x\r\nContent-Type: {kind}\r\n\r\nperceuse\r\n".encode())
    assert (found["isLocked"], found["text"]) == (True, "")


OTHERS = {
    "marked": "Oui, la perceuse.\n\n> Tu as le rabot ?\n>> Le film ?\n",
    "attributed": "Oui, la perceuse.\n\nLe lun. 2 nov. 2026 à 10:00, Paul Rabot <p@x.org> a écrit :\n\n> Le rabot.\n",
    "folded": "Oui, la perceuse.\n\nLe lundi 2 novembre 2026 à 10:00,\nPaul Rabot <p@x.org>\na écrit :\n> Le rabot.\n",
    "english": "Oui, la perceuse.\n\nOn Mon, Nov 2, 2026 at 10:00 AM Paul Rabot <p@x.org> wrote:\n> Le rabot.\n",
    "not marked": "Oui, la perceuse.\n\nOn Mon, Nov 2, 2026, Paul <p@x.org> wrote:\n\nLe rabot.\nLe film.\n",
    "outlook": "Oui, la perceuse.\n\nDe : Paul Rabot\nEnvoyé : lundi 2 novembre 2026\nÀ : Claire\n\nrabot",
    "original": "Oui, la perceuse.\n\n-----Message d’origine-----\nDe : Rabot\n\nLe rabot.",
    "forwarded": "Oui, la perceuse.\n\n---------- Forwarded message ---------\nFrom: Rabot\n\nLe rabot.",
    "apple": "Oui, la perceuse.\n\nDébut du message réexpédié :\n\nDe: Rabot\n\nLe rabot.",
    "signed": "Oui, la perceuse.\n\n-- \nClaire Rabot\nLes Amis du Film",
    "signed bare": "Oui, la perceuse.\n--\nClaire Rabot",
}


@pytest.mark.parametrize("name", OTHERS)
def test_words_of_others_and_signatures_are_left_out(name: str) -> None:
    assert text_of(message(OTHERS[name], charset="utf-8")) == "Oui, la perceuse."


def test_what_is_written_under_a_quotation_is_kept() -> None:
    text = "Le 2 nov. 2026, Paul a écrit :\n> Le rabot ?\n\nNon, la perceuse.\nOn verra.\n"
    assert text_of(message(text, charset="utf-8")) == "Non, la perceuse.\nOn verra."


def test_a_sentence_about_writing_is_kept() -> None:
    text = "Le menuisier a écrit un livre : la perceuse.\nOn my wall she wrote: a line with more."
    assert text_of(message(text, charset="utf-8")) == text


def test_hostile_messages_are_read_in_no_time_and_never_stop_the_rest() -> None:
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(300)
    )
    hostile = [
        b"", b"\r\n", b"\r\n\r\n", b"a", b":\n", b"Content-Type:\r\n\r\nx",
        b"Content-Type: multipart/mixed; boundary=\r\n\r\nperceuse", nested,
        b"Content-Type: text/plain; charset=" + b"a" * 100_000 + b"\r\n\r\nx",
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 20_000,
        b"Content-Type: text/html\r\n\r\n" + b"<blockquote>" * 40_000,
        b"Content-Type: text/html\r\n\r\n" + b"<" * 500_000,
        b"Content-Type: text/plain\r\n\r\n" + b"Le " * 300_000,
        b"Content-Type: text/plain\r\n\r\n" + b"Le x\n" * 100_000,
        b"Content-Type: text/plain\r\n\r\n" + b"-" * 900_000,
        b"Content-Type: text/plain\r\n\r\n" + b"\n" * 900_000,
        b"Content-Transfer-Encoding: base64\r\n\r\n" + b"=" * 900_000,
        b"X: " + b"y" * 900_000,
    ]  # fmt: skip
    questions = [{"ask": "letter", "bytes": base64.b64encode(each).decode()} for each in hostile]
    assert all("answer" in told for told in ask(*questions))


PARTS = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\x00", exclude_categories=["Cs", "Cc"]), max_size=80
)
LINES = st.lists(PARTS.filter(lambda line: not line.lstrip(" \t").startswith((">", "|"))), max_size=8)


SHAPES = st.tuples(
    LINES, st.sampled_from(["base64", "quoted-printable"]), st.booleans(), st.binary(max_size=300)
)


def shaped(lines: list[str], encoding: str, has_page: bool, attached: bytes) -> bytes:
    made = message("\n".join(["Bonjour", *lines]), charset="utf-8", cte=encoding)
    if has_page:
        made.add_alternative("<p>page</p>", subtype="html")
    if attached:
        made.add_attachment(attached, maintype="image", subtype="png", filename="a.png")
    return raw(made)


@settings(max_examples=4, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(st.lists(SHAPES, min_size=60, max_size=60))
def test_random_messages_give_the_text_that_python_finds(
    shapes: list[tuple[list[str], str, bool, bytes]],
) -> None:
    messages = [shaped(*shape) for shape in shapes]
    questions = [{"ask": "letter", "bytes": base64.b64encode(each).decode()} for each in messages]
    expected = []
    for each in messages:
        part = email.message_from_bytes(each, policy=email.policy.default).get_body(("plain",))
        assert part is not None
        expected.append(part.get_content().replace("\r\n", "\n"))
    own = [{"ask": "own", "text": text} for text in expected]
    for found, mine in zip(ask(*questions), ask(*own), strict=True):
        assert str(found["answer"]["text"]).strip() == str(mine["answer"]).strip()


def test_her_words_are_the_same_when_nothing_is_quoted() -> None:
    text = "Bonjour,\n\nLa perceuse - le rabot -- et -- le reste.\n--- fin ---"
    assert one("own", text=text) == text
