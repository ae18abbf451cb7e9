"""What a text message says: 1, 2 or 0, stop, or words of her own. An old phone has no more than keys."""

from enum import StrEnum

from visavis.folding import fold_words

STOPS = frozenset({"stop", "arret", "arreter", "stopper", "unsubscribe", "desabonner"})
YES = frozenset({"1", "oui", "ok", "yes", "d accord"})
CALL = frozenset({"2", "rappel", "rappelez moi", "rappeler", "appelez moi", "call me"})
NO = frozenset({"0", "non", "no"})


class Meaning(StrEnum):
    """What somebody wants who answers by text."""

    YES = "yes"
    CALL = "call"
    NO = "no"
    STOP = "stop"
    WORDS = "words"


def meaning_of(text: str) -> Meaning:
    """Say what a text message means. Only a message of that and nothing else is an answer or a stop."""
    said = fold_words(text)
    for words, meaning in ((STOPS, Meaning.STOP), (YES, Meaning.YES), (CALL, Meaning.CALL), (NO, Meaning.NO)):
        if said in words:
            return meaning
    return Meaning.WORDS
