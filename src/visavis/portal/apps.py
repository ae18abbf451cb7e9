from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "visavis.portal"

    def ready(self) -> None:
        """Add the filter of what changed to those that the apps give."""
        from visavis.people.waiting import APPS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.portal.waiting import Desk  # noqa: PLC0415  (the apps must be loaded)

        APPS.append(Desk())
