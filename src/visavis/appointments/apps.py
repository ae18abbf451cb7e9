from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppointmentsConfig(AppConfig):
    name = "visavis.appointments"

    def ready(self) -> None:
        """Name what the journal and the news say, and tell the homes and the desk what is to come."""
        from visavis.agencies import absences, closures  # noqa: PLC0415  (the apps must be loaded)
        from visavis.agencies import handing as agencies  # noqa: PLC0415  (the apps must be loaded)
        from visavis.appointments import closing, handing, telling, waiting  # noqa: PLC0415  (the apps must be loaded)
        from visavis.appointments.views import by_letter  # noqa: PLC0415  (the apps must be loaded)
        from visavis.news.wording import name_letter, name_news  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.waiting import APPS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)

        closures.TOUCHES.append(closing.touched)
        closures.AFTER_CLOSURE.add(closing.cancel)
        absences.AFTER_ABSENCE.add(handing.cover)
        agencies.HOLDINGS.append(handing.APPOINTMENTS)
        name_thing("appointment", _("an appointment"))
        name_thing("appointments", _("appointments"))
        name_thing("kind", _("a kind of appointment"))
        name_thing("workshop", _("a workshop"))
        name_thing("agenda", _("a day of appointments"))
        name_thing("calendar", _("the address of a calendar"))
        name_thing("receiving", _("the hours in which somebody receives"))
        name_news(telling.THING, telling.ALOUD)
        name_letter(telling.THING, telling.on_paper, by_letter.page)
        APPS.append(waiting.Appointments())
