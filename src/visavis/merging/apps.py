from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MergingConfig(AppConfig):
    name = "visavis.merging"

    def ready(self) -> None:
        """Name what the journal and the news say, take the word of a text message, tell who is contested."""
        from visavis.common.merging import HELD_BEFORE  # noqa: PLC0415  (the apps must be loaded)
        from visavis.jobseekers import opened  # noqa: PLC0415  (the apps must be loaded)
        from visavis.mailboxes.texts import filing  # noqa: PLC0415  (the apps must be loaded)
        from visavis.merging import ledger, services, telling, texts, waiting  # noqa: PLC0415  (the apps must be loaded)
        from visavis.merging.hers import by_letter  # noqa: PLC0415  (the apps must be loaded)
        from visavis.news.models.news import THOUGH_CLOSED  # noqa: PLC0415  (the apps must be loaded)
        from visavis.news.wording import name_letter, name_news  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.views import readings  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.waiting import APPS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)

        name_thing(telling.THING, _("two files that became one"))
        name_thing("two-files", _("two files, side by side"))
        name_news(telling.THING, telling.ALOUD, answers=telling.answers)
        name_letter(telling.THING, telling.on_paper, by_letter)
        filing.OWN_WORDS.append(texts.not_me_by_word)
        THOUGH_CLOSED.add(telling.THING)
        HELD_BEFORE.append(ledger.held_before)
        readings.ALSO_HERS.append(telling.merged_into)
        opened.INSTEAD.append(services.what_became)
        APPS.append(waiting.Merges())
