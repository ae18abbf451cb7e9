from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MandatesConfig(AppConfig):
    name = "visavis.mandates"

    def ready(self) -> None:
        """Stamp what is done under a mandate, and name what the journal and the news say."""
        from visavis.acts import ledger  # noqa: PLC0415  (the apps must be loaded)
        from visavis.journal import under  # noqa: PLC0415  (the apps must be loaded)
        from visavis.mailboxes.texts import filing  # noqa: PLC0415  (the apps must be loaded)
        from visavis.mandates import telling, texts, visits, waiting  # noqa: PLC0415  (the apps must be loaded)
        from visavis.news.wording import AT_WORK, name_letter, name_news  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.acting import HANDS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.waiting import APPS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)

        ledger.WITH_EACH_STEP.append(visits.note_step)
        HANDS.append(visits.hands)
        under.STAMPED.append(visits.note_entry)
        filing.OWN_WORDS.append(texts.end_by_word)
        name_thing("mandate", _("a mandate"))
        AT_WORK["mandates:one"] = ("mandates:of", "user_id")
        name_news(telling.THING, telling.ALOUD)
        name_news(telling.VISIT, telling.ALOUD_OF_VISIT)
        name_letter(telling.THING, telling.on_paper)
        name_letter(telling.VISIT, telling.visit_on_paper)
        APPS.append(waiting.Mandates())
