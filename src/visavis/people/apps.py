from django.apps import AppConfig
from django.core.checks import register


class PeopleConfig(AppConfig):
    name = "visavis.people"

    def ready(self) -> None:
        """Register what a deployment must not forget, and what is sealed by no person's key."""
        from allauth.mfa.models import Authenticator  # noqa: PLC0415  (the apps must be loaded)

        from visavis.journal.witnesses import WITNESSES  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people import accounts, outgoing  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.checks import texts_reach_people  # noqa: PLC0415  (the settings must be loaded)
        from visavis.people.models import Outgoing, User  # noqa: PLC0415  (the apps must be loaded)
        from visavis.vault.turning import OTHERWISE, Otherwise  # noqa: PLC0415  (the apps must be loaded)

        register(texts_reach_people, deploy=True)
        # Making an account is always written down (`people.services`, `appoint`).
        WITNESSES.append(lambda: User.objects.datetimes("joined_at", "day"))
        OTHERWISE.append(
            Otherwise(Outgoing, ("key", "sealed"), "data", outgoing.is_of_former, outgoing.seal_anew)
        )
        OTHERWISE.append(
            Otherwise(Authenticator, ("data",), "secret", accounts.holds_former, accounts.seal_anew)
        )
