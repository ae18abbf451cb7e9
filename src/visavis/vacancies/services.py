"""Write, publish and close vacancies. Each act is journalled with who did it."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.folding import fold_words
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people.models import User
from visavis.vacancies import changes, fairness, hiding, lawful_pay, occupations, permissions, written
from visavis.vacancies.feeds import merging
from visavis.vacancies.models import Employer, LanguageAsked, SkillAsked, Vacancy
from visavis.vacancies.questions import Question
from visavis.vacancies.questions.contract import per_hour_of
from visavis.vacancies.questions.form import digest

MOST_DAYS_OPEN = 90
LEAST_EXCEPTION = 20


class StaleAnswer(Refused):
    """Somebody answered this question meanwhile; `stored` is that answer, and nothing was overwritten."""

    def __init__(self, stored: dict[str, Any]) -> None:
        super().__init__(
            _("This answer was changed in another window or by a colleague. Both are shown below: choose.")
        )
        self.stored = stored


class NotReady(Refused):
    """A title or a place is missing."""


class ForbiddenWords(Refused):
    """Words that may not stand, and of which the agency has not said why they may."""

    words = _(
        "Some words may not stand in an ad: write them otherwise. The agency can let them stand where the work "
        "really asks for them."
    )


class PayTooLow(Refused):
    """The pay is below the legal minimum for its hours; the message says the sum."""


class UnknownEmployer(Refused):
    """No employer with an account has this name, or several have."""

    words = _(
        "No employer with an account has this name. Check it and open its account first: five minutes on the phone."
    )


class TakenDown(Refused):
    """The agency has taken the employer down."""

    words = _("This employer was taken down by the agency: nothing of it is published.")


class WrongDay(Refused):
    """The closing day is past, or too far."""


class WrongState(Refused):
    """What is asked does not go with the state of the vacancy."""


def employer_named(*, name: str) -> Employer:
    """Find by its name an employer who answers here, accents, capitals, signs and spaces aside where none is called so.

    Raises UnknownEmployer: nobody unchecked offers work.
    """
    known = Employer.objects.with_account()
    found = list(known.filter(name__iexact=name.strip())[:2])
    if not found and (words := fold_words(name)):
        alike = [number for number, one in known.values_list("pk", "name") if fold_words(one) == words]
        found = list(known.filter(pk__in=alike[:2]))
    if not found:
        raise UnknownEmployer
    if len(found) > 1:
        raise UnknownEmployer(
            _("Several employers have this name: open the page of the right one, under Employers.")
        )
    return found[0]


def start(*, employer: Employer, by: User, **columns: Any) -> Vacancy:
    """Begin a draft."""
    with transaction.atomic():
        is_by_agency = not permissions.works_for(by, employer)
        vacancy = Vacancy.objects.create(employer=employer, is_by_agency=is_by_agency, **columns)
        _journal(Entry.Action.CREATED, vacancy, by)
    return vacancy


def answer(*, vacancy: Vacancy, question: Question, values: dict[str, Any], seen: str, by: User) -> Vacancy:
    """Keep the answer to one question.

    Guarantees that an answer nobody saw is never overwritten. Raises StaleAnswer when the stored one is
    not the one `seen`; of an open vacancy, NotReady, ForbiddenWords and PayTooLow as `publish` does.
    """
    with transaction.atomic():
        locked = Vacancy.objects.select_for_update().get(pk=vacancy.pk)
        stored = question.form.given(locked)
        if seen != digest(stored):
            raise StaleAnswer(stored)
        before = warnings_about(locked)
        skills, languages = values.pop("skills", None), values.pop("languages", None)
        for name, value in values.items():
            if getattr(locked, name) != value:
                locked.evidence.pop(name, None)
            setattr(locked, name, value)
        if "hours_min" in values and locked.pay_said:
            locked.pay_min_hour, locked.pay_max_hour = per_hour_of(locked)
        _replace(locked, skills, languages)
        if locked.state == Vacancy.State.OPEN and missing(locked):
            raise NotReady(_("This vacancy is open: it needs a title and a place."))
        after = warnings_about(locked)
        if {warning.words for warning in after} - {warning.words for warning in before}:
            locked.legal_exception = ""
        if locked.state == Vacancy.State.OPEN and after and not locked.legal_exception:
            raise ForbiddenWords
        if locked.state == Vacancy.State.OPEN:
            refuse_low_pay(locked)
        _touch(locked)
        _journal(Entry.Action.CHANGED, locked, by, question.slug)
    return locked


def suggest_occupation(*, vacancy: Vacancy, by: User) -> None:
    """Give a vacancy whose title changed the occupations of its title, the foremost until a person confirms one."""
    kept = vacancy.occupation if vacancy.occupation_from == "confirmed" else None
    found = occupations.by_title(vacancy.title) if vacancy.title else None
    occupation = kept or (found.occupation if found else vacancy.occupation)
    others = list(occupations.others(occupation, vacancy.title)) if occupation else []
    if (occupation, others) != (vacancy.occupation, vacancy.other_occupations):
        how = vacancy.occupation_from if occupation == vacancy.occupation else "title"
        vacancy.occupation, vacancy.occupation_from, vacancy.other_occupations = occupation, how, others
        _touch(vacancy)
        _journal(Entry.Action.CHANGED, vacancy, by, "occupation")


def publish(*, vacancy: Vacancy, closes_on: dt.date, legal_exception: str = "", by: User) -> Vacancy:
    """Open a draft, or a closed vacancy again.

    What the agency wrote is told to the employer, who says whether it is right.
    Raises NotReady without a title or a place, TakenDown, WrongDay when it would close in the past or after 90 days,
    ForbiddenWords when the law forbids its words and no exception is given, PayTooLow, hiding.BeingChecked while the
    agency looks into it or another ad of its employer.
    """
    with transaction.atomic():
        locked = Vacancy.objects.select_for_update().get(pk=vacancy.pk)
        if locked.state == Vacancy.State.HIDDEN or not hiding.may_publish(locked, by):
            raise hiding.BeingChecked
        if locked.employer is not None and locked.employer.taken_down_at is not None:
            raise TakenDown
        if missing(locked):
            raise NotReady(_("Write a title and a place first: nothing else is needed to publish."))
        today = clock.today()
        if not today <= closes_on <= today + dt.timedelta(days=MOST_DAYS_OPEN):
            raise WrongDay(_("Choose a closing day between today and 90 days from now."))
        _except(locked, legal_exception, by)
        refuse_low_pay(locked)
        locked.closes_on = closes_on
        if locked.state != Vacancy.State.OPEN:
            locked.state, locked.published_at = Vacancy.State.OPEN, clock.now()
        if permissions.may_except(by):
            hiding.settle(locked, by)
        _touch(locked)
        _journal(Entry.Action.CHANGED, locked, by, "published")
        written.tell(locked, by=by)
    return locked


def _except(vacancy: Vacancy, reason: str, by: User) -> None:
    """Record why words may stand, when there are some; only the agency's people say so."""
    if not warnings_about(vacancy):
        vacancy.legal_exception = ""
        return
    said = reason.strip()[:500] if permissions.may_except(by) else ""
    reason = said or vacancy.legal_exception
    if len(reason) < LEAST_EXCEPTION:
        raise ForbiddenWords
    if reason != vacancy.legal_exception:
        vacancy.legal_exception = reason
        _journal(Entry.Action.CHANGED, vacancy, by, "legal-exception")


