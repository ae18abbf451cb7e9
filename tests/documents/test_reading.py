"""The words of a drawn page are read in French and English, in a process of its own; what cannot be read has none."""

import io
import json
from types import SimpleNamespace

import pypdfium2
import pytest
import typst

from tests.documents import making
from visavis.common import apart
from visavis.documents.reading import __main__ as reader
from visavis.documents.reading import alone
from visavis.documents.reading.text import Read

pytestmark = pytest.mark.skipif(not alone.is_possible(), reason="tesseract is not on this machine")

FRENCH = "Attestation de travail délivrée à Élodie Lefèvre"
ENGLISH = "She worked with us for three years"


def page(*lines: str, turned: float = 0) -> bytes:
    """Print lines on a page, in letters of eleven points, and scan it at 150 dots an inch, turned clockwise."""
    source = '#set page(paper: "a4")\n#set text(size: 11pt)\n' + "\n\n".join(lines)
    printed = pypdfium2.PdfDocument(typst.compile(source.encode()))[0].render(scale=150 / 72).to_pil()
    return making.jpeg(printed.convert("RGB").rotate(-turned, expand=True, fillcolor=(240, 240, 236)))


def test_words_are_read_in_both_languages_askew_and_each_page_in_its_place() -> None:
    one, nothing, broken, other = alone.words_of(
        [page(FRENCH, ENGLISH, turned=3), page(), b"\xff\xd8\xff nothing", page(ENGLISH)]
    )
    assert FRENCH in one.text and ENGLISH in one.text
    assert nothing == broken == Read("") and ENGLISH in other.text


@pytest.mark.parametrize("turned", [90, pytest.param(180, marks=pytest.mark.again)])
def test_a_page_on_its_head_or_its_side_is_read_and_says_how_to_turn_it(turned: int) -> None:
    lines = [f"{FRENCH}, le {day} mars, pour servir et valoir ce que de droit." for day in range(1, 13)]
    (read,) = alone.words_of([page(*lines, turned=turned)])
    assert "servir et valoir" in read.text and read.turn == (360 - turned) % 360


@pytest.mark.parametrize(
    "said", [b"", b"[]", b'[{"text": 4, "turn": 0}]', b'[{"text": "x", "turn": 7}]', b"{"]
)
def test_the_answer_of_the_reader_is_taken_as_a_strangers(
    monkeypatch: pytest.MonkeyPatch, said: bytes
) -> None:
    monkeypatch.setattr(apart, "run", lambda *program, data, seconds: said)
    assert alone.words_of([page(FRENCH)]) == [Read("")]


def test_whatever_else_the_machine_does_comes_before_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(reader.os, "nice", asked.append)
    monkeypatch.setattr(reader, "limit", lambda **most: asked.append(most))
    monkeypatch.setattr(reader, "confine", lambda: asked.append("confined"))
    monkeypatch.setattr(reader.sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"[0]\n")))
    assert reader.main() == 0 and json.loads(capsys.readouterr().out) == [{"text": "", "turn": 0}]
    assert asked == [10, {"memory_bytes": reader.MEMORY_BYTES, "cpu_s": reader.CPU_S}, "confined"]
