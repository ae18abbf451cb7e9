from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QueuesConfig(AppConfig):
    name = "visavis.queues"

    def ready(self) -> None:
        """Name what the journal says, tell the homes who waits, and the page of a door how long."""
        from visavis.agencies.words import AT_THE_DOOR  # noqa: PLC0415  (the apps must be loaded)
        from visavis.live.topics import TOPICS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.waiting import APPS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)
        from visavis.queues import live, waiting, words  # noqa: PLC0415  (the apps must be loaded)

        name_thing("ticket", _("a ticket"))
        APPS.append(waiting.Queue())
        TOPICS[live.TOPIC] = live.may_hear
        AT_THE_DOOR.append(words.waiting_now)
