from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchesConfig(AppConfig):
    name = "visavis.searches"

    def ready(self) -> None:
        """Say how rounds are started, how news of new openings is told, and what waits."""
        from visavis.news.wording import AT_WORK, name_news  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.waiting import APPS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)
        from visavis.searches import waiting  # noqa: PLC0415  (the apps must be loaded)
        from visavis.searches.alerts import rounds, tasks, telling  # noqa: PLC0415  (the apps must be loaded)
        from visavis.searches.index import writing  # noqa: PLC0415  (the apps must be loaded)
        from visavis.searches.models import Alert  # noqa: PLC0415  (the apps must be loaded)
        from visavis.vacancies import changes  # noqa: PLC0415  (the apps must be loaded)

        changes.AFTER_CHANGE.add(writing.changed)
        changes.AFTER_FEED.add(writing.after_feed)
        rounds.START.add(tasks.start)
        AT_WORK["searches:alerts"] = ("searches:alerts_of", "jobseeker_id")
        name_news(Alert.THING, telling.ALOUD, telling.stop_url)
        name_thing(Alert.THING, _("a search of openings that is kept"))
        name_thing("search", _("a search of openings"))
        APPS.append(waiting.Searches())
