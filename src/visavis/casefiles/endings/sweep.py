"""What time does: note whom a notice reached, put days off where it reached nobody, end what is due, and let files go
a month after."""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef

from visavis.acts import ledger as acts
from visavis.casefiles.endings import services, telling
from visavis.casefiles.endings.enums import State
from visavis.casefiles.endings.services import Ledger
from visavis.casefiles.models import Ending
from visavis.common import clock
from visavis.jobseekers import assigning
from visavis.jobseekers.models import Jobseeker

AT_ONCE = 200
# So long after the end her counsellor still has her file, to finish what was under way.
LET_GO_AFTER = dt.timedelta(days=30)


def sweep() -> int:
    """Do all of it; return how many moved."""
    now = clock.now()
    proposed = Ending.objects.filter(state=State.PROPOSED)
    reached = proposed.filter(
        Exists(telling.notices(OuterRef("pk")).filter(told_at__isnull=False)), told_on__isnull=True
    )
    came_back = proposed.filter(Exists(telling.notices(OuterRef("pk")).untold()), told_on__isnull=False)
    due = proposed.filter(ends_at__lte=now)
    numbers = {
        number
        for rows in (reached, came_back, due)
        for number in rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    }
    return sum(map(_look_at, sorted(numbers))) + _let_go(now)


def _look_at(number: int) -> int:
    """Look at one whose notice has reached her or come back, or whose day has come."""
    with acts.acting(Ledger) as book:
        # Her file first: who ends, stays or takes up again takes the same locks in the same order.
        owner = Ending.objects.filter(pk=number).values("person")
        if Jobseeker.objects.select_for_update(of=("self",)).filter(user__in=owner).first() is None:
            return 0
        row = acts.read_anew(Ending.objects.select_related("person"), number)
        if row.state != State.PROPOSED:
            return 0
        before, told = row.told_on, telling.told_on(row)
        row.told_on = told
        if told is None:
            if row.ends_at <= clock.now():
                services.move(book, row, services.first_day())
                return 1
        elif row.ends_on < told + services.notice():
            services.move(book, row, told + services.notice())
            return 1
        elif row.ends_at <= clock.now():
            services.end(book, row)
            return 1
        if before != told:
            row.save(update_fields=["told_on"])
    return 0


def _let_go(now: dt.datetime) -> int:
    """Let the file be nobody's a month after the end: what she writes then reaches the team."""
    over = Jobseeker.objects.filter(ended_at__lte=now - LET_GO_AFTER, counsellor__isnull=False)
    done = 0
    for number in list(over.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            person = over.select_for_update(of=("self",)).filter(pk=number).first()
            if person is None:
                continue
            before, former = assigning.choice(person), person.counsellor_id
            person.counsellor = None
            person.save(update_fields=["counsellor"])
            assigning.note(person, before, by=None)
            assigning.AFTER_ASSIGNING.call(person, former)
        done += 1
    return done
