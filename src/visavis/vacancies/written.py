"""What the agency wrote for an employer who telephoned: he is told, and says that it is right or corrects it."""

from django.db import transaction
from django.urls import reverse

from visavis.common import clock
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.news import services as news
from visavis.people.enums import Role
from visavis.people.models import Membership, User
from visavis.vacancies.models import Vacancy

WRITTEN = "written"


def tell(vacancy: Vacancy, *, by: User) -> None:
    """Tell the employer's people, each by her channel, that a vacancy was written for them, until one confirms."""
    employer = vacancy.employer
    if (
        not vacancy.is_by_agency
        or vacancy.confirmed_at
        or employer is None
        or employer.organisation_id is None
    ):
        return
    members = Membership.objects.current().filter(organisation=employer.organisation_id, role=Role.EMPLOYER)
    link = reverse("vacancies:confirm", kwargs={"vacancy_id": vacancy.pk})
    subject = news.Subject("vacancy", vacancy.pk, vacancy.title, link)
    for user in User.objects.filter(memberships__in=members, is_active=True).distinct().exclude(pk=by.pk):
        news.tell(user=user, role=Role.EMPLOYER, kind=WRITTEN, subject=subject)


def confirm(*, vacancy: Vacancy, by: User) -> None:
    """Note that the employer says that it is right: himself, or on the phone to the agency. Once is enough."""
    with transaction.atomic():
        waiting = Vacancy.objects.filter(pk=vacancy.pk, is_by_agency=True, confirmed_at__isnull=True)
        if waiting.update(confirmed_at=clock.now()):
            act = journal.Act(Entry.Action.CHANGED, "vacancy", vacancy.pk, note="confirmed")
            journal.record(act, by=by.pk)
