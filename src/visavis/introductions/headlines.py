"""For each situation and each reader: a headline, and what happens next. Words only."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visavis.common.sentences import sentences_beside
from visavis.introductions.enums import Side
from visavis.introductions.stories import Situation

type Words = tuple[Promise, Promise]

NOTHING_MORE = _("Nothing more is asked of you.")
WORDS: dict[Situation, dict[Side, Words]] = {
    Situation(situation): {
        Side(reader): (headline, following) for reader, (headline, following) in said.items()
    }
    for situation, said in sentences_beside(__file__)["headlines"].items()
}


def of(situation: Situation, reader: Side) -> Words:
    """Return a headline and what happens next, for a reader."""
    return WORDS[situation][reader]
