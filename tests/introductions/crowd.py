"""Many people answering at the same moment: scenes that test_at_once.py has played on a database of their own."""

import datetime as dt
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from tests.common.at_once import IS_FULL, Found, at_once, play

# Fewer still come together and find fewer positions than they are.
ANSWERS, TOGETHER, POSITIONS = 200 if IS_FULL else 40, 20, 3


def last_positions(town: Any) -> Found:
    """Many more confirmations than the three positions."""
    from tests import factories  # noqa: PLC0415  (Django must be set up)
    from visavis.common import clock  # noqa: PLC0415
    from visavis.introductions import hires  # noqa: PLC0415
    from visavis.introductions.enums import Side, State  # noqa: PLC0415
    from visavis.introductions.models import Hire, Introduction  # noqa: PLC0415

    vacancy = factories.VacancyFactory(employer=town.employer, positions=POSITIONS)
    now, bruno = clock.now(), town.people["bruno"]
    agreed = {"origin": Side.JOBSEEKER, "state": State.AGREED, "vacancy": vacancy}
    agreed |= {"jobseeker_yes_at": now, "put_at": now, "employer_yes_at": now}
    said = {"kind": "permanent", "starts_on": now.date() + dt.timedelta(days=6), "vacancy": vacancy}
    said |= {"declared_side": Side.EMPLOYER, "declared_by": town.people["chloe"]}
    rows = []
    for _number in range(ANSWERS):
        jobseeker = factories.JobseekerFactory(agency=town.agency, counsellor=bruno)
        rows.append(Introduction.objects.create(jobseeker=jobseeker, **agreed))
        Hire.objects.create(introduction=rows[-1], **said)
    told = at_once(
        [partial(hires.confirm, introduction=row, side=Side.COUNSELLOR, by=bruno) for row in rows], TOGETHER
    )
    vacancy.refresh_from_db()
    seats = vacancy.hires.filter(seat__isnull=False).order_by("seat").values_list("seat", flat=True)
    return {
        "told": told,
        "seats": list(seats),
        "hired": vacancy.introductions.filter(state=State.HIRED).count(),
        "closed": vacancy.introductions.filter(reason="position-filled").count(),
        "vacancy": vacancy.state,
    }


def one_pair(town: Any) -> Found:
    """She wishes, her counsellor proposes and the employer asks, ten times each, at the same moment."""
    from tests import factories  # noqa: PLC0415  (Django must be set up)
    from visavis.introductions import services  # noqa: PLC0415

    bruno, vacancy = town.people["bruno"], factories.VacancyFactory(employer=town.employer)
    jobseeker = factories.JobseekerFactory(agency=town.agency, counsellor=bruno)
    begin: list[tuple[Callable[..., object], object]] = [
        (services.want, jobseeker.user),
        (services.propose, bruno),
        (services.ask, town.people["chloe"]),
    ]
    acts = [partial(act, by=by, jobseeker=jobseeker, vacancy=vacancy) for act, by in begin * 10]
    return {"told": at_once(acts, len(acts)), "introductions": vacancy.introductions.count()}


if __name__ == "__main__":
    scene, guard = {
        "last-positions": (last_positions, ("introductions.Hire", "a_position_is_filled_once")),
        "one-pair": (one_pair, ("introductions.Introduction", "one_open_introduction_a_pair")),
    }[sys.argv[1]]
    play(scene, [guard])
