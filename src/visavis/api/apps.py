from django.apps import AppConfig
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "visavis.api"

    def ready(self) -> None:
        """Name in the journal what this app writes there; a token ends with the sessions of who made it."""
        from visavis.api import tokens  # noqa: PLC0415  (the apps must be loaded)
        from visavis.common.away import ANSWERS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people import services as people  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)

        ANSWERS["/api/"] = while_away
        people.ENDED_WITH_SESSIONS.append(tokens.revoke_all)
        name_thing("token", _("a token for programs"))


def while_away(request: HttpRequest) -> HttpResponse:
    """Answer a program while the database does not: what the interface needs is read by who serves it, not by all."""
    from visavis.api import gate  # noqa: PLC0415  (a tenth of what a command takes to begin)

    return gate.while_away(request)
