from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InterviewsConfig(AppConfig):
    name = "visavis.interviews"

    def ready(self) -> None:
        """Name what the journal says, and say who hears a room."""
        from visavis.acts.ledger import WITH_EACH_STEP  # noqa: PLC0415  (the apps must be loaded)
        from visavis.appointments.enums import Channel  # noqa: PLC0415  (the apps must be loaded)
        from visavis.appointments.held import HELD  # noqa: PLC0415  (the apps must be loaded)
        from visavis.appointments.rooms import OF_A_DAY, PAGES, ROOMS, RoomsOfDay  # noqa: PLC0415  (the apps must be loaded)
        from visavis.common.signs import SIGNS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.interviews import after, held, live, rooms, signs, waiting  # noqa: PLC0415  (the apps must be loaded)
        from visavis.live.topics import TOPICS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.waiting import APPS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)

        WITH_EACH_STEP.append(rooms.with_step)
        WITH_EACH_STEP.append(after.with_step)
        ROOMS[Channel.VIDEO] = rooms.room
        OF_A_DAY.append(RoomsOfDay(waiting.rooms_beside, waiting.rooms_said))
        PAGES.append((_("Interviews by video"), "interviews:waiting"))
        PAGES.append((_("People to call"), "interviews:calls"))
        HELD.append(held.held)
        APPS.append(waiting.Interviews())
        SIGNS["relay"] = signs.relay
        TOPICS[live.TOPIC] = live.may_hear
        name_thing("interview", _("an interview by video"))
        name_thing("seat", _("a seat in an interview"))
        name_thing("call", _("a call in place of an interview"))
        name_thing("calls", _("people to call"))
        name_thing("interviews", _("interviews by video"))
