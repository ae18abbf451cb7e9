"""What an ad that is hidden closes, and what stands again when it is shown again."""

from django.db import models, transaction

from visavis.acts.ledger import acting
from visavis.introductions import flow
from visavis.introductions.enums import OPEN, Act, NewsKind, Reason, Side, State
from visavis.introductions.models import Introduction
from visavis.introductions.steps import Ledger, NotNow, lock_vacancies
from visavis.introductions.undoing import Undoing
from visavis.vacancies.models import Vacancy


def vacancy_changed(vacancy_id: int) -> None:
    """Close all that is open on a hidden ad, both yes too: no name may reach it any more. Or let it stand again."""
    state = Vacancy.objects.filter(pk=vacancy_id).values_list("state", flat=True).first()
    if state == Vacancy.State.HIDDEN:
        close_all(vacancy_id)
    elif state == Vacancy.State.OPEN:
        stand_again(vacancy_id)


def close_all(vacancy_id: int) -> int:
    """End everything open on a hidden ad, with a word to both sides it had reached; return how many."""
    with acting(Ledger) as ledger:
        vacancy = lock_vacancies([vacancy_id])[vacancy_id]
        if vacancy.state != Vacancy.State.HIDDEN:
            return 0
        rows = list(of(vacancy).filter(state__in=OPEN))
        for row in rows:
            row.vacancy = vacancy
        flow.close(ledger, rows, Reason.AD_HIDDEN, kind=NewsKind.AD_HIDDEN)
    return len(rows)


def stand_again(vacancy_id: int) -> None:
    """Put back where they stood those that the hiding closed, and on which nobody acted since."""
    with acting(Undoing) as ledger:
        vacancy = lock_vacancies([vacancy_id])[vacancy_id]
        closed = {"state": State.WITHDRAWN, "closed_by": Side.SERVICE, "reason": Reason.AD_HIDDEN}
        for row in of(vacancy).filter(**closed):
            row.vacancy = vacancy
            step = row.steps.filter(act=Act.CLOSE, undone_at__isnull=True).order_by("-number").first()
            if step is None:
                continue
            try:
                with transaction.atomic():
                    ledger.take_back(row, step, None)
            except NotNow:
                continue
            ledger.tell(row, NewsKind.AD_SHOWN_AGAIN, Side.JOBSEEKER)
    flow.put_next(vacancy_id)


def of(vacancy: Vacancy) -> models.QuerySet[Introduction]:
    return Introduction.objects.filter(vacancy=vacancy).select_related("jobseeker__user").order_by("pk")


def close_behind() -> int:
    """Close what a hiding should have closed, had its listener been lost; return how many."""
    left = Introduction.objects.filter(state__in=OPEN, vacancy__state=Vacancy.State.HIDDEN)
    return sum(close_all(number) for number in sorted(set(left.values_list("vacancy_id", flat=True))))
