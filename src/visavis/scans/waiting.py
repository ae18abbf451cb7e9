"""What paper that came in says to the homes."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.people.asked import AskedBy
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.waiting import App, Waiting
from visavis.scans.enums import ScanState
from visavis.scans.models import Part, Scan

MOST = 20
CARDS = AskedBy(lambda actor: Part.objects.cards_of(actor).select_related("person").order_by("pk")[:MOST])
TO_SORT = AskedBy(
    lambda actor: Part.objects.visible_to(actor).to_sort().order_by().values_list("pk", flat=True)
)
STOPPED = AskedBy(
    lambda actor: (
        Scan.objects.visible_to(actor)
        .filter(state=ScanState.STOPPED, seen_at__isnull=True)
        .order_by()
        .values_list("pk", flat=True)
    )
)


class Paper(App):
    """Pages to be sorted, and scans that cannot be opened."""

    def waiting_for(self, actor: User, role: Role) -> list[Waiting]:
        if role not in {Role.RECEPTION, Role.COUNSELLOR}:
            return []
        cards = CARDS(actor) if role == Role.COUNSELLOR else []
        return [
            *(
                Waiting(
                    _("%(name)s filled in the cards on paper.") % {"name": one.person.name},
                    one.sheet_url,
                    label=_("Enter the sheet"),
                )
                for one in cards
                if one.person
            ),
            *self.to_sort(actor),
        ]

    def to_sort(self, actor: User) -> list[Waiting]:
        number = TO_SORT.count(actor) + STOPPED.count(actor)
        if not number:
            return []
        words = ngettext(
            "%(n)s piece of paper waits to be sorted.", "%(n)s pieces of paper wait to be sorted.", number
        )
        return [Waiting(words % {"n": number}, reverse("scans:tray"), label=_("Sort it"))]
