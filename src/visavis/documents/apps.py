from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "visavis.documents"

    def ready(self) -> None:
        """Name what the journal and the news say, and tell the desk what is to be checked."""
        from visavis.common.signs import SIGNS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.documents import files, finding, looking, merging, services, signs, telling, waiting  # noqa: PLC0415  (the apps must be loaded)
        from visavis.documents.views import by_letter  # noqa: PLC0415  (the apps must be loaded)
        from visavis.news.wording import AT_WORK, name_letter, name_news  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.waiting import APPS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)
        from visavis.vault.turning import WORDS_ANEW  # noqa: PLC0415  (the apps must be loaded)

        name_thing("document", _("a document"))
        name_thing("documents", _("documents"))
        name_thing("expected-document", _("a document that is asked for"))
        AT_WORK["documents:mine"] = ("documents:of", "user_id")
        name_news(telling.THING, telling.ALOUD)
        name_news(telling.EXPECTED, telling.ASKED)
        name_letter(telling.THING, telling.on_paper)
        name_letter(telling.EXPECTED, telling.expected_on_paper, by_letter.page)
        services.AFTER_SENDING.add(looking.look_at.enqueue)
        APPS.append(waiting.Documents())
        WORDS_ANEW.append(finding.anew)
        files.NAMED_BY.append(merging.held)
        SIGNS["scanner"] = signs.scanner
