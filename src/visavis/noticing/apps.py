from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticingConfig(AppConfig):
    name = "visavis.noticing"

    def ready(self) -> None:
        """Stand between the journal and who opens many files."""
        from visavis.journal import services as journal  # noqa: PLC0415  (the apps must be loaded)
        from visavis.news.wording import name_news  # noqa: PLC0415  (the apps must be loaded)
        from visavis.noticing import limits, lists  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)

        journal.GUARDS.append(limits.guard)
        journal.LIST_GUARDS.append(lists.guard)
        name_thing("files", _("more files"))
        name_thing("lists", _("more lists of people"))
        name_thing("people", _("a list of people"))
        name_thing("caseload", _("a caseload"))
        name_thing("reading-reason", _("why many files are read"))
        name_thing("readings-noticed", _("who has read many files"))
        name_news("files", {"noticed": _("Somebody of the agency has opened unusually many files.")})
