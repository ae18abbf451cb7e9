"""What is past its time is deleted, and nothing before."""

import pytest

from tests.personas import Town
from visavis.common import keeping
from visavis.journal import chain
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.matches import services
from visavis.matches.models import Showing

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def something_happened(town: Town) -> None:
    journal.read("jobseeker", town.jobseeker.pk, by=1, person_id=2)
    services.log_showing(page="openings", matches=[], by=town.people["amelie"], jobseeker=town.jobseeker)


def test_what_is_past_its_time_is_deleted_and_the_chain_stays_whole(town: Town, time_machine: object) -> None:
    time_machine.move_to("2020-01-01")  # type: ignore[attr-defined]
    something_happened(town)
    time_machine.move_to("2021-06-01")  # type: ignore[attr-defined]
    something_happened(town)
    told = keeping.forget()
    assert (told["journal"], told["showings"]) == (1, 1)
    assert (Entry.objects.count(), Showing.objects.count()) == (1, 1)
    assert chain.link() == 1
    assert chain.broken() == []


def test_nothing_is_deleted_before_its_time(town: Town, time_machine: object) -> None:
    time_machine.move_to("2020-01-01")  # type: ignore[attr-defined]
    something_happened(town)
    time_machine.move_to("2020-12-30")  # type: ignore[attr-defined]
    told = keeping.forget()
    assert (told["journal"], told["showings"]) == (0, 0)
    assert (Entry.objects.count(), Showing.objects.count()) == (1, 1)
