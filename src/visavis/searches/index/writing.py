"""Keep the full text in step with openings: at once with one that changed, by a worker after a feed."""

from collections.abc import Iterable, Sequence
from itertools import batched

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.tasks import task

from visavis.engine.search.documents import bits, packed, tags_in
from visavis.engine.search.index import text_terms
from visavis.searches.index import words
from visavis.searches.index.indexed import Indexed
from visavis.vacancies.models import SkillAsked, Vacancy
from visavis.vacancies.models.vacancy import VacancyQuerySet

AT_ONCE = 500


def changed(vacancy_id: int) -> None:
    """Write the words of an opening, or forget them when it is none any more."""
    _write(Vacancy.objects.live().filter(pk=vacancy_id))
    if not Vacancy.objects.live().filter(pk=vacancy_id).exists():
        _forget([vacancy_id])


def catch_up() -> int:
    """Write what is not there in its present version, forget what is no opening; say how many were written."""
    known = Indexed.objects.filter(vacancy=OuterRef("pk")).values("version")
    late = (
        Vacancy.objects.live()
        .annotate(known=Subquery(known))
        .filter(Q(known__isnull=True) | ~Q(known=F("version")))
    )
    numbers = list(late.order_by("pk").values_list("pk", flat=True))
    for some in batched(numbers, AT_ONCE, strict=False):
        _write(Vacancy.objects.filter(pk__in=some))
    over = Indexed.objects.exclude(vacancy__in=Vacancy.objects.live()).values_list("pk", flat=True)
    for some in batched(list(over), AT_ONCE, strict=False):
        _forget(some)
    return len(numbers)


@task
def catch_up_later() -> None:
    """Bring the full text up to date; safe to run twice."""
    catch_up()


def after_feed() -> None:
    catch_up_later.enqueue()


def rebuild() -> int:
    """Write everything anew."""
    _forget(list(Indexed.objects.values_list("pk", flat=True)))
    return catch_up()


def _write(rows: VacancyQuerySet) -> None:
    found = list(rows.order_by("pk").values_list("pk", "version", "title", "description"))
    skills = _skills([row[0] for row in found])
    kept, stems = [], []
    for pk, version, title, text in found:
        kept.append(Indexed(vacancy_id=pk, version=version, tags=packed(bits(tags_in(title, text)))))
        stems.append((pk, text_terms(f"{title} {text} {skills.get(pk, '')}")))
    with transaction.atomic():
        words.put(stems)
        Indexed.objects.bulk_create(
            kept, update_conflicts=True, unique_fields=["vacancy"], update_fields=["version", "tags"]
        )


def _skills(numbers: Sequence[int]) -> dict[int, str]:
    asked: QuerySet[SkillAsked, tuple[int, str | None, str]] = SkillAsked.objects.filter(
        vacancy__in=numbers
    ).values_list("vacancy_id", "skill__label_fr", "typed")
    said: dict[int, str] = {}
    for pk, label, typed in asked:
        said[pk] = f"{said.get(pk, '')} {label or typed}"
    return said


def _forget(numbers: Iterable[int]) -> None:
    gone = list(numbers)
    with transaction.atomic():
        words.remove(gone)
        Indexed.objects.filter(pk__in=gone).delete()
