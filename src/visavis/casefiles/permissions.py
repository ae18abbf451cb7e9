"""Who may write in a case file. What one may not see is 404."""

from visavis.casefiles.models import Minutes, Note
from visavis.people.models import User


def can_write(actor: User, minutes: Minutes) -> bool:
    """Whoever of the service may see them."""
    return actor.pk != minutes.person_id


def can_take_away(actor: User, note: Note, *, follows: bool) -> bool:
    """Who wrote it, and who accompanies the person today: she may ask him to."""
    return actor.pk == note.by_id or follows
