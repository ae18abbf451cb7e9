from django.apps import AppConfig
from django.core.checks import Tags, register


class JournalConfig(AppConfig):
    name = "visavis.journal"

    def ready(self) -> None:
        """Register what a deployment must not forget."""
        from visavis.journal.checks import JOURNAL, guards_hold  # noqa: PLC0415  (the settings must be loaded)

        register(guards_hold, Tags.security, JOURNAL, deploy=True)
