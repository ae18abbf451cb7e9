from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasefilesConfig(AppConfig):
    name = "visavis.casefiles"

    def ready(self) -> None:
        """Name what the journal says, hand over with the people, and tell the homes and the desk what waits."""
        from visavis.agencies import handing as agencies  # noqa: PLC0415  (the apps must be loaded)
        from visavis.casefiles import handing, plan_telling, waiting  # noqa: PLC0415  (the apps must be loaded)
        from visavis.casefiles.endings import services, telling, texts  # noqa: PLC0415  (the apps must be loaded)
        from visavis.casefiles.endings import waiting as endings  # noqa: PLC0415  (the apps must be loaded)
        from visavis.casefiles.views.ending import by_letter  # noqa: PLC0415  (the apps must be loaded)
        from visavis.jobseekers import assigning  # noqa: PLC0415  (the apps must be loaded)
        from visavis.mailboxes.texts import filing  # noqa: PLC0415  (the apps must be loaded)
        from visavis.news.wording import AT_WORK, name_letter, name_news  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.waiting import APPS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)

        agencies.HOLDINGS.append(handing.MINUTES)
        name_thing("plan", _("the plan"))
        AT_WORK["casefiles:mine"] = ("casefiles:plan_of", "jobseeker_id")
        name_news(plan_telling.THING, plan_telling.ALOUD)
        name_letter(plan_telling.THING, plan_telling.on_paper)
        name_thing(telling.THING, _("the end of the follow-up"))
        name_news(telling.THING, telling.ALOUD, answers=telling.answers)
        name_letter(telling.THING, telling.on_paper, by_letter)
        filing.OWN_WORDS.append(texts.stay_by_word)
        assigning.AFTER_ASSIGNING.add(services.assigned)
        name_thing("mark", _("the mark and reminder on the file"))
        name_thing("note", _("a note for colleagues"))
        name_thing("notes", _("the notes for colleagues"))
        name_thing("minutes", _("minutes of a meeting"))
        APPS.append(waiting.MinutesKept())
        APPS.append(waiting.Plans())
        APPS.append(endings.Endings())
        APPS.append(waiting.Marks())
