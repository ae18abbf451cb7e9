"""What ended by itself says why, to her and to the employer."""

import datetime as dt

import pytest

from tests.introductions.test_pages import put, text
from tests.personas import Town
from visavis.common import clock
from visavis.introductions import flow, limits
from visavis.introductions.enums import Reason, State
from visavis.introductions.models import Introduction

pytestmark = pytest.mark.django_db


def test_silence_and_filled_positions_are_said_to_both(town: Town) -> None:
    row = put(town)
    long_ago = clock.now() - limits.EMPLOYER_SILENCE - dt.timedelta(days=1)
    Introduction.objects.filter(pk=row.pk).update(put_at=long_ago, jobseeker_yes_at=long_ago)
    assert flow.expire() == 1
    row.refresh_from_db()
    assert (row.state, row.reason) == (State.EXPIRED, Reason.NO_ANSWER)
    for who in ("amelie", "chloe"):
        assert "Personne n’a répondu à temps." in text(town.client(who).get(row.url)), who
    Introduction.objects.filter(pk=row.pk).update(reason=Reason.POSITION_FILLED)
    for who in ("amelie", "chloe"):
        assert "Tous les postes sont pourvus." in text(town.client(who).get(row.url)), who
