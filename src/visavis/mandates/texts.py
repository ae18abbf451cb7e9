"""The word that ends a mandate by a text message: one word a mandate, and nothing else in the message."""

from django.utils.translation import gettext as _

from visavis.folding import fold_words
from visavis.mandates import services
from visavis.mandates.enums import Way
from visavis.mandates.models import Mandate
from visavis.people.models import User


def end_by_word(person: User, text: str) -> str:
    """End the mandate whose word a person sends; return what stands in her thread of it, nothing where it is no such
    word."""
    word = fold_words(text)
    row = Mandate.objects.not_over().with_words().filter(person=person, word=word).first() if word else None
    if row is None:
        return ""
    services.end(mandate=row, by=person, way=Way.SMS)
    name = row.helper.name if row.helper else _("a helper who has not begun")
    return _("The person ended a mandate by text message: %(name)s may no longer act for this person.") % {
        "name": name
    }
