"""The one word that keeps a follow-up, in each language."""

from visavis.folding import fold_words

# The first is the one we name, in her language; the others are what people write instead.
NAMED = {"fr": "RESTER", "en": "STAY"}
MEANT = frozenset({"rester", "reste", "je reste", "je veux rester", "stay", "i stay", "i want to stay"})


def word_for(language: str) -> str:
    """Return the word that we name to a person."""
    return NAMED.get(language, NAMED["fr"])


def is_it(text: str) -> bool:
    """Say whether a message is that word, and nothing else."""
    return fold_words(text) in MEANT
