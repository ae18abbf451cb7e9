from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VacanciesConfig(AppConfig):
    name = "visavis.vacancies"

    def ready(self) -> None:
        """Say how the journal and the news call what is ours."""
        from visavis.news.wording import name_letter, name_news  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.waiting import APPS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)
        from visavis.vacancies import waiting, written  # noqa: PLC0415  (the apps must be loaded)
        from visavis.vacancies.views import by_letter  # noqa: PLC0415  (the apps must be loaded)

        name_news(
            "vacancy",
            {
                "ad-hidden": _("Your ad is hidden while we check it: read why, and answer."),
                "ad-shown-again": _("Your ad is shown again."),
                "written": _("“We wrote a vacancy for you. I read it to you: is it right?”"),
            },
        )
        name_letter("vacancy", written.on_paper, by_letter.page)
        name_thing("feed_upload", _("a file of openings to import"))
        name_thing("feed_address", _("the address of a source of openings"))
        name_thing("report", _("a report of an ad"))
        APPS.append(waiting.Vacancies())
