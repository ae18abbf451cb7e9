"""Words of a text that rests sealed, as marks: a text is found again by whole words, and none can be read in a mark.

A mark is a number of 63 bits, an HMAC of a folded word by the keys of contacts, other in each letterbox or collection
(`among`). An app keeps one row a mark and text, erases them with the text, and hands `turning.WORDS_ANEW` a function
that makes them anew. What they tell a thief: docs/security/at-rest.md.
"""

import hmac

from visavis.folding import fold_words
from visavis.vault import ring

SHORTEST = 3
# Longer texts are found by their beginning.
LONGEST_TEXT = 200_000
# In nearly every message: they would find nothing, and tell who counts them which language it is.
COMMON_FRENCH = """
alors apres aussi avec avez avoir avant bien bonjour bonsoir car ceci cela celle celui ces cet cette comme comment
cordialement dans depuis des donc dont elle elles encore entre est etait etes etre fait faire ils leur leurs les
lors lui madame mais meme merci mes moi moins mon monsieur mot nos notre nous ont par pas peu peut peux plus pour
pouvez quand que quel quelle qui quoi sans ses son sont sous sur suis tous tout toute toutes tres trop une veuillez
vers vos votre vous
"""
COMMON_ENGLISH = """
about after all also and any are because been before but can could dear did does for from had has have hello her
here him his how into its just kind more most not now our out please regards she should some such than thank thanks
that the their them then there these they this those was were what when where which who why will with would yes you
your
"""
COMMON = frozenset((*COMMON_FRENCH.split(), *COMMON_ENGLISH.split()))


def marks(text: str, *, among: str) -> frozenset[int]:
    """Return what a text is found by, each word once, in no order; `among` names where it is looked for."""
    key = _key(ring.writing("contacts"), among)
    return frozenset(_mark(key, word) for word in _words(text))


def asked(text: str, *, among: str) -> list[frozenset[int]]:
    """Return a set a word that is asked: a text has the word if it has one of these marks. Small words ask nothing.

    Several only while the installation's keys are being changed.
    """
    keys = [_key(key, among) for key in ring.keys("contacts")]
    return [frozenset(_mark(key, word) for key in keys) for word in sorted(_words(text))]


def _words(text: str) -> set[str]:
    """Cut a text into words that say something; singular and plural are one word."""
    words = {word for word in fold_words(text[:LONGEST_TEXT]).split() if len(word) >= SHORTEST} - COMMON
    return {word[:-1] if len(word) > SHORTEST + 1 and word[-1] in "sx" else word for word in words}


def _key(key: ring.Key, among: str) -> bytes:
    return hmac.digest(key.secret, f"words:{among}".encode(), "sha256")


def _mark(key: bytes, word: str) -> int:
    return int.from_bytes(hmac.digest(key, word.encode(), "sha256")[:8]) >> 1
