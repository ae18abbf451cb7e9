"""Many want one time, or a place, at the same moment: scenes that test_at_once.py has played."""

import datetime as dt
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, partial
from threading import Event
from typing import Any

from tests.common import at_once as rounds
from tests.common.at_once import IS_FULL, Found, at_once, play

PEOPLE, TOGETHER, PLACES = (200 if IS_FULL else 20), 20, 3
WAITING, BOOKING, ANSWERS = 4, 4, 8
GUARDS = [
    ("appointments.Quantum", "a_counsellor_is_in_one_place"),
    ("appointments.Seat", "a_place_of_a_workshop_is_taken_once"),
    ("appointments.Step", "steps_of_an_appointment_follow"),
]
# As long as it takes the others to look too; whatever the machine does meanwhile, the guards must hold.
PAUSE_S = 0.15
NOTHING = Event()


def then_wait(look: Callable[..., Any]) -> Callable[..., Any]:
    """Let everybody have looked at what is free before anybody takes it: the worst moment, each time."""

    def looked(*asked: Any) -> Any:
        found = look(*asked)
        NOTHING.wait(PAUSE_S)
        return found

    return looked


@cache
def people(agency: Any, many: int) -> list[Any]:
    from tests import factories  # noqa: PLC0415  (Django must be set up)

    return [factories.JobseekerFactory(agency=agency, counsellor=None).user for _one in range(many)]


class Day:
    """A counsellor who receives all day, with nothing taken yet."""

    def __init__(self, town: Any) -> None:
        from tests.appointments import making  # noqa: PLC0415  (Django must be set up)
        from visavis.appointments.free import today_at  # noqa: PLC0415
        from visavis.appointments.models import Appointment, Receiving, Workshop  # noqa: PLC0415

        for model in (Appointment, Workshop, Receiving):
            model.objects.all().delete()
        making.always_open(town.agency)
        making.receives(town.agency, town.people["bruno"], ((480, 1080),))
        self.town, self.making = town, making
        self.today, self.kind = today_at(town.agency), making.kind(town.agency)

    def at(self, hour: int, minute: int = 0, days: int = 4) -> dt.datetime:
        day = self.today + dt.timedelta(days=days)
        return dt.datetime.combine(day, dt.time(hour, minute), self.town.agency.zone)

    def choose(self, choices: Sequence[Any]) -> Found:
        """Let everybody choose at the same moment; tell what was answered and what is taken."""
        from visavis.appointments import services  # noqa: PLC0415  (Django must be set up)
        from visavis.appointments.models import Appointment  # noqa: PLC0415

        acts = [
            partial(services.hold, wanted=choices[number % len(choices)], person=one, by=one)
            for number, one in enumerate(people(self.town.agency, PEOPLE))
        ]
        return {"told": at_once(acts, TOGETHER), "held": Appointment.objects.count(), "twice": self.twice()}

    def twice(self) -> int:
        from visavis.appointments.models import Quantum  # noqa: PLC0415  (Django must be set up)

        rows = Quantum.objects.filter(counsellor__isnull=False, appointment__isnull=False)
        return sum(number > 1 for number in Counter(rows.values_list("counsellor", "at")).values())


def one_time(town: Any) -> Found:
    """Everybody chooses the same time of the same kind."""
    day = Day(town)
    return day.choose([day.making.wanted(day.kind, day.at(9))])


def overlapping(town: Any) -> Found:
    """Half choose an hour from eight, half the half hour from half past eight."""
    day = Day(town)
    long, wanted = day.making.kind(town.agency, minutes=60), day.making.wanted
    return day.choose([wanted(long, day.at(8)), wanted(day.kind, day.at(8, 30))])


def places(town: Any) -> Found:
    """Everybody wants one of three places."""
    day = Day(town)
    group = day.making.kind(town.agency, "workshop", 60)
    session = day.making.workshop(group, day.at(15), town.people["bruno"], places=PLACES)
    return day.choose([day.making.wanted(group, day.at(15), workshop=session)])


def wait(day: Day) -> list[Any]:
    """Let people who have a later time wait for an earlier one."""
    from visavis.appointments.models import Appointment  # noqa: PLC0415  (Django must be set up)

    rows = [
        day.making.booked(day.kind, day.at(9, days=20) + place * dt.timedelta(minutes=30), one)
        for place, one in enumerate(people(day.town.agency, WAITING))
    ]
    for row in rows:
        Appointment.objects.filter(pk=row.pk).update(wants_earlier_at=row.at)
    return [Appointment.objects.with_words().get(pk=row.pk) for row in rows]


def falls_free(town: Any) -> Found:
    """Four are offered a time that falls free, and four book it, at the same moment: it is one's."""
    from visavis.appointments import services  # noqa: PLC0415  (Django must be set up)
    from visavis.appointments.models import Appointment  # noqa: PLC0415
    from visavis.common import clock  # noqa: PLC0415

    day = Day(town)
    early, until = day.at(9), clock.now() + dt.timedelta(hours=4)
    hold = partial(services.hold_in_place, starts_at=early, until=until)
    acts = [partial(hold, appointment=row) for row in wait(day)]
    others = people(town.agency, WAITING + BOOKING)[:BOOKING]
    acts += [partial(day.making.booked, day.kind, early, one) for one in others]
    at_once(acts, WAITING + BOOKING)
    return {"at_the_time": Appointment.objects.filter(starts_at=early).count(), "twice": day.twice()}


def answered(town: Any) -> Found:
    """She takes the time eight times at once, in two tabs and by her counsellor: she is moved once."""
    from visavis.appointments import services  # noqa: PLC0415  (Django must be set up)
    from visavis.appointments.models import Appointment  # noqa: PLC0415
    from visavis.common import clock  # noqa: PLC0415

    day = Day(town)
    row, early = wait(day)[0], day.at(9)
    services.hold_in_place(appointment=row, starts_at=early, until=clock.now() + dt.timedelta(hours=4))
    take = partial(services.take_earlier, appointment=row, by=row.person)
    told = at_once([take] * ANSWERS, ANSWERS)
    moved = Appointment.objects.get(pk=row.pk)
    return {
        "told": told,
        "sequence": moved.sequence - row.sequence,
        "quanta": moved.quanta.count(),
        "at_the_time": Appointment.objects.filter(starts_at=early).count(),
    }


SCENES = {
    "one-time": one_time,
    "overlapping": overlapping,
    "places": places,
    "falls-free": falls_free,
    "answered": answered,
}


def main(name: str) -> None:
    rounds.set_up()
    from visavis.appointments import services  # noqa: PLC0415  (Django must be set up)

    rounds.ROUNDS = 20 if IS_FULL else rounds.ROUNDS
    services._candidates = then_wait(services._candidates)
    services._places = then_wait(services._places)
    play(SCENES[name], GUARDS)


if __name__ == "__main__":
    main(sys.argv[1])
