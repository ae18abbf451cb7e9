"""Text made comparable: the door to folding, cleaning of advertised titles, n-grams and stems.

Nothing here learns anything: the same text gives the same result on every machine.
"""

from visavis.engine.text.folding import stems, words
from visavis.engine.text.genders import both_genders
from visavis.engine.text.ngrams import hashed_ngrams, ngram_counts, unit_rows
from visavis.engine.text.wording import clean_title
from visavis.folding import fold

__all__ = [
    "both_genders",
    "clean_title",
    "fold",
    "hashed_ngrams",
    "ngram_counts",
    "stems",
    "unit_rows",
    "words",
]