def refuse_low_pay(vacancy: Vacancy) -> None:
    """Raise PayTooLow where a vacancy pays less than the law asks; nobody makes an exception."""
    if (found := lawful_pay.shortfall(vacancy)) is not None:
        raise PayTooLow(found.sentence)


def let_stand(*, vacancy: Vacancy, legal_exception: str, by: User) -> Vacancy:
    """Show a hidden ad again, with why its words may stand. Raises ForbiddenWords, hiding.NotHidden."""
    with transaction.atomic():
        locked = Vacancy.objects.select_for_update().get(pk=vacancy.pk)
        _except(locked, legal_exception, by)
        locked.save(update_fields=["legal_exception"])
        return hiding.show_again(vacancy=locked, by=by)


def close(*, vacancy: Vacancy, is_filled: bool, by: User) -> Vacancy:
    """Close an open vacancy, because it is filled or for another reason. Raises WrongState."""
    with transaction.atomic():
        locked = Vacancy.objects.select_for_update().get(pk=vacancy.pk)
        if locked.state != Vacancy.State.OPEN:
            raise WrongState(_("This vacancy is not open: there is nothing to close."))
        locked.state = Vacancy.State.FILLED if is_filled else Vacancy.State.CLOSED
        _touch(locked)
        _journal(Entry.Action.CHANGED, locked, by, locked.state)
    return locked


