"""An appointment that is held on the site has its room from the moment it is booked."""

import pytest

from tests.appointments.making import MONDAY, kind, times, wanted
from tests.personas import Town
from visavis.appointments import rooms, services
from visavis.interviews.models import Interview

pytestmark = pytest.mark.django_db


def test_an_appointment_by_video_has_its_room_and_its_link_as_soon_as_it_is_booked(received: Town) -> None:
    first = kind(received.agency, channels=["video"])
    [at, *_more] = times(received.agency, 30, MONDAY.date())
    row = services.book(
        wanted=wanted(first, at, channel="video"),
        person=received.people["amelie"],
        by=received.people["bruno"],
    )
    assert Interview.objects.filter(appointment=row).count() == 1 and rooms.link_of(row)


def test_one_at_the_agency_has_none(received: Town) -> None:
    [at, *_more] = times(received.agency, 30, MONDAY.date())
    row = services.book(
        wanted=wanted(kind(received.agency), at),
        person=received.people["amelie"],
        by=received.people["bruno"],
    )
    assert not Interview.objects.filter(appointment=row).exists() and not rooms.link_of(row)
