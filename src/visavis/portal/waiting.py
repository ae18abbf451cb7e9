"""What the desk itself says of the people of a caseload."""

from django.utils.translation import gettext_lazy as _

from visavis.people.waiting import App, Filter
from visavis.portal.desk import changed


class Desk(App):
    """Whose file changed since one looked."""

    filters = (Filter("changed", _("Changed since I last looked"), changed.is_changed, place=28),)
