from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LeavingConfig(AppConfig):
    name = "visavis.leaving"

    def ready(self) -> None:
        """Say how what is taken away is called in the journal's pages."""
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)

        name_thing("data-out", _("all that is kept of the person, taken away"))
