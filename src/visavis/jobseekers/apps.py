from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobseekersConfig(AppConfig):
    name = "visavis.jobseekers"

    def ready(self) -> None:
        """Open the profile of whoever signs up, seen although nothing is answered; name what the journal says."""
        from visavis.jobseekers import permissions, services  # noqa: PLC0415  (the apps must be loaded)
        from visavis.news.models import FOLLOWED  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people import services as accounts  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)

        accounts.AFTER_SIGN_UP.add(services.open_own)
        FOLLOWED.append(permissions.accounts_followed_by)
        name_thing("card-sheet-counter", _("the answers on printed cards, handed in at the counter"))
        name_thing("card-sheet-post", _("the answers on printed cards, come by post"))
