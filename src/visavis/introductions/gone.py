"""What ends with an employer who was taken down, and whom to warn."""

import datetime as dt

from visavis.common import clock
from visavis.introductions import flow
from visavis.introductions.enums import OPEN, NewsKind, Reason, Side
from visavis.introductions.models import Introduction
from visavis.introductions.steps import acting, lock_vacancies
from visavis.vacancies.models import Employer, Vacancy

# Who gave a name or a number so lately may still be called by somebody false.
WARNED_FOR = dt.timedelta(days=90)


def end_with(employer: Employer) -> int:
    """End all that is in course with an employer, both yes too, and warn who answered lately; return how many.

    Guarantees that each of these people is told once not to give money or bank details.
    """
    with acting() as ledger:
        vacancies = lock_vacancies(
            Vacancy.objects.filter(employer=employer).order_by("pk").values_list("pk", flat=True)
        )
        rows = Introduction.objects.filter(vacancy__in=vacancies).select_related("jobseeker__user")
        in_course = list(rows.filter(state__in=OPEN).order_by("pk"))
        ended = rows.exclude(state__in=OPEN).filter(
            jobseeker_yes_at__isnull=False, employer_yes_at__isnull=False
        )
        lately = list(ended.filter(closed_at__gt=clock.now() - WARNED_FOR).order_by("pk"))
        for row in (*in_course, *lately):
            row.vacancy = vacancies[row.vacancy_id]
        flow.close(ledger, in_course, Reason.AD_HIDDEN, kind=NewsKind.AD_HIDDEN)
        told = {row.jobseeker_id for row in in_course}
        for row in lately:
            if row.jobseeker_id not in told:
                told.add(row.jobseeker_id)
                ledger.tell(row, NewsKind.AD_HIDDEN, Side.JOBSEEKER)
    return len(in_course)
