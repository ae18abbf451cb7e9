from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StationsConfig(AppConfig):
    name = "visavis.stations"

    def ready(self) -> None:
        """Name what the journal says, tell reception who calls for help, and a ticket where a station is."""
        from visavis.appointments.enums import Channel  # noqa: PLC0415  (the apps must be loaded)
        from visavis.appointments.places import PLACES  # noqa: PLC0415  (the apps must be loaded)
        from visavis.live.topics import TOPICS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.waiting import APPS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)
        from visavis.queues.words import ON_A_TICKET, ON_THE_BOARD  # noqa: PLC0415  (the apps must be loaded)
        from visavis.stations import booths, live, waiting  # noqa: PLC0415  (the apps must be loaded)

        name_thing("station", _("a station"))
        name_thing("station-rules", _("how one sits at the stations"))
        name_thing("badge", _("a card for the stations"))
        APPS.append(waiting.Stations())
        TOPICS[live.TOPIC] = live.may_hear
        PLACES[Channel.VIDEO] = booths.numbers
        ON_A_TICKET.append(waiting.on_a_ticket)
        ON_THE_BOARD.append(waiting.on_the_board)
