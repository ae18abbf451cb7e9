"""Take an ad away from everybody at once, and put it back. Each act is journalled and told to its employer."""

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.news import services as news
from visavis.people.enums import Role
from visavis.people.models import Membership, User
from visavis.vacancies import changes
from visavis.vacancies.feeds import merging
from visavis.vacancies.models import Hiding, Vacancy
from visavis.vacancies.models.vacancy import VacancyQuerySet

State = Vacancy.State
HIDDEN, SHOWN_AGAIN = "ad-hidden", "ad-shown-again"


class NotHidden(Refused):
    """The ad is not hidden, or not open: there is nothing to do."""


class BeingChecked(Refused):
    """Another ad of this employer is hidden: he publishes nothing before the agency has settled it."""

    words = _("One of your ads is hidden while we check it. Call us: then you can publish again.")


def hide(*, vacancy: Vacancy, why: str, words: str = "", by: User | None) -> list[Vacancy]:
    """Hide an open ad and the copies of its job from everybody at once; return what was hidden.

    Guarantees: no list, search, map, feed or page shows it after the commit; whoever answered it is told,
    and its employer, with why. Raises NotHidden when it is not open.
    """
    with transaction.atomic():
        rows = list(_held(Q(pk=vacancy.pk) | Q(same_as=vacancy.pk, state=State.OPEN)))
        if not any(row.pk == vacancy.pk and row.state == State.OPEN for row in rows):
            raise NotHidden(_("This ad is not open: there is nothing to hide."))
        at = clock.now()
        for row in rows:
            row.state = State.HIDDEN
            Hiding.objects.create(vacancy=row, why=why, words=words.strip()[:500], by=by, at=at)
            settle(row, by)
            _keep(row, f"hidden:{why}", by)
            _tell_employer(row, HIDDEN, by)
    return rows


def show_again(*, vacancy: Vacancy, by: User | None) -> Vacancy:
    """Open a hidden ad again; what it had closed stands again. Raises NotHidden."""
    with transaction.atomic():
        row = _held(Q(pk=vacancy.pk)).get()
        if row.state != State.HIDDEN:
            raise NotHidden(_("This ad is not hidden: there is nothing to show again."))
        if row.employer is not None and row.employer.taken_down_at is not None:
            raise NotHidden(_("The employer of this ad was taken down: put the employer back first."))
        row.state = State.OPEN
        row.hidings.filter(ended_at__isnull=True).update(ended_at=clock.now(), ended_by=by)
        settle(row, by)
        _keep(row, "shown-again", by)
        _tell_employer(row, SHOWN_AGAIN, by)
    return row


def leave(*, vacancy: Vacancy, by: User) -> None:
    """Settle the reports of an ad that stays as it is."""
    with transaction.atomic():
        if settle(_held(Q(pk=vacancy.pk)).get(), by):
            journal.record(
                journal.Act(Entry.Action.CHANGED, "vacancy", vacancy.pk, note="reports-settled"), by=by.pk
            )


def present(vacancy: Vacancy) -> Hiding | None:
    """Return why an ad is hidden now."""
    return vacancy.hidings.filter(ended_at__isnull=True).first()


def may_publish(vacancy: Vacancy, by: User) -> bool:
    """Say whether nothing of this employer is hidden by somebody; the service's own people always may."""
    if by.has_role(Role.COUNSELLOR, Role.HEAD) or vacancy.employer_id is None:
        return True
    checked = Hiding.objects.filter(
        vacancy__employer=vacancy.employer_id, ended_at__isnull=True, by__isnull=False
    )
    return not checked.exists()


def _held(which: Q) -> VacancyQuerySet:
    return (
        Vacancy.objects.select_for_update(of=("self",))
        .select_related("employer")
        .filter(which)
        .order_by("pk")
    )


def settle(vacancy: Vacancy, by: User | None) -> int:
    """Settle the reports of an ad; return how many waited."""
    return vacancy.reports.filter(settled_at__isnull=True).update(settled_at=clock.now(), settled_by=by)


def _keep(vacancy: Vacancy, note: str, by: User | None) -> None:
    """Save the row, journal it, and tell whoever keeps a list."""
    vacancy.version += 1
    vacancy.changed_at = clock.now()
    vacancy.save(update_fields=["state", "version", "changed_at"])
    journal.record(
        journal.Act(Entry.Action.CHANGED, "vacancy", vacancy.pk, note=note), by=by.pk if by else None
    )
    for number in {vacancy.pk, *merging.merge_around(vacancy)}:
        changes.AFTER_CHANGE.call(number)


def _tell_employer(vacancy: Vacancy, kind: str, by: User | None) -> None:
    """Tell the employer's people that it happened; their page says why, and how to answer."""
    employer = vacancy.employer
    if employer is None or employer.organisation_id is None:
        return
    members = Membership.objects.current().filter(organisation=employer.organisation_id, role=Role.EMPLOYER)
    subject = news.Subject(
        "vacancy", vacancy.pk, vacancy.title, reverse("vacancies:page", kwargs={"vacancy_id": vacancy.pk})
    )
    for user in User.objects.filter(memberships__in=members, is_active=True).distinct():
        if by is None or user.pk != by.pk:
            news.tell(user=user, role=Role.EMPLOYER, kind=kind, subject=subject)
