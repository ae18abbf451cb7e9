"""Nobody can tell who has the companion: with it, without it, agreed, refused or taken back, all is the same.

What she agrees to on her device is known there only; what the service can know is that a permit was given, and these
tests compare everything it keeps and everything it shows without one, with one, and with one stopped.
"""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from django.urls import reverse

import visavis
from tests import agreed, factories
from tests.access.row import Row
from tests.personas import Town
from tests.sweeps import few
from tests.test_access import address, rows
from tests.traces.device import Device
from visavis.common import clock
from visavis.traces import keys
from visavis.traces.models import Period, Permit, Report, Stop

# The day after the town is made: whoever has a role has it by then.
NOW = (dt.datetime.now(dt.UTC) + dt.timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
OWN = {"traces_permit", "traces_report", "traces_stop"}
# One of each role: she, her counsellor, the reception, the head, an employer, data protection. No role sees more.
PERSONAS = ("amelie", "bruno", "rosa", "hugo", "chloe", "nadia")
# Her own permits are shown to her, on one page and in her own download.
HERS = {("amelie", "traces:mine"), ("amelie", "jobseekers:download")}
# Each browser's sign-in, to the minute, is another at each crawl.
HERS |= {(persona, "people:sessions") for persona in PERSONAS}
# The link and its picture for another screen are drawn anew whenever they are shown.
HERS |= {(persona, "documents:phone") for persona in PERSONAS}
DRAWN_ANEW = re.compile(rb'(name="csrfmiddlewaretoken" value=|name="form" value=|nonce=|nonce-)"?[\w=+/-]+"?')
type Act = Callable[[], object]


@contextmanager
def undone() -> Iterator[None]:
    """Do what is inside at one moment, and leave no trace of it."""
    with clock.moved(NOW), transaction.atomic():
        yield
        transaction.set_rollback(True)


def kept() -> dict[str, list[Any]]:
    """Return every row of every table but the traces' own."""
    found = [model for model in apps.get_models() if model._meta.db_table not in OWN]
    return {model._meta.db_table: _rows(model) for model in found}


def _rows(model: type[models.Model]) -> list[Any]:
    # A number given by the database says how many were tried before, here in another state.
    names = [one.attname for one in model._meta.concrete_fields if not isinstance(one, models.AutoField)]
    rows = model._base_manager.order_by("pk")
    return [tuple(str(getattr(row, name)) for name in names) for row in rows]


@pytest.fixture
def states(quarter: Period, town: Town) -> dict[str, Act]:
    """What may have happened on her device, as far as the service could know."""
    amelie, blinded = town.people["amelie"], Device(quarter)

    def window(name: str, body: object) -> None:
        town.client("amelie").post(reverse(f"traces:{name}"), json.dumps(body), "application/json")

    def refused() -> None:
        town.client("amelie").get(reverse("traces:window"))
        Client().get(reverse("traces:terms"))

    def permit() -> None:
        refused()
        window("permit", {"blinded": keys.b64(blinded.blinded), "period": quarter.code})
        assert Permit.objects.count() == 1

    def report() -> None:
        device = Device(quarter).ask(amelie)
        assert device.send(device.report(1, 2)).status_code == 204
        assert Report.objects.count() == 1

    def taken_back() -> None:
        device = Device(quarter).ask(amelie)
        device.send(device.report(1, 2))
        shown = {"message": keys.b64(device.message), "signature": keys.b64(device.signature)}
        Client().delete(reverse("traces:reports"), json.dumps(shown), content_type="application/json")
        town.client("amelie").post(reverse("traces:mine"), {"act": "stop"})
        assert not Report.objects.filter(items__isnull=False).exists() and Stop.objects.exists()

    return {"refused": refused, "permit": permit, "report": report, "taken back and stopped": taken_back}


def test_no_row_differs_but_the_permit_and_the_report(states: dict[str, Act], town: Town) -> None:
    """Lists, ranks, journal, tasks, notices: whatever is shown comes from these tables."""

    def twice(act: Act) -> dict[str, list[Any]]:
        # She is signed in, with and without the companion.
        return after(town, lambda: (town.client("amelie"), act()))

    without = twice(lambda: None)
    assert without["journal_entry"] is not None
    for name, act in states.items():
        different = {table for table, held in twice(act).items() if held != without[table]}
        assert not different, f"{name}: {different}"


def after(town: Town, act: Act) -> dict[str, list[Any]]:
    """Return what is kept once she has signed in and something was done, but when she was there last."""
    with undone():
        town.client("amelie")
        act()
        found = kept()
    found.pop("people_session")
    moment, users = re.compile(r"20\d\d-.*\+00:00$"), found["people_user"]
    found["people_user"] = [tuple(one for one in row if not moment.match(one)) for row in users]
    return found


def addresses(town: Town) -> list[tuple[Row, str]]:
    """Return every address that opens a page, with what it points to made once and for all."""
    # Whoever is hired comes last: until then she has one introduction.
    readings = [row for row in rows() if row.method == "get"]
    ordered = sorted(readings, key=lambda row: "hired" in row.arguments.values())
    return [(row, address(row, town)) for row in ordered]


def crawl(town: Town, pages: list[tuple[Row, str]]) -> dict[tuple[str, str], bytes]:
    """Open every page that a persona may open, as each persona."""
    found = {}
    for persona in PERSONAS:
        client = town.client(persona)
        for row, url in pages:
            if persona in row.allowed and (persona, row.name) not in HERS:
                found[persona, url] = DRAWN_ANEW.sub(rb"\1", b"".join(client.get(url)))
    return found


@pytest.mark.parametrize("state", ["report", pytest.param("taken back and stopped", marks=pytest.mark.again)])
def test_no_page_of_anybody_differs(state: str, states: dict[str, Act], town: Town) -> None:
    """Each role's pages, the journal's, and every download, byte for byte."""
    pages = few("neutral", addresses(town))

    def shown(act: Act) -> dict[tuple[str, str], bytes]:
        with undone():
            act()
            return crawl(town, pages)

    without = shown(lambda: None)
    assert without
    seen = shown(states[state])
    different = [page for page, content in seen.items() if content != without[page]]
    assert not different, different


def test_an_interest_of_the_companion_is_kept_as_one_that_she_ticked_herself(town: Town) -> None:
    """Twins: the same interest in the same file, by the window and by the ordinary form."""
    factories.InterestFactory(code="interest:diy")
    form = reverse("jobseekers:question", kwargs={"question": "interests"})

    body = json.dumps({"interests": ["interest:diy"], **agreed.read()})
    hers = town.client("amelie")
    by_window = after(town, lambda: hers.post(reverse("traces:add_interests"), body, "application/json"))
    by_form = after(town, lambda: hers.post(form, {"interests": ["interest:diy"], **agreed.read()}))
    assert by_form != after(town, lambda: None)
    different = [table for table in by_form if by_form[table] != by_window[table]]
    assert not different, [(by_form[table], by_window[table]) for table in different]


def test_nothing_outside_knows_of_permits() -> None:
    """Rankings, staff pages and the programming interface do not know the names; the demonstration invents reports."""
    source = Path(visavis.__file__).parent
    names = re.compile(
        r"traces\.models|traces import (models|permits)|traces\.permits|traces_(permit|report|stop)"
    )
    found = {str(one.relative_to(source)) for one in source.rglob("*.py") if names.search(one.read_text())}
    found = {one for one in found if not one.startswith("traces/")}
    # The outsider's audit counts permits; nobody is shown.
    assert found == {"demo/reports.py", "operations/promises/of_people.py"}
