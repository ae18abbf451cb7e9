"""Why something fell back or was refused, in the reader's language."""

from django.utils.functional import Promise

from visavis.common.sentences import sentences_beside

REASONS: dict[str, str | Promise] = sentences_beside(__file__)["reasons"]


def sentence(code: str) -> str:
    """Return the sentence of a reason; an old code stays as it is."""
    return str(REASONS.get(code, code))
