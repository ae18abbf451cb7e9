"""What vacancies say to the home pages: ads that somebody has to read."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.waiting import App, Waiting
from visavis.vacancies.models import Report


class Vacancies(App):
    """What vacancies say to the home pages of those who may hide an ad."""

    def waiting_for(self, actor: User, role: Role) -> list[Waiting]:
        if role not in (Role.COUNSELLOR, Role.HEAD):
            return []
        ads = Report.objects.visible_to(actor).waiting().values("vacancy").distinct().count()
        if not ads:
            return []
        said = ngettext(
            "%(n)s ad is reported and waits to be read.", "%(n)s ads are reported and wait to be read.", ads
        )
        return [Waiting(said % {"n": ads}, reverse("vacancies:reports"), label=_("Read them"), is_hot=True)]
