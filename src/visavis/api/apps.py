from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "visavis.api"

    def ready(self) -> None:
        """Name in the journal what this app writes there."""
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)

        name_thing("token", _("a token for programs"))
