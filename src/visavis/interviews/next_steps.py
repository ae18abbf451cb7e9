"""What whoever cannot meet by video does next: be called, come, take another time. No page is without a way on."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from visavis.agencies.words import now_words
from visavis.appointments import permissions
from visavis.appointments.enums import Books
from visavis.common import clock
from visavis.interviews import calls
from visavis.interviews.models import Call, Interview
from visavis.people.addresses import phone_as_written
from visavis.ui.dates import hour, weekday_moment

SHOWN_OF_A_NUMBER = 2


@dataclass(frozen=True)
class NextSteps:
    """The three ways on, in words and addresses; of who has asked to be called, the promise."""

    door: str
    within: str
    promise: str
    new_time_url: str
    has_number: bool


def next_steps(interview: Interview) -> NextSteps:
    """Return the ways on for one interview."""
    row, now = interview.appointment, clock.now()
    call = calls.open_call(interview)
    with timezone.override(row.zone):
        due_at = calls.promised(interview, now)
        is_today = row.agency.timetable.date_of(due_at) == row.agency.timetable.date_of(now)
        within = hour(due_at) if is_today else weekday_moment(due_at)
    return NextSteps(
        now_words(row.agency.timetable, now),
        _("We call you: until %(when)s at the latest.") % {"when": within},
        promise(call) if call else "",
        new_time_url(interview),
        bool(row.person and row.person.phone),
    )


def promise(call: Call) -> str:
    """Say until when she is called, and at which number: its last figures, for a link is no sign-in."""
    row = call.interview.appointment
    with timezone.override(row.zone):
        when = weekday_moment(call.due_at)
    ending = phone_as_written(call.phone)[-SHOWN_OF_A_NUMBER:]
    return _("We call you until %(when)s, at the number that ends in %(ending)s.") % {
        "when": when,
        "ending": ending,
    }


def new_time_url(interview: Interview) -> str:
    """Return where another time is taken: for this appointment while it may be moved, else like anybody."""
    row = interview.appointment
    if permissions.can_change(row):
        return reverse("appointments:move", kwargs={"appointment_id": row.pk})
    if row.kind.books == Books.ANYBODY and row.kind.is_open:
        return reverse("appointments:times", kwargs={"kind_id": row.kind_id})
    return ""
