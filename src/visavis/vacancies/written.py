"""What the agency wrote for an employer who telephoned: he is told, and says that it is right or corrects it."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext

from visavis.common import clock
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.news import services as news
from visavis.news import wording
from visavis.news.models import News
from visavis.people.enums import Role
from visavis.people.models import Membership, User
from visavis.vacancies import facts
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


def on_paper(row: News) -> list[str]:
    """Return what a letter tells of a vacancy: all that we wrote, to be read and corrected on the sheet."""
    vacancy = Vacancy.objects.filter(pk=row.thing_id).first()
    if vacancy is None or row.kind != WRITTEN:
        return [wording.of_it(row.title, wording.said_aloud(row))]
    said = [line for group in facts.answers(vacancy) for line in group["answers"] if line.value or line.lines]
    return [
        gettext("We wrote this vacancy for you. Read it, and tell us whether it is right."),
        *(f"{line.label} – {line.value or ', '.join(map(str, line.lines))}" for line in said),
        gettext("What is wrong you can correct on this sheet, or call us."),
    ]


def confirm(*, vacancy: Vacancy, by: User) -> None:
    """Note that the employer says that it is right: himself, or on the phone to the agency. Once is enough."""
    with transaction.atomic():
        waiting = Vacancy.objects.filter(pk=vacancy.pk, is_by_agency=True, confirmed_at__isnull=True)
        if waiting.update(confirmed_at=clock.now()):
            act = journal.Act(Entry.Action.CHANGED, "vacancy", vacancy.pk, note="confirmed")
            journal.record(act, by=by.pk)
