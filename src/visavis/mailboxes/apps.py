from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailboxesConfig(AppConfig):
    name = "visavis.mailboxes"

    def ready(self) -> None:
        """Listen to the layers below, and name what the journal and the news say."""
        from visavis.agencies import handing as agencies  # noqa: PLC0415  (the apps must be loaded)
        from visavis.common.signs import SIGNS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.jobseekers import assigning  # noqa: PLC0415  (the apps must be loaded)
        from visavis.leaving import quiet  # noqa: PLC0415  (the apps must be loaded)
        from visavis.mailboxes import handing, lasting, signs, telling, waiting, words  # noqa: PLC0415  (the apps must be loaded)
        from visavis.mailboxes.views import by_letter  # noqa: PLC0415  (the apps must be loaded)
        from visavis.news.wording import AT_WORK, name_letter, name_news  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.waiting import APPS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)
        from visavis.vault.turning import WORDS_ANEW  # noqa: PLC0415  (the apps must be loaded)

        assigning.AFTER_ASSIGNING.add(handing.follow_person)
        quiet.STAYS["messages"] = lasting.said_since
        agencies.HOLDINGS.append(handing.THREADS)
        name_thing("receipt", _("a receipt of what was done"))
        name_thing("thread", _("messages"))
        name_thing("message", _("a message"))
        name_thing("incoming", _("an e-mail that came in"))
        name_thing("letterbox", _("a letterbox"))
        name_thing("letterbox-of-others", _("conversations that others answer"))
        AT_WORK["mailboxes:mine"] = ("mailboxes:said", "jobseeker_id")
        name_news(telling.THING, telling.ALOUD, answers=telling.answers)
        name_letter(telling.THING, telling.on_paper, by_letter.page)
        WORDS_ANEW.append(words.anew)
        APPS.append(waiting.Letterboxes())
        SIGNS["mail_in"] = signs.mail_in
        SIGNS["channels_in"] = signs.channels_in
