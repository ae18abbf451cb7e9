"""The town of the demonstration is alive, the same for the same seed, and nobody in it is real."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from tests import factories
from tests.programs import run
from visavis.agencies.models import Agency
from visavis.appointments.models import Appointment, Workshop
from visavis.common import clock
from visavis.demo import town
from visavis.demo.roles import ROLES, person
from visavis.demo.town import Size
from visavis.jobseekers.models import Jobseeker
from visavis.matches.models import Match, MatchList, Opinion
from visavis.people.enums import Role
from visavis.people.models import Membership, User
from visavis.vacancies.models import Employer, Vacancy

pytestmark = pytest.mark.usefixtures("filled", "db")


def test_there_are_as_many_as_asked_with_lists_and_opinions(filled: Size) -> None:
    assert Jobseeker.objects.looking().count() == filled.jobseekers
    assert Vacancy.objects.open().count() == filled.vacancies
    assert Employer.objects.count() == filled.employers
    assert Agency.objects.count() == 2
    assert Membership.objects.filter(role=Role.COUNSELLOR).count() == 6
    assert set(Match.objects.values_list("side", flat=True)) == set(Match.Whose.values)
    assert Opinion.objects.exists()


def test_every_role_has_somebody() -> None:
    for role in ROLES:
        found = person(role.slug)
        assert found is not None and role.role in found.roles, role.slug


def test_one_stays_the_same_person_when_her_list_is_empty() -> None:
    before = {slug: person(slug) for slug in ("jobseeker", "counsellor", "employer")}
    MatchList.objects.all().delete()
    Jobseeker.objects.filter(user=before["jobseeker"]).update(is_looking=False)
    assert {slug: person(slug) for slug in before} == before


def test_no_address_could_reach_anybody_and_people_live_around_the_agencies() -> None:
    for email in [one.email for one in User.objects.exclude(email__isnull=True)]:
        assert email.endswith((".example", "@example.org", "@example.com", "@example.net", ".invalid")), email
    agencies = list(Agency.objects.select_related("commune"))
    for jobseeker in Jobseeker.objects.select_related("commune"):
        place = jobseeker.commune
        assert place is not None
        near = min(town.apart_km(place.latitude or 0, place.longitude or 0, one.commune) for one in agencies)
        assert near <= town.AROUND_KM


def test_a_filled_town_is_not_filled_twice() -> None:
    call_command("fill_demo", verbosity=0)
    assert Agency.objects.count() == 2
    assert factories.JobseekerFactory.create().pk


def lying() -> bytes:
    """Return all that the database keeps: SQLite's file, or what pg_dump copies out of every table."""
    if connection.vendor == "sqlite":
        return bytes(connection.connection.serialize())
    whole = bytearray()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            with cursor.copy(f"COPY {connection.ops.quote_name(table)} TO STDOUT") as rows:
                whole += b"".join(bytes(part) for part in rows)
    return bytes(whole)


def standing_in(whole: bytes, words: Sequence[str], folder: Path) -> set[str]:
    """Return which words stand in it: all looked for in one pass, which Python's own search is not."""
    (folder / "whole").write_bytes(whole)
    (folder / "words").write_text("\n".join(words))
    found = run(
        ["grep", "--text", "--only-matching", "--fixed-strings", "--file", folder / "words", folder / "whole"],
        env={"LC_ALL": "C", "PATH": os.environ["PATH"]}, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert found.returncode in {0, 1}, "grep could not look"
    return set(found.stdout.decode().split("\n")) - {""}


@pytest.mark.database
def test_nothing_that_people_wrote_can_be_read_in_what_lies_on_the_disk(tmp_path: Path) -> None:
    people = list(Jobseeker.objects.select_related("user"))
    contacts = [one for user in User.objects.all() for one in (user.email, user.phone) if one]
    words = [one.about[:30] for one in people if one.about]
    assert len(contacts) > 80 and len(words) > 40
    before, name = lying(), people[0].user.name
    found = standing_in(before, [*contacts, *words, name], tmp_path)
    assert found == {name}, "names stay readable, and the search finds what is there"
    # The red control: one of each, written in plain beside.
    with connection.cursor() as cursor:
        for key, value in (("control", contacts[0]), ("other", words[0])):
            cursor.execute("INSERT INTO django_session VALUES (%s, %s, '2027-01-01')", [key, value])
    found = standing_in(lying(), [*contacts, *words], tmp_path)
    assert {contacts[0], words[0]} <= found


def test_agencies_have_appointments_before_and_after_today() -> None:
    rows = Appointment.objects.all()
    assert rows.filter(state="booked", starts_at__gt=clock.now()).count() > 10
    assert {"seen", "no-show"} <= set(rows.filter(ends_at__lt=clock.now()).values_list("state", flat=True))
    assert Workshop.objects.count() == 2
