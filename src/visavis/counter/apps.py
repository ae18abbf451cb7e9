from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CounterConfig(AppConfig):
    name = "visavis.counter"

    def ready(self) -> None:
        """Follow tickets and what is done in a visit, and name what the journal and the news say."""
        from visavis.acts import ledger  # noqa: PLC0415  (the apps must be loaded)
        from visavis.counter import services, telling, waiting  # noqa: PLC0415  (the apps must be loaded)
        from visavis.journal import under  # noqa: PLC0415  (the apps must be loaded)
        from visavis.news.wording import AT_WORK, name_letter, name_news  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.acting import HANDS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.waiting import APPS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)

        APPS.append(waiting.Visits())
        ledger.WITH_EACH_STEP.append(services.follow_ticket)
        under.STAMPED.append(services.note_entry)
        HANDS.append(services.hands)
        name_thing(telling.THING, _("a visit at the counter"))
        AT_WORK["counter:mine"] = ("jobseekers:person", "jobseeker_id")
        name_news(telling.THING, telling.ALOUD)
        name_letter(telling.THING, telling.on_paper)
