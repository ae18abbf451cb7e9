"""One person has so many files read an hour and a day, whichever process she asks; her neighbour as many."""

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.personas import Town
from visavis.cvs.reading import alone
from visavis.cvs.reading.document import Unreadable, Why

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What reached the reader of files, which reads nothing here."""
    reached: list[bytes] = []

    def refuse(content: bytes) -> None:
        reached.append(content)
        raise Unreadable(Why.DAMAGED)

    monkeypatch.setattr(alone, "read", refuse)
    return reached


def send(client: Client, url: str = "cvs:read", *, text: str = "", **where: int) -> HttpResponse:
    said: dict[str, object] = {"text": text}
    if not text:
        said["file"] = SimpleUploadedFile("cv.pdf", b"%PDF-1.7 nothing")
    return client.post(reverse(url, kwargs=where or None), said)  # type: ignore[return-value]


def test_a_person_has_twelve_files_read_an_hour_and_pasted_text_always(town: Town, read: list[bytes]) -> None:
    client, now = town.client("amelie"), dt.datetime.now(dt.UTC)
    with time_machine.travel(now, tick=False) as clock:
        answers = [send(client) for _file in range(14)]
        assert [one.status_code for one in answers] == [200] * 12 + [429] * 2
        assert len(read) == 12
        errors = str(answers[-1].context["form"].errors["file"])
        assert "Attendez une heure" in errors or "Wait an hour" in errors
        assert send(client, text="Boulangère depuis 2019").status_code == 302
        clock.shift(3_601)
        assert send(client).status_code == 200


def test_a_counsellor_reads_those_of_a_class_of_forty_whatever_another_sent(
    town: Town, read: list[bytes]
) -> None:
    for _file in range(13):
        send(town.client("amelie"))
    read.clear()
    client = town.client("bruno")
    where = {"jobseeker_id": town.jobseeker.pk}
    assert [send(client, "cvs:read_of", **where).status_code for _file in range(40)] == [200] * 40
    assert len(read) == 40
