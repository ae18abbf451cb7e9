from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsentsConfig(AppConfig):
    name = "visavis.consents"

    def ready(self) -> None:
        """Say how the journal and the news call a yes."""
        from visavis.consents import services  # noqa: PLC0415  (the apps must be loaded)
        from visavis.consents.models import Consent  # noqa: PLC0415  (the apps must be loaded)
        from visavis.journal.witnesses import WITNESSES  # noqa: PLC0415  (the apps must be loaded)
        from visavis.news.wording import name_news  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)

        WITNESSES.append(
            lambda: Consent.objects.exclude(how=Consent.How.BEFORE).order_by().datetimes("at", "day")
        )
        name_thing("consent", _("what was agreed to"))
        name_news("consent", services.ALOUD)
