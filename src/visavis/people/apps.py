from django.apps import AppConfig
from django.core.checks import register


class PeopleConfig(AppConfig):
    name = "visavis.people"

    def ready(self) -> None:
        """Register what a deployment must not forget."""
        from visavis.people.checks import texts_reach_people  # noqa: PLC0415  (the settings must be loaded)

        register(texts_reach_people, deploy=True)
