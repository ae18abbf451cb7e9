"""Tell whoever answered an ad without an introduction that it is hidden; and that it is shown again."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.prepared import Prepared
from visavis.introductions.enums import OPEN, NewsKind, Reason
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.matches.models import Opinion
from visavis.news import services as news
from visavis.news.models import News
from visavis.people.enums import Role
from visavis.vacancies.models import Hiding, Vacancy

# As the journal calls what she said of a vacancy, by the vacancy's number.
THING = "opinion"
HIDDEN, SHOWN_AGAIN = NewsKind.AD_HIDDEN.value, NewsKind.AD_SHOWN_AGAIN.value
# In the words in which an introduction tells it.
ALOUD = {
    HIDDEN: _("“We took down an ad that you answered. Give its author neither money nor bank details.”"),
    SHOWN_AGAIN: _("“The ad was checked and is shown again. Your answer stands.”"),
}
WRITTEN = {
    HIDDEN: _(
        "We took this ad down while we check it. Give its author neither money nor bank details. "
        "If it is shown again, your answer stands."
    ),
    SHOWN_AGAIN: _("The ad was checked and is shown again: the answer stands."),
}
# Who takes an employer down warns of what is in course just before the ads are hidden.
JUST_BEFORE = dt.timedelta(minutes=10)
# A telling that was lost is made up for in so long.
MADE_UP_FOR = dt.timedelta(days=7)
# So long it stands on her home.
ON_HER_HOME = dt.timedelta(days=30)

# So many ads stand there, of so many that are looked at: a job of several sources is one of them.
ON_HOME, LOOKED_AT = 3, 12

TAKEN_DOWN = Prepared(
    lambda person, since: (
        answered()
        .filter(
            jobseeker=person,
            vacancy__state=Vacancy.State.HIDDEN,
            vacancy__hidings__ended_at__isnull=True,
            vacancy__hidings__at__gt=since,
        )
        .order_by("-said_at")
        .values_list("vacancy__title", "vacancy__hidings__at", "vacancy__hidings__by")[:LOOKED_AT]
    )
)


def vacancy_changed(vacancy_id: int) -> None:
    """Tell who answered an ad that it is hidden, or that it is shown again."""
    state = Vacancy.objects.filter(pk=vacancy_id).values_list("state", flat=True).first()
    if state == Vacancy.State.HIDDEN:
        tell_hidden(vacancy_id)
    elif state == Vacancy.State.OPEN:
        tell_shown_again(vacancy_id)


def answered() -> QuerySet[Opinion]:
    """Find the opinions that are an answer: she is interested, or has applied where it was published."""
    applied = Q(kind=Opinion.Kind.NOT_FOR_ME, reason=Opinion.Reason.ALREADY)
    return Opinion.objects.filter(Q(kind=Opinion.Kind.INTERESTED) | applied)


def tell_hidden(vacancy_id: int) -> int:
    """Tell each who answered a hidden ad once, but whom an introduction tells; return how many.

    Who answered the same job of several sources is told of the first of them.
    """
    with transaction.atomic():
        vacancy = _held(vacancy_id)
        hiding = vacancy.hidings.filter(ended_at__isnull=True).first()
        if vacancy.state != Vacancy.State.HIDDEN or hiding is None:
            return 0
        rows = list(_untold(vacancy, hiding))
        for row in rows:
            _tell(row, HIDDEN)
    return len(rows)


def tell_shown_again(vacancy_id: int) -> int:
    """Take back what has not reached anybody, and tell the others that it is shown again; return how many."""
    told = News.objects.filter(thing=THING, thing_id=vacancy_id)
    if not told.exists():
        return 0
    with transaction.atomic():
        vacancy = _held(vacancy_id)
        if vacancy.state != Vacancy.State.OPEN:
            return 0
        know = _who_know(told)
        news.take_back(thing=THING, numbers=[vacancy_id], kinds=[HIDDEN])
        know &= _who_know(told)
        rows = list(vacancy.opinions.filter(jobseeker__user__in=know).select_related("jobseeker__user"))
        for row in rows:
            _tell(row, SHOWN_AGAIN)
    return len(rows)


def tell_behind() -> int:
    """Tell what a hiding should have told, had its listener been lost; return how many."""
    lately = Q(vacancy__hidings__ended_at__isnull=True, vacancy__hidings__at__gt=clock.now() - MADE_UP_FOR)
    left = answered().filter(lately, vacancy__state=Vacancy.State.HIDDEN).order_by()
    return sum(tell_hidden(number) for number in sorted(set(left.values_list("vacancy", flat=True))))


def _held(vacancy_id: int) -> Vacancy:
    """Hold the ad, so that nobody is told twice by two who tell at once."""
    return Vacancy.objects.select_for_update(of=("self",)).get(pk=vacancy_id)


def _untold(vacancy: Vacancy, hiding: Hiding) -> QuerySet[Opinion]:
    since, same_job = hiding.at, hiding.of_the_act().values("vacancy")
    hers = Introduction.objects.filter(vacancy__in=same_job, jobseeker=OuterRef("jobseeker"))
    first = answered().filter(jobseeker=OuterRef("jobseeker"), vacancy__in=same_job, vacancy__lt=vacancy.pk)
    told = News.objects.filter(user=OuterRef("jobseeker__user"), kind=HIDDEN)
    of_it = told.filter(thing=THING, thing_id=vacancy.pk, at__gte=since)
    introduced = Introduction.objects.filter(vacancy__in=same_job).order_by().values("pk")
    by_it = told.filter(thing=Introduction.THING, thing_id__in=introduced, at__gte=since - JUST_BEFORE)
    return (
        answered()
        .filter(vacancy=vacancy, jobseeker__user__is_active=True)
        .exclude(Exists(hers.filter(Q(state__in=OPEN) | Q(reason=Reason.AD_HIDDEN))))
        .exclude(Exists(by_it))
        .exclude(Exists(first))
        .exclude(Exists(of_it))
        .select_related("jobseeker__user", "vacancy")
        .order_by("pk")
    )


def _who_know(told: QuerySet[News]) -> set[int]:
    """Return the users whose last news of an ad is that it is hidden."""
    last = {row.user_id: row.kind for row in told.order_by("at", "pk").only("user_id", "kind")}
    return {user for user, kind in last.items() if kind == HIDDEN}


def _tell(row: Opinion, kind: str) -> None:
    page = reverse("matches:opening", kwargs={"vacancy_id": row.vacancy_id})
    subject = news.Subject(THING, row.vacancy_id, row.vacancy.title, page)
    news.tell(user=row.jobseeker.user, role=Role.JOBSEEKER, kind=kind, subject=subject)


def taken_down(person: Jobseeker) -> list[str]:
    """Return the titles of the ads that she answered and that were taken down lately, each job once."""
    titles: dict[tuple[object, ...], str] = {}
    for title, *act in TAKEN_DOWN(person.pk, clock.now() - ON_HER_HOME):
        titles.setdefault(tuple(act), title)
    return list(titles.values())[:ON_HOME]


def answered_by(person: Jobseeker, vacancy_id: int) -> Vacancy:
    """Return a hidden ad that she answered, or answer 404."""
    hers = answered().filter(jobseeker=person).values("vacancy")
    return get_object_or_404(Vacancy, pk__in=hers.filter(vacancy=vacancy_id), state=Vacancy.State.HIDDEN)


def on_paper(row: News) -> Sequence[str]:
    """Return what a letter tells of it."""
    return [row.title, str(WRITTEN[row.kind])]


def entered_at(row: News) -> str:
    """Return the page at which the service reads the ad with her."""
    where = {"jobseeker_id": row.user.jobseeker.pk, "vacancy_id": row.thing_id}
    return reverse("matches:opening_of", kwargs=where)


def over(_now: dt.datetime) -> QuerySet[News]:
    """Find the news of opinions that are gone."""
    there = Opinion.objects.filter(vacancy=OuterRef("thing_id"), jobseeker__user=OuterRef("user"))
    return News.objects.filter(~Exists(there), thing=THING)
