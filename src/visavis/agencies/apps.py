from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgenciesConfig(AppConfig):
    name = "visavis.agencies"

    def ready(self) -> None:
        """Name what the journal says."""
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)

        name_thing("absence", _("an absence"))
        name_thing("closure", _("a closure"))
        name_thing("open-day", _("a day with hours of its own"))
        name_thing("handover", _("what was handed over"))
        name_thing("invitation", _("an invitation to work here"))
