"""A home and the desk look only through the few rows that can be meant, however many there are."""

import datetime as dt

import pytest
from django.db import connection
from django.db.models import QuerySet

from tests.personas import Town
from visavis.appointments.models import Appointment
from visavis.common import clock
from visavis.interviews.models import Call

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def plan(rows: QuerySet[Appointment] | QuerySet[Call]) -> str:
    """Return how the database looks for rows; PostgreSQL as if reading a whole table cost something."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
    return str(rows.explain())


def test_who_comes_and_whom_to_call_is_looked_for_among_what_is_booked_and_to_do(town: Town) -> None:
    """Whose appointment it is, is asked of each call: joined to it, all interviews there ever were would be read."""
    now = clock.now()
    today = Appointment.objects.booked().filter(starts_at__gte=now, starts_at__lt=now + dt.timedelta(days=1))
    asked = today.filter(person__in=[user.pk for user in town.people.values()]).values_list("pk")
    assert "appointments_booked_by_whom" in plan(asked.order_by())
    calls = Call.objects.visible_to(town.people["bruno"]).to_make().filter(due_at__lt=now).order_by()
    assert "calls_to_make" in plan(calls)
    assert "JOIN" not in str(calls.query).partition("WHERE")[0]
