from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntroductionsConfig(AppConfig):
    name = "visavis.introductions"

    def ready(self) -> None:
        """Listen to the layers below, and name what the journal and the news say."""
        from visavis.acts import ledger  # noqa: PLC0415  (the apps must be loaded)
        from visavis.agencies import handing as agencies  # noqa: PLC0415  (the apps must be loaded)
        from visavis.consents.purposes import OTHERS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.introductions import (  # noqa: PLC0415  (the apps must be loaded)
            appointed,
            flow,
            handing,
            hidden,
            on_paper,
            permissions,
            waiting,
            wording,
        )
        from visavis.introductions.models.introduction import in_course_since  # noqa: PLC0415  (the apps must be loaded)
        from visavis.introductions.views import by_letter  # noqa: PLC0415  (the apps must be loaded)
        from visavis.jobseekers import services as jobseekers  # noqa: PLC0415  (the apps must be loaded)
        from visavis.leaving import quiet  # noqa: PLC0415  (the apps must be loaded)
        from visavis.news.wording import name_letter, name_news  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.waiting import APPS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)
        from visavis.vacancies import changes  # noqa: PLC0415  (the apps must be loaded)

        ledger.WITH_EACH_STEP.append(appointed.follow)
        jobseekers.AFTER_CHANGE.add(flow.jobseeker_changed)
        changes.AFTER_CHANGE.add(flow.vacancy_changed)
        changes.AFTER_CHANGE.add(hidden.vacancy_changed)
        changes.ENDED_BY_CLOSING.append(flow.ended_by_closing)
        name_thing("introduction", _("an introduction"))
        name_thing("introductions", _("an introduction, in the employer’s list"))
        name_thing("hire", _("a hire"))
        name_thing("follow-up", _("the question after a hire"))
        name_news("introduction", wording.ALOUD)
        name_letter("introduction", on_paper.words, by_letter.page)
        OTHERS.append(permissions.agreed)
        quiet.STAYS["introduction"] = in_course_since
        agencies.HOLDINGS.append(handing.IN_COURSE)
        APPS.append(waiting.Introductions())
