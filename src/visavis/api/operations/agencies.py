"""Agencies: when the door is open now, next, and on the days to come."""

import datetime as dt

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Router

from visavis.agencies.models import Agency, Closure
from visavis.agencies.models.agency import AgencyQuerySet
from visavis.agencies.repeats_words import coming
from visavis.api import callers
from visavis.api.declaring import operation
from visavis.api.scopes import Scope
from visavis.api.shapes.agencies import AgencyList, AgencyOut, ClosureOut, OpenDayOut, StretchOut, WaitingOut
from visavis.api.shapes.common import Id
from visavis.common import clock
from visavis.queues.words import crowd

router = Router(tags=["agencies"])
READ = Scope.VACANCIES_READ
AHEAD = dt.timedelta(days=6)
BOOKED_DAYS = 56


@operation(router.get, "/agencies", scope=READ, is_open=True)
def list_agencies(request: HttpRequest) -> AgencyList:
    """List the agencies, each with when its door is open."""
    now = clock.now()
    return AgencyList(items=[shown(agency, now) for agency in seen(request)])


@operation(router.get, "/agencies/{int:agency_id}", scope=READ, is_open=True)
def read_agency(request: HttpRequest, agency_id: Id) -> AgencyOut:
    """Read where a door is, whether it is open now, and when it opens next."""
    return shown(get_object_or_404(seen(request), pk=agency_id), clock.now())


def seen(request: HttpRequest) -> AgencyQuerySet:
    found = Agency.objects.visible_to(callers.of(request).user)
    return found.select_related("commune").with_hours()


def closed_from(agency: Agency, now: dt.datetime) -> list[Closure]:
    """Return the closures that are not over; of one that comes back, its times of the weeks in which one books."""
    once = [one for one in agency.closures.all() if not one.rule and not one.ended_at and one.ends_at > now]
    again = [
        Closure(starts_at=taken.starts_at, ends_at=taken.ends_at, reason=row.reason)
        for row, taken in coming(agency, now, BOOKED_DAYS)
    ]
    return sorted([*once, *again], key=lambda one: one.starts_at)


def shown(agency: Agency, now: dt.datetime) -> AgencyOut:
    """Write an agency; every hour with the offset of the clock on its wall."""
    timetable = agency.timetable
    today, zone = timetable.date_of(now), timetable.zone
    here = crowd(agency) if timetable.is_open(now) else None
    closes_at, opens_at = timetable.closing(now), timetable.next_opening(now)
    return AgencyOut(
        id=agency.pk,
        url=f"{settings.SITE_URL}{reverse('agencies:page', args=[agency.pk])}",
        name=agency.name,
        address=agency.address,
        commune=agency.commune_id,
        town=agency.commune.name,
        phone=agency.phone,
        opening_hours=agency.opening_hours,
        time_zone=zone.key,
        is_open=closes_at is not None,
        closes_at=closes_at and closes_at.astimezone(zone),
        next_opening_at=opens_at and opens_at.astimezone(zone),
        waiting=WaitingOut(
            number=here.number,
            minutes_at_best=here.best,
            minutes_at_worst=here.worst,
            light=here.light,
        )
        if here
        else None,
        closures=[
            ClosureOut(
                starts_at=one.starts_at.astimezone(zone),
                ends_at=one.ends_at.astimezone(zone),
                reason=one.reason,
            )
            for one in closed_from(agency, now)
        ],
        open_days=[
            OpenDayOut(day=one.day, hours=one.spans, reason=one.reason)
            for one in agency.open_days.all()
            if not one.ended_at and one.day >= today
        ],
        opens=[
            StretchOut(starts_at=one.starts_at.astimezone(zone), ends_at=one.ends_at.astimezone(zone))
            for one in timetable.between(today, today + AHEAD)
        ],
    )
