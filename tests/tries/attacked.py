"""Who is attacked in `test_attacks.py`, as a program on its database: a town, its files, sessions and a program's key.

`fill N` prints them, and two introductions; `crowd N` opens more files, `leave` ends the counsellor's work, `rows`
prints the sessions as they rest, `verify` looks at the journal, `sealed` seals it, `session` signs her in, `night N`
deletes what is past its time in N days, `overdue` counts it, `unsent` what has still to leave.
"""

import json
import sys
from typing import Any

WORDS = "Personne Attaquée"


def fill(number: int) -> dict[str, Any]:
    from django.core.management import call_command  # noqa: PLC0415  (Django must be set up)

    from tests import factories, personas  # noqa: PLC0415
    from visavis.api import tokens  # noqa: PLC0415
    from visavis.api.models import Token  # noqa: PLC0415
    from visavis.common import clock  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    town = personas.build()
    bruno = town.people["bruno"]
    files = [
        factories.JobseekerFactory(user__name=f"{WORDS} {place}", agency=town.agency, counsellor=bruno).pk
        for place in range(number)
    ]
    keys = {
        name: town.client(name).cookies["sessionid"].value
        for name in ("bruno", "rosa", "dario", "hugo", "ines", "nadia", "amelie", "chloe")
    }
    key = f"{tokens.PREFIX}{'x' * 43}"
    Token.objects.create(
        user=bruno,
        name="x",
        digest=tokens.digest(key),
        scopes=["introductions:read"],
        has_second_factor=True,
        last_day=clock.today(),
    )
    return {"files": files, "sessions": keys, "token": key, **introduced(town)}


def introduced(town: Any) -> dict[str, str]:
    """Give the addresses of her wish that is put to the employer, and of two yes that one counsellor said."""
    from tests import factories  # noqa: PLC0415  (Django must be set up)
    from visavis.introductions import flow, services  # noqa: PLC0415
    from visavis.introductions.models import Introduction  # noqa: PLC0415

    other = factories.VacancyFactory(employer=town.employer, commune=town.vacancy.commune)
    for vacancy, by in ((town.vacancy, "amelie"), (other, "bruno")):
        services.want(jobseeker=town.jobseeker, vacancy=vacancy, by=town.people[by])
        flow.put_next(vacancy.pk)
    put, delayed = (Introduction.objects.get(vacancy=vacancy) for vacancy in (town.vacancy, other))
    services.agree(introduction=delayed, by=town.people["bruno"])
    return {"put": put.url, "delayed": delayed.url}


def verify() -> str:
    """Look at the whole journal; return what is said of it."""
    from django.core.management import CommandError, call_command  # noqa: PLC0415  (Django must be set up)

    try:
        call_command("verify_journal", verbosity=0, stdout=sys.stderr)
    except CommandError as error:
        return str(error)
    return "whole"


def sealed() -> int:
    """Link and seal what was written, as each hour does; return the number of the last entry that has a link."""
    from visavis.common import clock  # noqa: PLC0415  (Django must be set up)
    from visavis.journal import chain, seals  # noqa: PLC0415
    from visavis.journal.models import Link  # noqa: PLC0415

    chain.link()
    if (seal := seals.made(clock.now())) is not None:
        seals.keep(seal)
    return int(Link.objects.order_by("-pk").values_list("entry_id", flat=True)[0])


def crowd(number: int) -> int:
    """Open so many files at once at the agency, nobody's caseload."""
    from visavis.common import clock  # noqa: PLC0415  (Django must be set up)
    from visavis.jobseekers.models import Jobseeker  # noqa: PLC0415
    from visavis.people.models import User  # noqa: PLC0415

    agency = Jobseeker.objects.get(user__name="Amélie").agency
    users = User.objects.bulk_create(
        User(name=f"Passante {place:04}", password="!", joined_at=clock.now()) for place in range(number)
    )
    return len(Jobseeker.objects.bulk_create(Jobseeker(user=user, agency=agency) for user in users))


def leave() -> None:
    from visavis.agencies import team  # noqa: PLC0415  (Django must be set up)
    from visavis.agencies.models import Agency  # noqa: PLC0415
    from visavis.people.enums import Role  # noqa: PLC0415
    from visavis.people.models import User  # noqa: PLC0415

    bruno = User.objects.get(name="Bruno")
    agency = Agency.objects.get(organisation__in=bruno.organisation_ids(Role.COUNSELLOR))
    team.let_go(agency=agency, user=bruno, by=None)


def session() -> str:
    """Sign Amélie in anew, who was signed out by closing."""
    from tests import personas  # noqa: PLC0415  (Django must be set up)
    from visavis.people.models import User  # noqa: PLC0415

    return str(personas.signed_in(User.objects.get(name="Amélie")))


def night(days: int = 0) -> int:
    """Delete what is past its time so many days from now, as the worker does; return how many accounts were erased."""
    import datetime as dt  # noqa: PLC0415  (Django must be set up)

    from visavis.common import clock, keeping  # noqa: PLC0415

    with clock.moved(clock.now() + dt.timedelta(days=days)):
        return keeping.forget()["accounts erased"]


def overdue() -> int:
    """Return how many rows of any kind are past their time."""
    from visavis.common import clock, keeping  # noqa: PLC0415  (Django must be set up)

    return sum(keeping.overdue(clock.now()).values())


def unsent() -> int:
    """Return how many messages have still to leave."""
    from visavis.people.models import Outgoing  # noqa: PLC0415  (Django must be set up)

    return Outgoing.objects.count()


def rows() -> list[str]:
    from visavis.people.models import Session  # noqa: PLC0415  (Django must be set up)

    return list(Session.objects.values_list("session_key", flat=True))


if __name__ == "__main__":
    import django

    django.setup()
    act, *more = sys.argv[1:]
    said: Any = globals()[act](*map(int, more))
    sys.stdout.write(json.dumps(said) + "\n")
