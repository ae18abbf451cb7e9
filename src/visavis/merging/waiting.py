"""What merges say to the homes: of which somebody said that it is not her, and what she may still undo."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.merging.models import Merge
from visavis.people.asked import AskedBy
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.waiting import PROFILE, App, Event, Happened, Urgency, Waiting

CONTESTED = AskedBy(
    lambda actor: Merge.objects.visible_to(actor).contested().order_by().values_list("pk", flat=True)
)


class Merges(App):
    """Two files that became one."""

    chapter = PROFILE

    def waiting_for(self, actor: User, role: Role) -> list[Waiting]:
        """Return to the reception and the head how many say that a file is not theirs."""
        number = CONTESTED.count(actor) if role in (Role.HEAD, Role.RECEPTION) else 0
        if not number:
            return []
        words = ngettext(
            "%(n)s person says that a second file is not hers.",
            "%(n)s people say that a second file is not theirs.",
            number,
        )
        url = reverse("merging:list")
        return [Waiting(words % {"n": number}, url, Urgency.TO_SETTLE, label=_("See"), is_hot=True)]

    def lately(self, person: Any, most: int) -> None:
        """Tell it among all that happened only: a person's page at the desk asks nothing for what is that rare."""

    def happened(self, person: Any) -> Happened:
        return Happened(Merge.objects.told_to(person.user_id))

    def tell(self, rows: Iterable[Any], person: Any, actor: User) -> list[Event]:
        """Put merges into words."""
        is_hers = person.user_id == actor.pk
        url = reverse("merging:mine") if is_hers else ""
        said = _("Two of your files became one.") if is_hers else _("Two files of this person became one.")
        return [Event(row.at, said, url, was_undone=row.undone_at is not None) for row in rows]
