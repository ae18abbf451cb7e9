from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LeavingConfig(AppConfig):
    name = "visavis.leaving"

    def ready(self) -> None:
        """Say how what ends is called in the journal's pages and the news."""
        from visavis.leaving import quiet  # noqa: PLC0415  (the apps must be loaded)
        from visavis.news.wording import name_news  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)

        name_thing("data-out", _("all that is kept of the person, taken away"))
        name_thing("hold", _("what holds the account"))
        name_thing("retention", _("what was past its time"))
        name_news("account", quiet.ALOUD)
