from django.apps import AppConfig
from django.core.checks import register


class DemoConfig(AppConfig):
    name = "visavis.demo"

    def ready(self) -> None:
        """Register what a demonstration must never be."""
        from visavis.demo.checks import (  # noqa: PLC0415  (the settings must be loaded)
            doors_open_on_this_machine_only,
        )

        register(doors_open_on_this_machine_only, deploy=True)
