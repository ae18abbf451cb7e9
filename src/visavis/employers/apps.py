from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EmployersConfig(AppConfig):
    name = "visavis.employers"

    def ready(self) -> None:
        """Say what waits, and how the journal and the news call what is ours."""
        from visavis.employers import members, telling, waiting, wording  # noqa: PLC0415  (the apps must be loaded)
        from visavis.leaving import quiet  # noqa: PLC0415  (the apps must be loaded)
        from visavis.leaving import services as leaving  # noqa: PLC0415  (the apps must be loaded)
        from visavis.mailboxes.sorting import WRITERS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.news.wording import ENTERED, name_letter, name_news  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.waiting import APPS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)

        leaving.AFTER_CLOSING.add(members.account_closed)
        leaving.AFTER_REOPENING.add(members.account_reopened)
        leaving.ENDINGS.append(members.ends_with)
        quiet.STAYS["vacancies"] = members.publishes
        name_thing("employer-account", _("an employer’s account"))
        name_thing("employers", _("the list of employers who ask for an account"))
        name_thing("employer-check", _("the check of an employer"))
        name_thing("joining", _("who belongs to an employer"))
        name_news("employer-account", wording.ALOUD)
        name_letter("employer-account", telling.on_paper)
        ENTERED["employer-account"] = telling.entered_at
        WRITERS.append(members.writes)
        APPS.append(waiting.Employers())
