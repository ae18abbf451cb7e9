from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QueuesConfig(AppConfig):
    name = "visavis.queues"

    def ready(self) -> None:
        """Say whose files are open at a desk; name what the journal says; tell who waits, and the door how long."""
        from visavis.agencies.words import AT_THE_DOOR  # noqa: PLC0415  (the apps must be loaded)
        from visavis.live.topics import TOPICS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.noticing.limits import BROUGHT_BY  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.acting import Way, join  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.enums import Capacity  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.waiting import APPS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)
        from visavis.queues import alarms, live, permissions, waiting, words  # noqa: PLC0415  (the apps must be loaded)

        join(Capacity.AT_DESK, Way(permissions.serves, permissions.served))
        BROUGHT_BY.append(permissions.brought)
        name_thing("ticket", _("a ticket"))
        APPS.append(waiting.Queue())
        name_thing("alarm", _("an alarm of staff"))
        TOPICS[live.TOPIC] = live.may_hear
        TOPICS[alarms.TOPIC] = alarms.may_hear
        AT_THE_DOOR.append(words.light_now)
