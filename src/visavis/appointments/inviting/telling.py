"""Tell a person that she may choose a time; a letter says what for, where, until when and how."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from visavis.appointments import telling as appointments
from visavis.appointments.models import Invitation
from visavis.news import services as news
from visavis.news.models import News
from visavis.people.enums import Role
from visavis.ui import dates

THING = "to-choose"
INVITED, REMINDED = "invited", "reminded"
ALOUD = {
    INVITED: _("You are invited to an appointment. Let us find the time that suits you."),
    REMINDED: _("You are invited to an appointment, and no time is chosen yet. Let us find one now."),
}


def tell(row: Invitation, kind: str) -> News:
    """Tell of an invitation by her channel."""
    with override(row.person.language):
        subject = news.Subject(THING, row.pk, gettext("Choose a time for an appointment"), row.url)
    return news.tell(user=row.person, role=Role.JOBSEEKER, kind=kind, subject=subject)


def take_back(invitations: Sequence[int]) -> None:
    """Have nobody told any more of invitations that are answered or over, where nobody was yet."""
    news.take_back(thing=THING, numbers=invitations, kinds=(INVITED, REMINDED))


def on_paper(row: News) -> Sequence[str]:
    """Return what a letter tells of an invitation; of one that is answered, the appointment."""
    invitation = Invitation.objects.with_words().get(pk=row.thing_id)
    kind, agency = invitation.kind, invitation.kind.agency
    if invitation.appointment is not None:
        return appointments.facts(invitation.appointment)
    if not invitation.is_open:
        return [gettext("This invitation is over. Call the agency: we find a time with you.")]
    said = [
        gettext("You are invited to an appointment: %(kind)s, %(n)s minutes.")
        % {"kind": kind.title, "n": kind.minutes},
        f"{agency.name}, {agency.address}, {agency.commune.name}",
        gettext("Bring: %(what)s") % {"what": kind.to_bring} if kind.to_bring else "",
        gettext(
            "Choose your time until %(day)s. Call us, come to the counter, or type the code of this letter."
        )
        % {"day": dates.weekday(invitation.until)},
    ]
    return [one for one in said if one]


def over(now: dt.datetime) -> QuerySet[News]:
    """Find the news of invitations that are gone."""
    kept = Invitation.objects.order_by().values("pk")
    return News.objects.filter(thing=THING).exclude(thing_id__in=kept)
