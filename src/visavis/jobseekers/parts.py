"""The parts of a profile as a counsellor reads them; the questions themselves speak to the person."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visavis.common.sentences import sentences_beside

PARTS: dict[str, Promise] = sentences_beside(__file__)["parts"]


def part(slug: str) -> str:
    """Return what a part of the profile is called."""
    return str(PARTS.get(slug, _("the profile")))
