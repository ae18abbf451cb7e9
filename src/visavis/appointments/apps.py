from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# What the journal names, in the words of who reads it.
THINGS = {
    "appointment": _("an appointment"),
    "appointments": _("appointments"),
    "to-choose": _("an invitation to choose a time"),
    "times-asked": _("more times asked for"),
    "kind": _("a kind of appointment"),
    "workshop": _("a workshop"),
    "agenda": _("a day of appointments"),
    "agenda-of-other-days": _("a day of appointments of another week"),
    "invitations": _("whom appointments were proposed to"),
    "calendar": _("the address of a calendar"),
    "outside-calendar": _("a calendar that is read in"),
    "receiving": _("the hours in which somebody receives"),
}


class AppointmentsConfig(AppConfig):
    name = "visavis.appointments"

    def ready(self) -> None:
        """Say whose files a meeting opens; name what the journal and the news say; tell what is to come."""
        from visavis.acts.ledger import WITH_EACH_STEP  # noqa: PLC0415  (the apps must be loaded)
        from visavis.agencies import absences, closures  # noqa: PLC0415  (the apps must be loaded)
        from visavis.agencies import handing as agencies  # noqa: PLC0415  (the apps must be loaded)
        from visavis.appointments import closing, handing, leaving, permissions, places, telling, waiting  # noqa: PLC0415  (the apps must be loaded)
        from visavis.appointments.inviting import telling as inviting  # noqa: PLC0415  (the apps must be loaded)
        from visavis.appointments.views import by_letter, invited  # noqa: PLC0415  (the apps must be loaded)
        from visavis.leaving import services as accounts  # noqa: PLC0415  (the apps must be loaded)
        from visavis.news.wording import name_letter, name_news  # noqa: PLC0415  (the apps must be loaded)
        from visavis.noticing.limits import BROUGHT_BY  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.acting import Way, join  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.enums import Capacity  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.waiting import APPS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)

        WITH_EACH_STEP.append(places.with_step)
        BROUGHT_BY.append(permissions.brought)
        join(Capacity.MET, Way(permissions.meets, permissions.met))
        closures.TOUCHES.append(closing.touched)
        closures.AFTER_CLOSURE.add(closing.cancel)
        absences.AFTER_ABSENCE.add(handing.cover)
        absences.AFTER_END.add(handing.uncover)
        accounts.AFTER_CLOSING.add(leaving.account_closed)
        accounts.ENDINGS.append(leaving.ends_with)
        agencies.HOLDINGS += [handing.APPOINTMENTS, handing.WORKSHOPS]
        for thing, words in THINGS.items():
            name_thing(thing, words)
        name_news(telling.THING, telling.ALOUD, answers=telling.answers)
        name_letter(telling.THING, telling.on_paper, by_letter.page)
        name_news(inviting.THING, inviting.ALOUD)
        name_letter(inviting.THING, inviting.on_paper, invited.by_letter)
        APPS.append(waiting.Appointments())
