"""A time falls free while many want it, and is answered by many at once: scenes that test_at_once.py has played."""

import datetime as dt
import sys
from collections import Counter
from functools import partial
from typing import Any

from tests.common.at_once import Found, at_once, play

WAITING, BOOKING, ANSWERS = 4, 4, 8
GUARDS = [
    ("appointments.Quantum", "a_counsellor_is_in_one_place"),
    ("appointments.Step", "steps_of_an_appointment_follow"),
]


class Town:
    """A time that is free, people who wait for it, and others who come for it."""

    def __init__(self, town: Any) -> None:
        from tests import factories  # noqa: PLC0415  (Django must be set up)
        from tests.appointments import making  # noqa: PLC0415
        from visavis.appointments.free import today_at  # noqa: PLC0415
        from visavis.appointments.models import Appointment, Receiving  # noqa: PLC0415

        Appointment.objects.all().delete()
        Receiving.objects.all().delete()
        making.always_open(town.agency)
        making.receives(town.agency, town.people["bruno"], ((540, 1080),))
        self.kind = making.kind(town.agency)
        day = today_at(town.agency)
        zone = town.agency.zone
        self.early = dt.datetime.combine(day + dt.timedelta(days=4), dt.time(9), zone)
        late = dt.datetime.combine(day + dt.timedelta(days=20), dt.time(9), zone)
        people = [factories.JobseekerFactory(agency=town.agency).user for _one in range(WAITING + BOOKING)]
        self.others = people[WAITING:]
        self.rows = []
        for place, person in enumerate(people[:WAITING]):
            row = making.booked(self.kind, late + place * dt.timedelta(minutes=30), person)
            Appointment.objects.filter(pk=row.pk).update(wants_earlier_at=row.at)
            self.rows.append(Appointment.objects.with_words().get(pk=row.pk))

    def taken(self) -> dict[str, int]:
        from visavis.appointments.models import Appointment, Quantum  # noqa: PLC0415  (Django must be set up)

        rows = Quantum.objects.filter(counsellor__isnull=False).values_list("counsellor", "at")
        return {
            "at_the_time": Appointment.objects.filter(starts_at=self.early).count(),
            "twice": sum(number > 1 for number in Counter(rows).values()),
        }


def falls_free(town: Any) -> Found:
    """Four are offered the time, and four book it, at the same moment: it is one's."""
    from tests.appointments import making  # noqa: PLC0415  (Django must be set up)
    from visavis.appointments import services  # noqa: PLC0415
    from visavis.common import clock  # noqa: PLC0415

    scene = Town(town)
    until = clock.now() + dt.timedelta(hours=4)
    hold = partial(services.hold_in_place, starts_at=scene.early, until=until)
    acts = [partial(hold, appointment=row) for row in scene.rows]
    acts += [partial(making.booked, scene.kind, scene.early, one) for one in scene.others]
    at_once(acts, WAITING + BOOKING)
    return scene.taken()


def answered(town: Any) -> Found:
    """She takes the time eight times at once, in two tabs and by her counsellor: she is moved once."""
    from visavis.appointments import services  # noqa: PLC0415  (Django must be set up)
    from visavis.appointments.models import Appointment  # noqa: PLC0415
    from visavis.common import clock  # noqa: PLC0415

    scene = Town(town)
    row = scene.rows[0]
    services.hold_in_place(appointment=row, starts_at=scene.early, until=clock.now() + dt.timedelta(hours=4))
    take = partial(services.take_earlier, appointment=row, by=row.person)
    told = at_once([take] * ANSWERS, ANSWERS)
    moved = Appointment.objects.get(pk=row.pk)
    return {
        "told": told,
        "sequence": moved.sequence - row.sequence,
        "quanta": moved.quanta.count(),
        **scene.taken(),
    }


SCENES = {"falls-free": falls_free, "answered": answered}

if __name__ == "__main__":
    play(SCENES[sys.argv[1]], GUARDS)
