"""Many people answering at the same moment, on a database of their own: run by test_at_once.py as a program.

Prints what each was told and what the tables then hold, as JSON.
"""

import datetime as dt
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

# Two hundred at full size (scripts/faults); fewer still come together and find fewer positions than they are.
ANSWERS, TOGETHER, POSITIONS = 200 if os.environ.get("FAULTS") == "full" else 60, 20, 3


def at_once(acts: Sequence[Callable[[], object]], together: int) -> dict[str, int]:
    """Do acts in threads that start at the same moment, and count what each was told."""
    from django.db import connection  # noqa: PLC0415  (Django must be set up)

    from visavis.common.errors import Refused  # noqa: PLC0415

    start = Barrier(together)

    def do(act: Callable[[], object]) -> str:
        try:
            start.wait(timeout=60)
            act()
        except Refused as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(together) as threads:
        return dict(Counter(threads.map(do, acts)))


def last_positions() -> dict[str, Any]:
    """Many more confirmations than the three positions."""
    from functools import partial  # noqa: PLC0415

    from tests import factories, personas  # noqa: PLC0415
    from visavis.common import clock  # noqa: PLC0415
    from visavis.introductions import hires  # noqa: PLC0415
    from visavis.introductions.enums import Side, State  # noqa: PLC0415
    from visavis.introductions.models import Hire, Introduction  # noqa: PLC0415
    from visavis.vacancies.models import Vacancy  # noqa: PLC0415

    town = personas.build()
    Vacancy.objects.filter(pk=town.vacancy.pk).update(positions=POSITIONS)
    now, bruno = clock.now(), town.people["bruno"]
    rows = [
        Introduction.objects.create(
            jobseeker=factories.JobseekerFactory(agency=town.agency, counsellor=bruno),
            vacancy=town.vacancy,
            origin=Side.JOBSEEKER,
            state=State.AGREED,
            jobseeker_yes_at=now,
            put_at=now,
            employer_yes_at=now,
        )
        for _number in range(ANSWERS)
    ]
    for row in rows:
        Hire.objects.create(
            introduction=row,
            vacancy=town.vacancy,
            kind="permanent",
            starts_on=now.date() + dt.timedelta(days=6),
            declared_side=Side.EMPLOYER,
            declared_by=town.people["chloe"],
        )
    told = at_once(
        [partial(hires.confirm, introduction=row, side=Side.COUNSELLOR, by=bruno) for row in rows], TOGETHER
    )
    town.vacancy.refresh_from_db()
    seats = Hire.objects.filter(seat__isnull=False).order_by("seat").values_list("seat", flat=True)
    return {
        "told": told,
        "seats": list(seats),
        "hired": Introduction.objects.filter(state=State.HIRED).count(),
        "closed": Introduction.objects.filter(reason="position-filled").count(),
        "vacancy": town.vacancy.state,
    }


def one_pair() -> dict[str, Any]:
    """She wishes, her counsellor proposes and the employer asks, ten times each, at the same moment."""
    from functools import partial  # noqa: PLC0415

    from tests import personas  # noqa: PLC0415
    from visavis.introductions import services  # noqa: PLC0415
    from visavis.introductions.models import Introduction  # noqa: PLC0415

    town = personas.build()
    pair = {"jobseeker": town.jobseeker, "vacancy": town.vacancy}
    begin: list[tuple[Callable[..., object], str]] = [
        (services.want, "amelie"),
        (services.propose, "bruno"),
        (services.ask, "chloe"),
    ]
    acts = [partial(act, by=town.people[name], **pair) for act, name in begin * 10]
    return {"told": at_once(acts, len(acts)), "introductions": Introduction.objects.count()}


def main() -> None:
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    scene = {"last-positions": last_positions, "one-pair": one_pair}[sys.argv[1]]
    print(json.dumps(scene()))  # noqa: T201


if __name__ == "__main__":
    main()
