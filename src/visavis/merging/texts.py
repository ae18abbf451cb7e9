"""One word by text message: “that is not me”."""

from django.utils.translation import gettext as _

from visavis.folding import fold_words
from visavis.merging import services
from visavis.merging.models import Merge
from visavis.people.models import User

MEANT = frozenset(
    {"pasmoi", "pas moi", "ce n est pas moi", "c est pas moi", "notme", "not me", "this is not me"}
)


def not_me_by_word(person: User, text: str) -> str:
    """Do what the word asks; return what stands in her thread of it, nothing where it is no such word."""
    if fold_words(text) not in MEANT:
        return ""
    row = Merge.objects.undoable().filter(stays=person).order_by("-at").first()
    if row is None:
        return ""
    if services.contest(row=row, by=person):
        return _("The person says that the other file is not hers. They are two again.")
    return _("The person says that the other file is not hers. Somebody of the agency looks at it.")
