from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class CvsConfig(AppConfig):
    name = "visavis.cvs"

    def ready(self) -> None:
        """Say how what is read here is called, what waits, and what a deployment must know."""
        from visavis.cvs.checks import CONFINEMENT, reader_is_confined  # noqa: PLC0415  (the apps must be loaded)
        from visavis.cvs.waiting import Cvs  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people import wording  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.waiting import APPS  # noqa: PLC0415  (the apps must be loaded)

        register(reader_is_confined, CONFINEMENT, deploy=True)

        wording.name_thing("cv", _("what was read of a CV"))
        wording.name_thing("cv-out", _("the CV, taken as a file"))
        APPS.append(Cvs())
