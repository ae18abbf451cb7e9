from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CvsConfig(AppConfig):
    name = "visavis.cvs"

    def ready(self) -> None:
        """Say how what is read here is called in the journal's pages."""
        from visavis.people import wording  # noqa: PLC0415  (the apps must be loaded)

        wording.name_thing("cv", _("what was read of a CV"))
        wording.name_thing("cv-out", _("the CV, taken as a file"))
