"""What does not run waits for the head."""

from django.urls import reverse
from django.utils.translation import gettext as _

from visavis.common.signs import all_signs
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.waiting import App, Urgency, Waiting


class Service(App):
    """What the machine says to the head's home."""

    def waiting_for(self, actor: User, role: Role) -> list[Waiting]:
        if role != Role.HEAD or all(sign.level != "wrong" for sign in all_signs()):
            return []
        words = _("A part of the service is not running.")
        return [Waiting(words, reverse("operations:service"), Urgency.TO_SETTLE, is_hot=True)]
