from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    name = "visavis.webhooks"

    def ready(self) -> None:
        """Write what is to be told with each act below, and name what the journal and the news say."""
        from visavis.acts import ledger  # noqa: PLC0415  (the apps must be loaded)
        from visavis.news.wording import name_news  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)
        from visavis.vacancies import changes  # noqa: PLC0415  (the apps must be loaded)
        from visavis.vault import turning  # noqa: PLC0415  (the apps must be loaded)
        from visavis.webhooks import events, models, signing  # noqa: PLC0415  (the apps must be loaded)

        turning.OTHERWISE.append(
            turning.Otherwise(
                models.Endpoint,
                ("secret", "former_secret"),
                "secret",
                signing.holds_former,
                signing.seal_anew,
            )
        )
        ledger.WITH_EACH_STEP.append(events.moved)
        changes.AFTER_CHANGE.add_within(events.vacancy_changed)
        name_thing("webhook", _("a program that is told what happens"))
        name_news(
            "webhook", {"off": _("A program of the agency is told nothing any more: it did not answer.")}
        )
