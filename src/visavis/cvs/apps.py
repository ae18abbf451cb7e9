from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CvsConfig(AppConfig):
    name = "visavis.cvs"

    def ready(self) -> None:
        """Say how what is read here is called in the journal's pages, and what the night deletes."""
        from visavis.common import forgetting  # noqa: PLC0415  (the apps must be loaded)
        from visavis.cvs import services  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people import wording  # noqa: PLC0415  (the apps must be loaded)

        forgetting.ALSO["cvs"] = services.forget
        wording.name_thing("cv", _("what was read of a CV"))
        wording.name_thing("cv-out", _("the CV, taken as a file"))
