from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobseekersConfig(AppConfig):
    name = "visavis.jobseekers"

    def ready(self) -> None:
        """Say for whom counsellors and the counter act; open a profile at sign-up; name what the journal says."""
        from django.urls import reverse  # noqa: PLC0415  (the apps must be loaded)

        from visavis.agencies import handing as agencies  # noqa: PLC0415  (the apps must be loaded)
        from visavis.consents.purposes import PURPOSES, Purpose  # noqa: PLC0415  (the apps must be loaded)
        from visavis.jobseekers import agreed, handing, permissions, services, waiting  # noqa: PLC0415  (the apps must be loaded)
        from visavis.jobseekers.writing import sender_at_work, sender_of  # noqa: PLC0415  (the apps must be loaded)
        from visavis.leaving import quiet  # noqa: PLC0415  (the apps must be loaded)
        from visavis.leaving import services as leaving  # noqa: PLC0415  (the apps must be loaded)
        from visavis.news.wording import SENDERS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people import acting  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people import services as accounts  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.enums import Capacity  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.waiting import APPS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)

        acting.join(Capacity.COUNSELLOR, acting.Way(permissions.accompanies, permissions.accompanied))
        counter = acting.Way(permissions.receives, permissions.received, is_by_name=True)
        acting.join(Capacity.COUNTER, counter)
        acting.join(Capacity.SUBSTITUTE, acting.Way(permissions.stands_in, permissions.stood_in_for))
        acting.join(Capacity.ADMITTED, acting.Way(permissions.was_admitted, permissions.admitted))
        accounts.AFTER_SIGN_UP.add(services.open_own)
        leaving.AFTER_CLOSING.add(services.stop_looking)
        PURPOSES[agreed.INTERESTS] = Purpose(
            agreed.TITLE,
            agreed.WORDS,
            lambda: reverse("jobseekers:question", kwargs={"question": agreed.INTERESTS}),
            services.take_interests_out,
        )
        quiet.STAYS["profile"] = services.changed_since
        name_thing("card-sheet-counter", _("the answers on printed cards, handed in at the counter"))
        name_thing("card-sheet-post", _("the answers on printed cards, come by post"))
        agencies.HOLDINGS.append(handing.CASELOAD)
        self.tell_who_accompanies()
        SENDERS.extend((sender_of, sender_at_work))
        APPS.append(waiting.Profiles())

    def tell_who_accompanies(self) -> None:
        """Say how a person is told who accompanies her, and that an absence tells it with itself."""
        from visavis.agencies import absences  # noqa: PLC0415  (the apps must be loaded)
        from visavis.jobseekers import telling  # noqa: PLC0415  (the apps must be loaded)
        from visavis.news.wording import AT_WORK, name_letter, name_news  # noqa: PLC0415  (the apps must be loaded)

        absences.AFTER_ABSENCE.add_within(telling.lent)
        absences.AFTER_RETURN.add_within(telling.returned)
        AT_WORK["jobseekers:cards"] = ("jobseekers:person_cards", "jobseeker_id")
        # Of what is only hers to see, her file is as near as anybody comes.
        for hers in ("portal:home", "consents:mine", "people:readings", "people:account"):
            AT_WORK[hers] = ("jobseekers:person", "jobseeker_id")
        name_news(telling.THING, telling.ALOUD)
        name_letter(telling.THING, telling.on_paper)
