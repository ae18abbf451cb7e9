"""Vacancies: looked for, read, written, published, closed."""

from itertools import batched

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from visavis.api import callers, cursors, problems, showing, vacancy_answers, wording
from visavis.api.declaring import operation
from visavis.api.problems import Problem, Wrong
from visavis.api.scopes import Scope
from visavis.api.shapes.common import Answer, Id, StoredAnswer
from visavis.api.shapes.vacancies import (
    AnswersOut,
    Closing,
    MyVacancies,
    NewVacancy,
    Publication,
    VacancyOut,
    VacancyPage,
    VacancySearch,
)
from visavis.catalog.models import Commune
from visavis.catalog.places import commune_for
from visavis.people.models import User
from visavis.searches import services as searches
from visavis.searches.asked import Asked
from visavis.vacancies import permissions, services
from visavis.vacancies.forms import PublishForm
from visavis.vacancies.models import Employer, Vacancy
from visavis.vacancies.models.vacancy import VacancyQuerySet

router = Router(tags=["vacancies"])
READ, WRITE = Scope.VACANCIES_READ, Scope.VACANCIES_WRITE


@operation(router.get, "/vacancies", scope=READ, is_open=True)
def list_vacancies(request: HttpRequest, asked: Query[VacancySearch]) -> VacancyPage:
    """List the vacancies open today, the newest first."""
    near = town(asked.near)
    wanted = Asked(
        words=asked.q,
        commune=near.pk if near else "",
        reach_km=asked.km,
        contracts=(asked.contract,) if asked.contract else (),
    )
    instant, number = cursors.instant_and_number(asked.cursor) if asked.cursor else (None, 0)
    numbers = searches.newest(wanted, (instant.timestamp(), number) if instant else None)
    seen = Vacancy.objects.visible_to(callers.of(request).user).open().with_card()
    shown: list[Vacancy] = []
    # One more is read to know whether there are others; what closed since it was laid out is passed over.
    for some in batched(numbers.tolist(), asked.limit + 1, strict=False):
        rows = seen.in_bulk(some)
        shown += [rows[pk] for pk in some if pk in rows]
        if len(shown) > asked.limit:
            break
    return page_of(shown, "published_at", asked.limit)


@operation(router.get, "/vacancies/mine", scope=READ)
def list_my_vacancies(request: HttpRequest, asked: Query[MyVacancies]) -> VacancyPage:
    """List the vacancies that one may change, drafts too, the last changed first."""
    found = Vacancy.objects.editable_by(callers.of(request).user)
    if asked.state:
        found = found.filter(state=asked.state)
    return page(found, "changed_at", asked.cursor, asked.limit)


@operation(router.post, "/vacancies", scope=WRITE, status=201)
def start_vacancy(request: HttpRequest, sent: NewVacancy) -> Status[VacancyOut]:
    """Begin a draft."""
    actor = callers.of(request).user
    begun = services.start(employer=employer_of(sent, actor), by=actor)
    return Status(201, showing.whole(begun))


@operation(router.get, "/vacancies/{int:vacancy_id}", scope=READ, is_open=True)
def read_vacancy(request: HttpRequest, vacancy_id: Id) -> VacancyOut:
    """Read a vacancy."""
    seen = Vacancy.objects.visible_to(callers.of(request).user).with_card()
    return showing.whole(get_object_or_404(seen, pk=vacancy_id))


@operation(router.get, "/vacancies/{int:vacancy_id}/answers", scope=WRITE)
def read_vacancy_answers(request: HttpRequest, vacancy_id: Id) -> AnswersOut:
    """Read the answers a vacancy is made of, with the version to send with a change."""
    vacancy = editable(request, vacancy_id)
    return AnswersOut(
        answers=vacancy_answers.stored(vacancy),
        missing=services.missing(vacancy),
        warnings=[warning.words for warning in services.warnings_about(vacancy)],
    )


