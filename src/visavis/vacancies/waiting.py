"""What vacancies say to the home pages: ads that somebody has to read, sources that fell."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.common.prepared import Prepared
from visavis.people.asked import AskedBy
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.waiting import App, Waiting
from visavis.ui.dates import short_day
from visavis.vacancies import fetching
from visavis.vacancies.models import FeedFall, Report

FALLS = Prepared(
    lambda: FeedFall.objects.filter(answer=FeedFall.Answer.WAITING).select_related("run__feed").order_by("pk")
)
REPORTED = AskedBy(
    lambda actor: (
        Report.objects.visible_to(actor).waiting().order_by().values_list("vacancy", flat=True).distinct()
    )
)

FAILING = Prepared(fetching.failing)


class Vacancies(App):
    """What vacancies say to the home pages of those who may hide an ad."""

    def waiting_for(self, actor: User, role: Role) -> list[Waiting]:
        if role not in (Role.COUNSELLOR, Role.HEAD):
            return []
        return [*self.falls(), *(self.failing() if role == Role.HEAD else []), *self.reports(actor)]

    def failing(self) -> list[Waiting]:
        """Return each source that could not be fetched or read for more than a day."""
        return [
            Waiting(
                _("The source “%(name)s” was not read since %(day)s.")
                % {"name": one.name, "day": short_day(one.failing_since)},
                reverse("vacancies:feed_address", kwargs={"address_id": one.pk}),
                label=_("See why"),
                is_hot=True,
            )
            for one in FAILING()
        ]

    def falls(self) -> list[Waiting]:
        """Return each source that lost half of what it had."""
        return [
            Waiting(
                _("The source “%(name)s” fell from %(before)s vacancies to %(left)s: close %(n)s?")
                % {"name": one.run.feed.name, "before": one.before, "left": one.left, "n": one.would_close},
                reverse("vacancies:feed_fall", kwargs={"run_id": one.run_id}),
                label=_("See them and answer"),
                is_hot=True,
            )
            for one in FALLS()
        ]

    def reports(self, actor: User) -> list[Waiting]:
        """Return, in one line, the ads that are reported."""
        ads = REPORTED.count(actor)
        if not ads:
            return []
        said = ngettext(
            "%(n)s ad is reported and waits to be read.", "%(n)s ads are reported and wait to be read.", ads
        )
        return [Waiting(said % {"n": ads}, reverse("vacancies:reports"), label=_("Read them"), is_hot=True)]
