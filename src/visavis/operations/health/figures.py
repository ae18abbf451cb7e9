"""Figures in Prometheus' text format (exposition format 0.0.4), none of a person."""

from collections.abc import Iterator, Mapping

from django_tasks_db.models import DBTaskResult

from visavis.common.signs import Level, Sign, all_signs
from visavis.jobseekers.models import Jobseeker
from visavis.matches.models import Run
from visavis.news.models import News
from visavis.vacancies.models import Vacancy

VALUES: dict[Level, int] = {"well": 0, "look": 1, "wrong": 2}


def text() -> str:
    """Return all figures."""
    return "\n".join(figures()) + "\n"


def figures() -> Iterator[str]:
    """Yield each figure with what it means."""
    signs = all_signs()
    yield from gauge("sign", "How a part is: 0 well, 1 look, 2 wrong", of_signs(signs))
    ages = {f'part="{sign.name}"': sign.age_s for sign in signs if sign.age_s is not None}
    yield from gauge(
        "sign_age_seconds", "Age of what the part last did, or of the oldest thing that waits", ages
    )
    yield from gauge("jobseekers", "Files", {"": Jobseeker.objects.count()})
    yield from gauge("vacancies_open", "Open vacancies", {"": Vacancy.objects.open().count()})
    untold = {
        f'state="{state}"': News.objects.filter(state=state).count()
        for state in (News.State.WAITING, *News.UNTOLD)
    }
    yield from gauge("news_untold", "News that have reached nobody yet", untold)
    states = (Run.State.DUE, Run.State.RUNNING, Run.State.FAILED)
    runs = {f'state="{state}"': Run.objects.filter(state=state).count() for state in states}
    yield from gauge("runs", "Computations of lists", runs)
    yield from gauge(
        "tasks_ready", "Jobs that wait for the worker", {"": DBTaskResult.objects.ready().count()}
    )


def of_signs(signs: list[Sign]) -> dict[str, float]:
    """Return the levels as numbers."""
    return {f'part="{sign.name}"': VALUES[sign.level] for sign in signs}


def gauge(name: str, words: str, values: Mapping[str, float]) -> Iterator[str]:
    """Yield the lines of one figure."""
    yield f"# HELP visavis_{name} {words}"
    yield f"# TYPE visavis_{name} gauge"
    for labels, value in values.items():
        yield f"visavis_{name}{f'{{{labels}}}' if labels else ''} {value:g}"