@operation(router.post, "/vacancies/{int:vacancy_id}/publish", scope=WRITE)
def publish_vacancy(request: HttpRequest, vacancy_id: Id, sent: Publication) -> VacancyOut:
    """Publish a draft, or a closed vacancy again, until a day."""
    vacancy = editable(request, vacancy_id)
    form = PublishForm(sent.model_dump(), may_except=permissions.may_except(callers.of(request).user))
    if not form.is_valid():
        raise Problem(problems.INVALID, errors=wording.of_form(form))
    published = services.publish(
        vacancy=vacancy,
        closes_on=form.cleaned_data["closes_on"],
        legal_exception=form.cleaned_data.get("legal_exception", ""),
        by=callers.of(request).user,
    )
    return showing.whole(published)


@operation(router.post, "/vacancies/{int:vacancy_id}/close", scope=WRITE)
def close_vacancy(request: HttpRequest, vacancy_id: Id, sent: Closing) -> VacancyOut:
    """Close an open vacancy: filled, or for another reason."""
    vacancy = editable(request, vacancy_id)
    closed = services.close(vacancy=vacancy, is_filled=sent.is_filled, by=callers.of(request).user)
    return showing.whole(closed)


def editable(request: HttpRequest, vacancy_id: int) -> Vacancy:
    seen = Vacancy.objects.editable_by(callers.of(request).user).with_card()
    return get_object_or_404(seen, pk=vacancy_id)


def employer_of(sent: NewVacancy, actor: User) -> Employer:
    """Return for whom: one's own employer, or the one a counsellor names."""
    own = permissions.own_employers(actor)
    if permissions.writes_for_others(actor):
        if not sent.employer_name:
            raise wrong("body", "employer_name", _("Name the employer for whom you write."))
        return services.employer_named(name=sent.employer_name)
    chosen = [one for one in own if sent.employer in (None, one.pk)]
    if len(chosen) != 1:
        raise wrong("body", "employer", _("Give the number of one of your employers."))
    return chosen[0]


def wrong(where: str, field: str, sentence: str) -> Problem:
    return Problem(problems.INVALID, errors=[Wrong(where, field, sentence)])


def town(near: str, where: str = "query") -> Commune | None:
    """Return the town meant by a code, a postcode or a name."""
    if not near.strip():
        return None
    known = Commune.objects.filter(pk=near.strip()).first()
    found = known or commune_for(name=near).commune
    if found is None:
        raise wrong(
            where, "near", _("We know no town by this name. Check the spelling, or try the postcode.")
        )
    return found


def page(found: VacancyQuerySet, since: str, cursor: str, limit: int) -> VacancyPage:
    """Return the vacancies that follow the cursor; one more is read to know whether there are others."""
    dated = found.with_card().annotate(since=Coalesce(since, "changed_at"))
    if cursor:
        instant, number = cursors.instant_and_number(cursor)
        dated = dated.filter(Q(since__lt=instant) | Q(since=instant, pk__lt=number))
    return page_of(list(dated.order_by("-since", "-pk")[: limit + 1]), since, limit)


def page_of(rows: list[Vacancy], since: str, limit: int) -> VacancyPage:
    """Return a page of rows, of which there may be more than it holds, and where the next one begins."""
    shown, last = rows[:limit], rows[limit - 1] if len(rows) > limit else None
    following = None
    if last:
        following = cursors.write((getattr(last, since) or last.changed_at).isoformat(), last.pk)
    return VacancyPage(items=[showing.brief(vacancy) for vacancy in shown], next_cursor=following)


# Answers, a question each ---------------------------------------------------------------------------


def put_answer(slug: str, kind: type[Answer]) -> None:
    """Make the operation that keeps the answer to one question: the body's fields are the question's own."""

    def keep(request: HttpRequest, vacancy_id: Id, sent: Answer) -> StoredAnswer:
        vacancy = editable(request, vacancy_id)
        return vacancy_answers.keep(slug, vacancy, sent, by=callers.of(request).user)

    keep.__annotations__["sent"] = kind
    keep.__name__ = f"answer_vacancy_{slug}"
    operation(router.put, f"/vacancies/{{int:vacancy_id}}/answers/{slug}", scope=WRITE)(keep)


for slug, kind in vacancy_answers.KINDS.items():
    put_answer(slug, kind)
