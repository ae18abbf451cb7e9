"""One message: its text as Python's own parser finds it, her own words only, nothing of its head."""

import base64
import email
import email.policy
from email.message import EmailMessage
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.companion.mailing import CANARY, ask, message, one, raw


def letters(*messages: bytes) -> list[dict[str, Any]]:
    """Have all read in one process."""
    questions = [{"ask": "letter", "bytes": base64.b64encode(each).decode()} for each in messages]
    return [told["answer"] for told in ask(*questions)]


def texts(*messages: EmailMessage) -> list[str]:
    found = letters(*map(raw, messages))
    assert not any(one["isBroken"] for one in found)
    return [str(one["text"]).strip() for one in found]


CHARSETS = [
    (charset, encoding)
    for charset in ("utf-8", "iso-8859-1", "iso-8859-15", "windows-1252")
    for encoding in ("base64", "quoted-printable", "8bit")
]


def test_letters_are_read_in_the_charset_that_is_told() -> None:
    # This node takes windows-1252 for iso-8859-1; the test in Chromium has the euro too.
    euro = {
        charset: "" if charset in {"iso-8859-1", "windows-1252"} else " à 12 €" for charset, _how in CHARSETS
    }
    said = {one: f"Étagère en chêne, ça me plaît{euro[one[0]]}" for one in CHARSETS}
    made = [message(text, charset=charset, cte=how) for (charset, how), text in said.items()]
    assert dict(zip(CHARSETS, texts(*made), strict=True)) == said
    unknown = raw(message("Une perceuse", charset="utf-8")).replace(b'"utf-8"', b'"x-unheard-of"')
    flows = b"Content-Type: text/plain; charset=utf-8; format=flowed\r\n\r\nhuile \r\nmoteur\r\n>quoted \r\n>film\r\n"
    assert [one["text"].strip() for one in letters(unknown, flows)] == ["Une perceuse", "huile moteur"]


def nested() -> EmailMessage:
    inner = EmailMessage()
    inner.set_content("La perceuse")
    inner.add_alternative("<p>Le rabot <img src=cid:x></p>", subtype="html")
    inner.get_payload()[1].add_related(b"png", maintype="image", subtype="png", cid="<x>")
    made = message("x")
    made.clear_content()
    made.make_mixed()
    made.attach(inner)
    made.add_attachment(b"x", maintype="application", subtype="pdf", filename="a.pdf")
    return made


def test_a_page_is_read_when_it_is_all_there_is_without_what_it_quotes() -> None:
    page = (
        "<style>rabot</style><p>La perceuse<br>bleue</p><div>&eacute;tag&egrave;re</div><script>film</script>"
    )
    quotes = "<p>La perceuse</p><blockquote>Le <blockquote>rabot</blockquote> gris</blockquote><p>merci</p>"
    found = texts(*(message(one, subtype="html") for one in (page, quotes)))
    assert found[0].split() == ["La", "perceuse", "bleue", "étagère"]
    assert found[1].split() == ["La", "perceuse", "merci"]


def test_of_parts_the_text_is_taken_and_attached_messages_stay_closed() -> None:
    both, attached = message("La perceuse"), message("La perceuse")
    both.add_alternative("<p>Le rabot</p>", subtype="html")
    attached.add_attachment("Le rabot", filename="rabot.txt")
    attached.add_attachment(b"rabot", maintype="application", subtype="octet-stream", filename="film.bin")
    attached.add_attachment(message("Le rabot", subject="film"))
    attached.add_attachment(message("Le rabot", subject="film"), disposition="inline")
    assert texts(both, attached, nested()) == ["La perceuse"] * 3


def test_nothing_of_the_head_comes_out() -> None:
    made = message("Bonjour.")
    made.add_alternative("<p>Bonjour</p>", subtype="html")
    made.add_attachment(b"x", maintype="image", subtype="png", filename=f"{CANARY}.png")
    made["Content-Description"] = CANARY
    made["Keywords"] = CANARY
    folded = raw(made).replace(b"Subject:", b"Subject: a\r\n\t" + CANARY.encode() + b"\r\nComments:", 1)
    spaced = b"Content-Type : text/plain; x=" + CANARY.encode() + b"\r\n" + folded
    assert not [one for one in letters(raw(made), folded, spaced) if CANARY in one["text"]]


def test_an_encrypted_message_is_told_and_not_read() -> None:
    kinds = (
        'multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b',
        "application/pkcs7-mime; name=smime.p7m",
    )
    found = letters(*(f"Subject: x\r\nContent-Type: {kind}\r\n\r\nperceuse\r\n".encode() for kind in kinds))
    assert [(one["isLocked"], one["text"]) for one in found] == [(True, ""), (True, "")]


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


ABOUT_WRITING = "Le menuisier a écrit un livre : la perceuse.\nOn my wall she wrote: a line with more."
KEPT = {
    "Le 2 nov. 2026, Paul a écrit :\n> Le rabot ?\n\nNon, la perceuse.\nOn verra.\n": "Non, la perceuse.\nOn verra.",
    ABOUT_WRITING: ABOUT_WRITING,
}


def test_words_of_others_and_signatures_are_left_out_and_hers_are_kept() -> None:
    found = texts(*(message(text, charset="utf-8") for text in (*OTHERS.values(), *KEPT)))
    assert dict(zip(OTHERS, found, strict=False)) == dict.fromkeys(OTHERS, "Oui, la perceuse.")
    assert found[len(OTHERS) :] == [*KEPT.values()]
    text = "Bonjour,\n\nLa perceuse - le rabot -- et -- le reste.\n--- fin ---"
    assert one("own", text=text) == text


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

    assert len(letters(*hostile)) == len(hostile)


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

    expected = []
    for each in messages:
        part = email.message_from_bytes(each, policy=email.policy.default).get_body(("plain",))
        assert part is not None
        expected.append(part.get_content().replace("\r\n", "\n"))
    own = [{"ask": "own", "text": text} for text in expected]
    for found, mine in zip(letters(*messages), ask(*own), strict=True):
        assert str(found["text"]).strip() == str(mine["answer"]).strip()
