"""Whether one looks for work, searches that tell of new openings, and what is wrong with an ad."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Status

from visavis.api import callers, showing
from visavis.api.declaring import operation
from visavis.api.operations.follow_up import own
from visavis.api.operations.vacancies import town
from visavis.api.scopes import Scope
from visavis.api.shapes.common import Id, filled
from visavis.api.shapes.hers.search import (
    AlertBrief,
    AlertIn,
    AlertOut,
    AlertsOut,
    LookingIn,
    LookingOut,
    ReportIn,
    RhythmIn,
)
from visavis.jobseekers import services as jobseekers
from visavis.people.models import User
from visavis.searches.alerts import services, telling
from visavis.searches.asked import Asked
from visavis.searches.models import Alert
from visavis.searches.pages import asking
from visavis.tries import marks
from visavis.vacancies import reporting
from visavis.vacancies.models import Vacancy
from visavis.vacancies.views.reports import is_new_to_us

router = Router(tags=["matches"])
READ, WRITE = Scope.ALERTS_READ, Scope.ALERTS_WRITE


@operation(router.put, "/profile/looking", scope=Scope.PROFILE_WRITE)
def say_looking(request: HttpRequest, sent: LookingIn) -> LookingOut:
    """Say that one looks for work, or that one stops for a time: what waits ends then."""
    actor = callers.of(request).user
    jobseeker = own(actor)
    jobseekers.look(jobseeker=jobseeker, is_looking=sent.is_looking, by=actor)
    return LookingOut(is_looking=jobseeker.is_looking)


@operation(router.get, "/alerts", scope=READ)
def list_alerts(request: HttpRequest) -> AlertsOut:
    """List one’s searches that tell of new openings."""
    actor = callers.of(request).user
    own(actor)
    return AlertsOut(items=[brief(row) for row in Alert.objects.visible_to(actor).filter(user=actor)])


@operation(router.post, "/alerts", scope=WRITE, status=201)
def keep_alert(request: HttpRequest, sent: AlertIn) -> Status[AlertOut]:
    """Keep a search: one is told what is new from now on. The same search again changes its rhythm."""
    actor = callers.of(request).user
    own(actor)
    near = town(sent.near, "body")
    asked = Asked(
        words=sent.q.strip(),
        commune=near.pk if near else "",
        reach_km=sent.km,
        contracts=tuple(dict.fromkeys(sent.contracts)),
        in_limits=sent.in_limits,
    )
    return Status(
        201, whole(services.make(user=actor, asked=asked, rhythm=Alert.Rhythm(sent.rhythm), by=actor), actor)
    )


@operation(router.get, "/alerts/{int:alert_id}", scope=READ)
def read_alert(request: HttpRequest, alert_id: Id) -> AlertOut:
    """Read a search, with the openings that were new last."""
    actor = callers.of(request).user
    return whole(hers(actor, alert_id), actor)


@operation(router.put, "/alerts/{int:alert_id}", scope=WRITE)
def change_alert(request: HttpRequest, alert_id: Id, sent: RhythmIn) -> AlertOut:
    """Say how often one is told; what was stopped begins again."""
    actor = callers.of(request).user
    row = hers(actor, alert_id)
    services.change(alert=row, rhythm=Alert.Rhythm(sent.rhythm), by=actor)
    return whole(row, actor)


@operation(router.delete, "/alerts/{int:alert_id}", scope=WRITE, status=204)
def remove_alert(request: HttpRequest, alert_id: Id) -> HttpResponse:
    """Remove a search."""
    actor = callers.of(request).user
    services.remove(alert=hers(actor, alert_id), by=actor)
    return HttpResponse(status=204)


@operation(router.post, "/alerts/{int:alert_id}/stop", scope=WRITE)
def stop_alert(request: HttpRequest, alert_id: Id) -> AlertOut:
    """Be told no more of a search; it is kept, to begin again."""
    actor = callers.of(request).user
    services.stop(alert=hers(actor, alert_id), by=actor)
    return whole(hers(actor, alert_id), actor)


@operation(
    router.post, "/vacancies/{int:vacancy_id}/reports", scope=Scope.VACANCIES_READ, status=204, is_open=True
)
def report_vacancy(request: HttpRequest, vacancy_id: Id, sent: ReportIn) -> HttpResponse:
    """Say that something is wrong with an ad: a person reads it. Nothing is kept of who said it."""
    caller = callers.of(request)
    vacancy = get_object_or_404(Vacancy.objects.live(), pk=vacancy_id)
    place = f"user-{caller.user.pk}" if caller.token else marks.network(request)
    if is_new_to_us(place, vacancy):
        reporting.report(vacancy=vacancy, why=sent.why, words=sent.words)
    return HttpResponse(status=204)


def hers(actor: User, alert_id: int) -> Alert:
    """Return a search of one’s own, or 404."""
    rows = Alert.objects.visible_to(actor).filter(user=actor).select_related("user")
    found = rows.filter(pk=alert_id).first()
    if found is None:
        raise Http404
    return found


def brief(row: Alert) -> AlertBrief:
    """Return a search as a list shows it."""
    return filled(
        AlertBrief,
        row,
        search=telling.title_of(row),
        filters=asking.told(row.asked),
        is_running=row.stopped_at is None,
        told=len(row.told),
    )


def whole(row: Alert, actor: User) -> AlertOut:
    """Return a search with what was new last."""
    rows = Vacancy.objects.visible_to(actor).open().with_card().in_bulk(row.told)
    found = [showing.brief(rows[number]) for number in row.told if number in rows]
    return AlertOut(**brief(row).model_dump(), vacancies=found)
