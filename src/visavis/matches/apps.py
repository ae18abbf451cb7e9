from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MatchesConfig(AppConfig):
    name = "visavis.matches"

    def ready(self) -> None:
        """Listen to the layers below: what changes there is re-ranked here."""
        from visavis.common.signs import SIGNS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.introductions import hires  # noqa: PLC0415  (the apps must be loaded)
        from visavis.jobseekers import services as jobseekers  # noqa: PLC0415  (the apps must be loaded)
        from visavis.matches import hidden, homes, signs  # noqa: PLC0415  (the apps must be loaded)
        from visavis.matches.bridge.by_night import telling  # noqa: PLC0415  (the apps must be loaded)
        from visavis.matches.making import (  # noqa: PLC0415  (the apps must be loaded)
            freshness,
            runs,
            tasks,
        )
        from visavis.matches.models.match import TOLD_BY  # noqa: PLC0415  (the apps must be loaded)
        from visavis.matches.waiting import Lists  # noqa: PLC0415  (the apps must be loaded)
        from visavis.news.wording import ENTERED, name_letter, name_news  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.waiting import APPS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)
        from visavis.vacancies import changes  # noqa: PLC0415  (the apps must be loaded)

        TOLD_BY.append(telling.told_of)
        runs.START.add(tasks.start)
        jobseekers.AFTER_CHANGE.add(freshness.jobseeker_changed)
        changes.AFTER_CHANGE.add(runs.ask_for_vacancy)
        changes.AFTER_CHANGE.add(hidden.vacancy_changed)
        changes.AFTER_FEED.add(runs.ask_for_everybody)
        hires.AFTER_HIRE.add(tasks.after_hire)
        name_news(hidden.THING, hidden.ALOUD)
        name_letter(hidden.THING, hidden.on_paper)
        ENTERED[hidden.THING] = hidden.entered_at
        name_thing("candidates", _("the list of the people who suit a vacancy best"))
        name_thing("ideal-profile", _("what the person has in common with people hired"))
        name_thing("ideal-correction", _("a correction of an ideal profile"))
        APPS.extend((Lists(), homes.Homes()))
        SIGNS["night"] = signs.night
