"""The pages for jobseekers are plain: each page, each sentence, no acronym without its word."""

import re
from collections.abc import Iterator

import pytest

from tests.access.row import Row
from tests.personas import Town
from tests.stories.labels import opened
from tests.stories.plain import Sentence, ease, middle, sentences_of
from tests.test_hostile import crowded, different, kept_crowd  # noqa: F401  (fixtures)

pytestmark = pytest.mark.django_db

PAGE, SENTENCE, LONGEST, MIDDLE = 80, 50, 20, 12
# Under so many words a formula says nothing of a page; its sentences are looked at all the same.
FEWEST = 30
# What is not told to jobseekers, or in other people's words.
NOT_HERS = re.compile(r"^(api|ui|demo|mfa)[:_]|^traces:companion$")
# Tables in which each line is a thing, a time and a law.
OF_LAW = {"leaving:kept", "traces:knowing"}
# Words of the labour code, of an article, or of the glossary, which have no plainer ones.
TERMS = re.compile(r"Contrat à durée (in)?déterminée|CNIL|^Le compagnon peut-il avoir une autorisation")
# Known as they are said: files and messages, classes of driving licences, certificates that one has or has not heard
# of, and the words that one sends.
WORDS = re.compile(r"CV|SMS|PDF|QR|JSON|AM|BE|CE|CAP|BEP|CACES|FIMO|SIRET|CDI|CDD|STOP|RESTER")
# With their words before or behind them.
EXPLAINED = re.compile(r"\b[A-ZÉÈ]{2,} \([^)]{12,}\)|\([A-ZÉÈ]{2,}\)")
ACRONYM = re.compile(r"\b[A-ZÉÈ]{2,}\b")


def hers() -> Iterator[tuple[str, Row]]:
    """Give every page that a jobseeker or a visitor may open, as whom."""
    for who in ("amelie", "visitor"):
        for row in different():
            if row.method == "get" and who in row.allowed and not NOT_HERS.search(row.name):
                yield who, row


def pages(town: Town) -> dict[str, list[Sentence]]:
    """Open every page of hers; return what each says."""
    found: dict[str, list[Sentence]] = {}
    for who, row in hers():
        main = opened(town, who, row, "fr")[1]
        if main is not None:
            found[f"{who} {row.name} {' '.join(map(str, row.arguments.values()))}"] = sentences_of(main)
    return found


def test_every_page_for_jobseekers_is_plain(crowded: Town) -> None:  # noqa: F811
    found = pages(crowded)
    wrong: set[str] = set()
    for name, said in found.items():
        where = name.split()[1]
        ours = [one for one in said if not TERMS.search(one.said)]
        if sum(len(one.words) for one in ours) >= FEWEST:
            if ease(ours) < PAGE:
                wrong.add(f"{name}: {ease(ours):.0f}, at least {PAGE}")
            if middle(ours) > MIDDLE:
                wrong.add(f"{name}: {middle(ours):.0f} words a sentence in the middle, at most {MIDDLE}")
        if where not in OF_LAW:
            wrong |= {f"{where}: {why}" for one in ours for why in heavy(one)}
    assert len(found) > 150
    assert not wrong, "\n".join(["", *sorted(wrong)])


def heavy(sentence: Sentence) -> list[str]:
    """Say what is heavy about a sentence: its length, its words, or an acronym without its word."""
    number, wrong = len(sentence.words), []
    if number > LONGEST:
        wrong.append(f"{number} words: {sentence.said}")
    elif number >= 5 and sentence.ease < SENTENCE:
        wrong.append(f"{sentence.ease:.0f}: {sentence.said}")
    # One word alone is one to send, drawn for her.
    if number > 1:
        unknown = (
            one for one in ACRONYM.findall(EXPLAINED.sub("", sentence.said)) if not WORDS.fullmatch(one)
        )
        wrong += [f"{one}: {sentence.said}" for one in unknown]
    return wrong


SENTENCES = {
    "Choisissez un jour, puis une heure.": False,
    "Votre demande d’indemnisation complémentaire nécessite une régularisation administrative.": True,
    "Vous pouvez " + "et " * 19 + "venir.": True,
    "Vous pouvez vous plaindre à la CNIL.": True,
    "Écrivez à la SPA (la société qui protège les chats).": False,
}


def test_a_heavy_sentence_is_found() -> None:
    assert {said: bool(heavy(Sentence(said))) for said in SENTENCES} == SENTENCES
