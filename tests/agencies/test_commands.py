from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests import factories
from tests.personas import Town
from visavis.agencies.models import Agency
from visavis.people.enums import Role
from visavis.people.models import User

OPEN = ["--address", "1 quai Neuf", "--commune", "26362", "--phone", "0475000000"]


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


@pytest.mark.database
def test_the_first_agency_and_its_head_come_from_the_terminal(db: None) -> None:
    factories.CommuneFactory()
    run("open_agency", "Agence du Port", *OPEN, "--hours", "Mo-Fr 09:00-12:00")
    agency = Agency.objects.get()
    run("appoint", "head", "Tete@Example.org", "--name", "Tête", "--agency", str(agency.pk))
    head = User.objects.get(email="tete@example.org")
    assert Agency.objects.headed_by(head).get() == agency


def test_an_agency_that_makes_no_sense_is_refused_with_a_sentence(db: None) -> None:
    for commune, hours in (("99999", "Mo-Fr 09:00-12:00"), ("26362", "soon")):
        with pytest.raises(CommandError):
            run("open_agency", "X", "--address", "X", "--commune", commune, "--phone", "0", "--hours", hours)
    assert not Agency.objects.exists()


def test_a_protection_officer_belongs_to_no_agency_and_what_makes_no_sense_leaves_nothing(town: Town) -> None:
    run("appoint", "protection", "amelie@example.org")
    assert User.objects.get(email="amelie@example.org").has_role(Role.PROTECTION)
    for words in (
        ("head", "new@example.org", "--agency", "1"),
        ("head", "not-an-address", "--name", "X"),
        ("head", "new@example.org", "--name", "X"),
        ("head", "new@example.org", "--name", "X", "--agency", "999999"),
        ("protection", "nadia@example.org"),
    ):
        before = User.objects.count()
        with pytest.raises(CommandError):
            run("appoint", *words)
        assert User.objects.count() == before
