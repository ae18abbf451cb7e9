from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticingConfig(AppConfig):
    name = "visavis.noticing"

    def ready(self) -> None:
        """Stand between the journal and who opens many files, and say why a file was opened."""
        from visavis.journal import services as journal  # noqa: PLC0415  (the apps must be loaded)
        from visavis.news.wording import name_letter, name_news  # noqa: PLC0415  (the apps must be loaded)
        from visavis.noticing import admissions, limits, lists  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.wording import WHYS, name_thing  # noqa: PLC0415  (the apps must be loaded)

        journal.GUARDS.append(limits.guard)
        journal.LIST_GUARDS.append(lists.guard)
        name_thing("files", _("more files"))
        name_thing("lists", _("more lists of people"))
        name_thing(admissions.THING, _("the file, outside one’s own people"))
        name_thing("file-name", _("the name on the file, and nothing more"))
        name_thing("admissions", _("which files were opened outside one’s own people"))
        name_news(admissions.THING, admissions.ALOUD)
        name_letter(admissions.THING, admissions.on_paper)
        WHYS.append(admissions.whys)
        name_thing("people", _("a list of people"))
        name_thing("caseload", _("a caseload"))
        name_thing("reading-reason", _("why many files are read"))
        name_thing("readings-noticed", _("who has read many files"))
        name_news("files", {"noticed": _("Somebody of the agency has opened unusually many files.")})
