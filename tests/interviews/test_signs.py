"""What the head is told of the relay."""

from pathlib import Path
from typing import Any

import pytest

from tests.interviews import coturn
from tests.personas import Town
from visavis.interviews import signs

pytestmark = pytest.mark.django_db


def test_a_relay_that_answers_is_well_one_that_does_not_is_looked_at(tmp_path: Path, settings: Any) -> None:
    with coturn.running(tmp_path) as running:
        settings.VISAVIS_TURN_URLS, settings.VISAVIS_TURN_SECRET = [running.url], coturn.SECRET
        assert signs.relay().level == "well"
    assert signs.relay().words == signs.SILENT and signs.relay().level == "look"


def test_without_a_relay_it_is_said_once_an_agency_meets_by_video(town: Town, settings: Any) -> None:
    settings.DEMO = False
    assert signs.relay().level == "well"
    kind = town.appointment_kind
    kind.channels = ["agency", "video"]
    kind.save()
    assert (signs.relay().level, signs.relay().words) == ("look", signs.NONE)
    settings.DEMO = True
    assert signs.relay().words == signs.STANDS_IN
