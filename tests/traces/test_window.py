"""The site's window: what it gives, to whom, and that it is the same for everybody."""

import json
import re

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests import agreed, factories
from tests.personas import Town
from tests.traces.device import Device
from visavis.traces import keys, permits
from visavis.traces.models import Period, Permit


def post(client: Client, name: str, body: object) -> HttpResponse:
    return client.post(reverse(f"traces:{name}"), json.dumps(body), "application/json")  # type: ignore[return-value]


def same(content: bytes) -> str:
    """Return a page without what is drawn anew for each request."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]*"', r"\1", content.decode())


def test_whoever_does_not_look_for_work_gets_no_permit(quarter: Period, town: Town) -> None:
    body = {"blinded": keys.b64(Device(quarter).blinded), "period": quarter.code}
    for persona in ("bruno", "hugo", "nadia", "chloe", "ines"):
        assert post(town.client(persona), "permit", body).status_code == 404
    assert not Permit.objects.exists()
    Device(quarter).ask(town.people["amelie"])
    body = {"blinded": keys.b64(Device(quarter).blinded), "period": quarter.code}
    assert json.loads(post(town.client("amelie"), "permit", body).content)["why"] == "already"
    assert json.loads(post(town.client("gael"), "permit", body | {"period": "x"}).content)["why"] == "period"


def test_what_she_ticks_is_added_to_her_file_beside_what_she_has_otherwise(town: Town) -> None:
    diy = factories.InterestFactory(code="interest:diy")
    social = factories.InterestFactory(code="riasec:S", kind="riasec")
    town.jobseeker.interests.create(interest=social)
    told = post(town.client("amelie"), "add_interests", {"interests": [diy.code], **agreed.read()})
    assert json.loads(told.content) == {"saved": [diy.code]}
    assert set(town.jobseeker.interests.values_list("interest", flat=True)) == {diy.code, social.code}
    cars = factories.InterestFactory(code="interest:cars")
    ticked = {"interests": [cars.code, "interest:unknown"], **agreed.read()}
    assert json.loads(post(town.client("amelie"), "add_interests", ticked).content) == {"saved": [cars.code]}
    all_hers = {diy.code, social.code, cars.code}
    assert set(town.jobseeker.interests.values_list("interest", flat=True)) == all_hers


def test_what_comes_without_the_words_of_the_yes_or_is_not_in_the_table_is_not_kept(town: Town) -> None:
    factories.InterestFactory(code="interest:diy")
    for shown in ({}, {"words_sha256": "0" * 64}, {"words_sha256": 3}, {"words_sha256": None}):
        told = post(town.client("amelie"), "add_interests", {"interests": ["interest:diy"], **shown})
        assert told.status_code == 400 and "Lisez-le" in json.loads(told.content)["words"]
    assert not town.jobseeker.interests.exists()
    factories.InterestFactory(code="interest:health")
    for body in ({"interests": ["interest:health"]}, {"interests": []}, {}, [], 3):
        assert post(town.client("amelie"), "add_interests", body).status_code == 400
    assert not town.jobseeker.interests.exists()


def test_her_permits_stand_in_her_export_and_show_to_nobody_else(quarter: Period, town: Town) -> None:
    Device(quarter).ask(town.people["amelie"])
    url = reverse("traces:window")
    pages = {same(town.client(persona).get(url).content) for persona in ("amelie", "gael")}
    assert len(pages) == 1
    mine = reverse("traces:mine")
    assert "1,0" in town.client("amelie").get(mine).text
    assert len(permits.of(town.people["gael"])) == 0
    assert not Permit.objects.visible_to(town.people["bruno"]).exists()
    hers = town.client("amelie").get(reverse("jobseekers:download")).json()
    assert hers["permits"]["given"][0]["quarter"] == quarter.code
    theirs = reverse("jobseekers:person_download", kwargs={"jobseeker_id": town.jobseeker.pk})
    assert "permits" not in town.client("bruno").get(theirs).json()


def test_the_window_alone_keeps_its_opener_and_needs_her_own_page(quarter: Period, town: Town) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = town.client("amelie").cookies
    for name in ("permit", "add_interests"):
        assert post(strict, name, {}).status_code == 403
    shown = town.client("amelie").get(reverse("traces:window"))
    assert shown.headers["Cross-Origin-Opener-Policy"] == "unsafe-none"
    assert "frame-ancestors 'none'" in shown.headers["Content-Security-Policy"]
    for name in ("traces:companion", "traces:mine", "portal:home", "account_login"):
        other = town.client("amelie").get(reverse(name))
        assert other.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_the_window_gives_a_permit_unless_she_stops_them(quarter: Period, town: Town) -> None:
    client, mine = town.client("amelie"), reverse("traces:mine")
    client.post(mine, {"act": "stop"})
    device = Device(quarter)
    body = {"blinded": keys.b64(device.blinded), "period": quarter.code}
    assert json.loads(post(client, "permit", body).content)["why"] == "stopped"
    client.post(mine, {"act": "allow"})
    device.take(keys.from_b64(json.loads(post(client, "permit", body).content)["signature"]))
    assert device.send(device.report(1)).status_code == 204
