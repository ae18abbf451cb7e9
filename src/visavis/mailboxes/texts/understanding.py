"""What a text message says: yes, no, call me, another day, stop, or words that a person reads.

A message is an answer only where all its words belong to that answer, polite ones aside. A condition, a question or
two answers at once leave words over, and go to a person. Stop needs no more than to be said. Phrases: `answers.toml`.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from visavis.folding import fold_words


class Meaning(StrEnum):
    """What somebody wants who answers by text."""

    YES = "yes"
    CALL = "call"
    NO = "no"
    OTHER_DAY = "other-day"
    STOP = "stop"
    UNDO = "undo"
    WORDS = "words"


_ANSWERS = (Meaning.YES, Meaning.NO, Meaning.CALL, Meaning.OTHER_DAY)
_TOLD = tomllib.loads(Path(__file__).with_name("answers.toml").read_text(encoding="utf-8"))


def _laid(phrase: str) -> str:
    """Put the parts in the place of their names; a long phrase goes over several lines."""
    phrase = phrase.replace("\\\n", "")
    for name in reversed(_TOLD["parts"]):
        phrase = phrase.replace(f"{{{name}}}", _TOLD["parts"][name].replace("\\\n", ""))
    return phrase


def _whole(phrases: Iterable[str]) -> list[re.Pattern[str]]:
    return [re.compile(f"(?:{_laid(phrase)})(?= |$)") for phrase in phrases]


def _anywhere(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(_laid, phrases)))


_SAID = {meaning: _whole(_TOLD[meaning]["said"]) for meaning in _ANSWERS}
_BESIDE = {meaning: _whole(_TOLD[meaning]["beside"]) for meaning in _ANSWERS}
_STOP, _NEVER = _anywhere(_TOLD["stop"]["said"]), _anywhere(_TOLD["stop"]["never"])
_POLITE = re.compile(rf"\b(?:{'|'.join(map(_laid, _TOLD['polite']['said']))})\b")
_LOOSELY = {meaning: re.compile(_laid(_TOLD["loosely"][meaning])) for meaning in _ANSWERS}
_DOUBT = re.compile(_laid(_TOLD["loosely"]["doubt"]))
_SIGNED = re.compile(_TOLD["polite"]["signed"])


def meaning_of(text: str, name: str = "") -> Meaning:
    """Say what a text message means; `name` is its sender's, who may sign with it."""
    said = _in_words(text, name)
    if said in _TOLD["undo"]["said"]:
        return Meaning.UNDO
    if _STOP.search(said) and not _NEVER.search(said):
        return Meaning.STOP
    found = _answers(said) or _loosely(said)
    if found == {Meaning.NO, Meaning.OTHER_DAY}:
        return Meaning.OTHER_DAY
    if len(found) != 1 or ("?" in text and found <= {Meaning.YES, Meaning.NO}):
        return Meaning.WORDS
    return found.pop()


def _in_words(text: str, name: str) -> str:
    """Fold a message, and take away greetings, thanks, signatures and pictures."""
    names = "|".join(re.escape(word) for word in name.split())
    if names:
        text = re.sub(rf"[,.;!\n-]\s*(?:(?:{names})[\s.]*)+$", "", text, flags=re.IGNORECASE)
    pictures = _TOLD["pictures"]
    said = fold_words("".join(pictures.get(sign, " " if _is_picture(sign) else sign) for sign in text))
    said = re.sub(r"([a-z])\1{2,}", r"\1", said)
    said = " ".join(_TOLD["short"].get(word, word) for word in said.split())
    return " ".join(_POLITE.sub(" ", _SIGNED.sub("", said)).split())


def _is_picture(sign: str) -> bool:
    return unicodedata.category(sign) in {"So", "Sk", "Cf", "Mn"} and sign not in "´`"


def _loosely(said: str) -> set[Meaning]:
    """Return the answer of a message that says more than an answer; none where anything in it is in doubt."""
    cues = {meaning: match for meaning, form in _LOOSELY.items() if (match := form.search(said))}
    for_a_person = set(cues) & {Meaning.CALL, Meaning.OTHER_DAY}
    if set(cues) - {Meaning.NO} == {Meaning.OTHER_DAY} or set(cues) == {Meaning.CALL}:
        return for_a_person
    if len(cues) != 1 or for_a_person:
        return set()
    ((meaning, cue),) = cues.items()
    rest = said[: cue.start()] + said[cue.end() :]
    is_sure = len(rest.split()) <= _TOLD["loosely"]["most_words"] and not _DOUBT.search(rest)
    return {meaning} if is_sure else set()


def _answers(said: str) -> set[Meaning]:
    """Return the answers of which all the words are; none where a word is left over."""
    found: set[Meaning] = set()
    beside: set[Meaning] = set()
    while said:
        ends = _ends(_SAID, said)
        into, longest = found, max(ends.values(), default=0)
        more = _ends(_BESIDE, said)
        if max(more.values(), default=0) > longest:
            ends, into, longest = more, beside, max(more.values())
        if not longest:
            return set()
        into |= {meaning for meaning, end in ends.items() if end == longest}
        said = said[longest:].strip()
    return found if not beside or found & beside else set()


def _ends(forms: dict[Meaning, list[re.Pattern[str]]], said: str) -> dict[Meaning, int]:
    """Return how far the longest phrase of each answer goes from the beginning."""
    fits = {
        meaning: [match.end() for form in phrases if (match := form.match(said))]
        for meaning, phrases in forms.items()
    }
    return {meaning: max(ends) for meaning, ends in fits.items() if ends}
