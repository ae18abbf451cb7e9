from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnreachedConfig(AppConfig):
    name = "visavis.unreached"

    def ready(self) -> None:
        """Tell the desk, the head and reception whom nothing has reached, and name what the journal says."""
        from visavis.jobseekers import opened  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.waiting import APPS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)
        from visavis.unreached import counter, looking, waiting  # noqa: PLC0415  (the apps must be loaded)

        APPS.append(waiting.NobodyLost())
        opened.HINTS.append(counter.hint)
        name_thing(looking.THING, _("whom nothing has reached for weeks"))