def reopen(*, vacancy: Vacancy, by: User, was: Vacancy.State = Vacancy.State.FILLED) -> Vacancy:
    """Open again, with its former closing day, a vacancy whose hire was taken back, or that closed with an account."""
    with transaction.atomic():
        locked = Vacancy.objects.select_for_update().get(pk=vacancy.pk)
        if locked.state != was:
            raise WrongState(_("This vacancy is not filled: there is nothing to open again."))
        locked.state = Vacancy.State.OPEN
        _touch(locked)
        _journal(Entry.Action.CHANGED, locked, by, "reopened")
    return locked


def copy(*, vacancy: Vacancy, by: User) -> Vacancy:
    """Begin a draft with the same answers; dates and the legal exception are not copied."""
    with transaction.atomic():
        skills: list[Any] = list(vacancy.skills_asked.values("skill_id", "typed", "is_essential"))
        languages: list[Any] = list(vacancy.languages_asked.values("language", "level", "is_required"))
        twin = Vacancy.objects.get(pk=vacancy.pk)
        twin.pk, twin.state, twin.version = None, Vacancy.State.DRAFT, 1
        twin.published_at = twin.closes_on = twin.starts_on = None
        twin.legal_exception, twin.changed_at = "", clock.now()
        twin.is_by_agency, twin.confirmed_at = not permissions.works_for(by, twin.employer), None
        twin._state.adding = True
        twin.save(force_insert=True)
        _replace(twin, skills, languages)
        _journal(Entry.Action.CREATED, twin, by, f"copy-of-{vacancy.pk}")
    return twin


def missing(vacancy: Vacancy) -> list[str]:
    """Return the questions without which a vacancy cannot be published."""
    has_place = vacancy.commune_id or vacancy.latitude is not None
    return [slug for slug, is_there in (("work", vacancy.title), ("place", has_place)) if not is_there]


def warnings_about(vacancy: Vacancy) -> list[fairness.Warning]:
    """Return the words of a vacancy that the law forbids."""
    typed = [row.typed for row in vacancy.skills_asked.all() if row.typed]
    return fairness.warnings(vacancy.title, vacancy.description, *typed)


def question_of_warnings(vacancy: Vacancy) -> str:
    """Return the first question where words that the law forbids were written."""
    if fairness.warnings(vacancy.title):
        return "work"
    return "words" if fairness.warnings(vacancy.description) else "person"


def _replace(
    vacancy: Vacancy, skills: list[dict[str, Any]] | None, languages: list[dict[str, Any]] | None
) -> None:
    if skills is not None:
        vacancy.skills_asked.all().delete()
        SkillAsked.objects.bulk_create(SkillAsked(vacancy=vacancy, **row) for row in skills)
    if languages is not None:
        vacancy.languages_asked.all().delete()
        LanguageAsked.objects.bulk_create(LanguageAsked(vacancy=vacancy, **row) for row in languages)


def _touch(vacancy: Vacancy) -> None:
    vacancy.version += 1
    vacancy.changed_at = clock.now()
    vacancy.save()
    # A draft is in nobody's list, and enters none before it is published.
    if vacancy.state != Vacancy.State.DRAFT:
        for number in {vacancy.pk, *merging.merge_around(vacancy)}:
            changes.AFTER_CHANGE.call(number)


def _journal(action: str, vacancy: Vacancy, by: User, note: str = "") -> None:
    journal.record(journal.Act(action, "vacancy", vacancy.pk, note=note), by=by.pk)
