"""The address that takes reports: one a permit, byte for byte, from nobody known."""

import json
import logging

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.personas import Town
from tests.traces.device import Device, post
from visavis.people.models import User
from visavis.traces import keys, middleware, periods
from visavis.traces.models import Period, Report


@pytest.fixture
def device(quarter: Period, town: Town) -> Device:
    return Device(quarter).ask(town.people["amelie"])


@pytest.mark.database
def test_a_report_with_a_permit_is_kept_once_and_nothing_else(device: Device, town: Town) -> None:
    report = device.report(1, 2, group="m18")
    assert device.send(report).status_code == 204
    kept = Report.objects.get()
    assert (kept.items, kept.group, kept.period) == (json.loads(report)["items"], "m18", device.period)
    assert [device.send(report).status_code for _time in range(3)] == [204] * 3
    assert Report.objects.count() == 1
    refused = device.send(device.report(1, group="m15"))
    assert refused.status_code == 409 and "premier" in refused.text
    assert Report.objects.get().group == "m18"
    # No person, no address, no time: a new column must be thought of.
    assert {field.name for field in Report._meta.fields} == {"permit_digest", "period", "group", "items"}
    # The service signed a number that shows nowhere in what comes later.
    row = repr(list(Report.objects.values()))
    user = User.objects.get(pk=town.people["amelie"].pk)
    for permit in user.permits.all():
        assert permit.blinded_digest not in row and str(permit.pk) not in row


def test_a_report_or_permit_that_is_not_written_to_the_byte_is_refused(device: Device) -> None:
    for group in ("zzz", "m1805", "M18", "m"):
        text = device.report(1).replace(b'"group":""', f'"group":"{group}"'.encode())
        assert device.send(text).status_code == 400
    text = device.report(1)
    for other in (text + b" ", text.replace(b"privset-1", b"privset-2"), b"{}", b"", "é".encode()):
        assert device.send(other).status_code == 400
    assert not Report.objects.exists()
    report = device.report(1)
    for end in ("visavis-permit-1:2020-1", "visavis-permit-1:", "", "visavis-permit-1:2026-4\0", "x" * 400):
        device.message = bytes(32) + end.encode()
        assert device.send(report).status_code == 400
    device.signature = bytes(256)
    assert device.send(device.report(1)).status_code == 400
    assert not Report.objects.exists()


def test_what_is_no_report_or_too_long_is_told_in_a_sentence(quarter: Period) -> None:
    for body in (
        None, 3, [], {}, {"report": 3}, {"report": "a", "message": 1, "signature": []}, {"report": "\ud800"},
    ):  # fmt: skip
        refused = post(body)
        assert refused.status_code == 400
        assert refused.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert "Rien n’a été gardé" in refused.text
    assert "Nothing was kept" in post(None, **{"Accept-Language": "en"}).text
    assert post({"report": "a" * 5000}).status_code == 413


@pytest.mark.database
def test_a_report_can_be_emptied_while_its_quarter_is_not_counted(device: Device) -> None:
    report = device.report(1)
    device.send(report)
    gone = Client().delete(reverse("traces:reports"), json.dumps(device.body(report)), "application/json")
    assert gone.status_code == 204 and Report.objects.get().items is None
    assert device.send(report).status_code == 409


def test_no_cookie_is_read_or_set(device: Device, town: Town) -> None:
    for name in ("traces:terms", "traces:interests"):
        signed_in, nobody = town.client("bruno").get(reverse(name)), Client().get(reverse(name))
        assert signed_in.content == nobody.content and not signed_in.cookies
        assert "Cookie" not in signed_in.headers.get("Vary", "")
    sent = town.client("amelie").post(
        reverse("traces:reports"), json.dumps(device.body(device.report(1))), "application/json"
    )
    assert sent.status_code == 204 and not sent.cookies
    assert sent.wsgi_request.COOKIES == {} and sent.wsgi_request.user.is_anonymous


def test_neither_address_nor_browser_is_left_behind(device: Device, caplog: pytest.LogCaptureFixture) -> None:
    told = {"X-Forwarded-For": "198.51.100.8", "User-Agent": "Canary/1", "Forwarded": "for=198.51.100.9"}
    client = Client(REMOTE_ADDR="198.51.100.7", headers=told)
    body = json.dumps(device.body(device.report(1)))
    sent = client.post(reverse("traces:reports"), body, "application/json")
    left = repr(sent.wsgi_request.META)
    assert "198.51.100" not in left and "Canary" not in left
    caplog.set_level(logging.DEBUG)
    client = Client(REMOTE_ADDR="198.51.100.7")
    for body in (device.body(device.report(1)), device.body(b"{}"), {"report": "canary"}):
        client.post(reverse("traces:reports"), json.dumps(body), "application/json")
    lines = " ".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert caplog.records
    for said in ("198.51.100.7", "canary", keys.b64(device.message)):
        assert said not in lines


def test_a_companion_may_ask_from_another_origin(quarter: Period, town: Town) -> None:
    named = {reverse(f"traces:{name}") for name in ("terms", "interests", "reports")}
    assert named == middleware.ADDRESSES
    assert settings.MIDDLEWARE[0] == "visavis.traces.middleware.NobodyMiddleware"
    asked = Client().options(reverse("traces:reports"))
    assert asked.status_code == 204 and asked.headers["Access-Control-Allow-Origin"] == "*"
    assert "content-type" in asked.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in asked.headers
    for name in ("traces:window", "traces:knowing", "portal:door", "matches:shortlist"):
        assert "Access-Control-Allow-Origin" not in town.client("amelie").get(reverse(name)).headers


def test_the_terms_are_those_of_the_quarter_and_the_table_the_companions_own(quarter: Period) -> None:
    terms = Client().get(reverse("traces:terms")).json()
    one = quarter.mechanism
    assert (terms["k"], terms["m"], terms["s"]) == (one.k, one.m, one.s)
    assert (terms["epsilon"], terms["cap"], terms["period"]) == (1000, 4000, quarter.code)
    assert keys.from_b64(terms["key"]["n"]) == int(quarter.modulus).to_bytes(256)
    assert {one["code"] for one in terms["groups"]} == periods.group_codes()
    here = (periods.TABLE).read_bytes()
    there = periods.TABLE.parents[4] / "companion" / "src" / "tables" / "interests.json"
    assert here == there.read_bytes()
