"""An appointment that is held on the site has its room from the moment it is booked."""

import pytest

from tests.appointments.making import MONDAY, kind, times, wanted
from tests.personas import Town
from visavis.appointments import rooms, services
from visavis.interviews.models import Interview

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("channel", "has_room"), [("video", True), ("agency", False)])
def test_an_appointment_by_video_alone_has_its_room_as_soon_as_it_is_booked(
    received: Town, channel: str, *, has_room: bool
) -> None:
    first = kind(received.agency, channels=[channel])
    [at, *_more] = times(received.agency, 30, MONDAY.date())
    her, bruno = received.people["amelie"], received.people["bruno"]
    row = services.book(wanted=wanted(first, at, channel=channel), person=her, by=bruno)
    assert (Interview.objects.filter(appointment=row).exists(), bool(rooms.link_of(row))) == (
        has_room,
        has_room,
    )
