from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VacanciesConfig(AppConfig):
    name = "visavis.vacancies"

    def ready(self) -> None:
        """Say how the journal calls what is ours."""
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)

        name_thing("feed_upload", _("a file of openings to import"))
