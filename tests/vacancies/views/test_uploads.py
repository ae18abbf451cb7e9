"""A file put on the page of the feeds: looked at, its columns chosen, read by a job, thrown away."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from tests.personas import Town
from visavis.common import clock
from visavis.journal.models import Entry
from visavis.vacancies.feeds import uploads
from visavis.vacancies.models import Feed, FeedRun, FeedUpload, Vacancy

pytestmark = pytest.mark.django_db
TABLE = "Réf;Poste;Ville;Boîte\n1;Boulanger;Valence;Fournil\n2;Vendeur;Valence;Fournil\n"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Iterator[Path]:
    settings.MEDIA_ROOT = tmp_path / "media"
    yield tmp_path / "media"


@pytest.fixture
def bruno(town: Town) -> Client:
    return town.client("bruno")


def send(client: Client, content: bytes | str, name: str = "offres.csv", **more: str) -> HttpResponse:
    data = content.encode() if isinstance(content, str) else content
    return client.post("/feeds/new/", {"name": "Mairie", "file": SimpleUploadedFile(name, data), **more})  # type: ignore[return-value]


def page_of(client: Client, content: bytes | str = TABLE, **more: str) -> str:
    response = send(client, content, **more)
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def kept(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


def test_a_table_is_shown_with_what_is_guessed_and_thrown_away(bruno: Client, media: Path) -> None:
    address = page_of(bruno)
    text = bruno.get(address).text
    assert "Boîte" in text and "Vendeur" in text and "utf-8" in text
    upload = FeedUpload.objects.get()
    assert upload.columns == {"Réf": "id", "Poste": "title", "Ville": "town", "Boîte": ""}
    assert (upload.count, upload.format, kept(media)) == (2, "csv", ["offres.csv"])
    assert not Vacancy.objects.filter(feed__isnull=False).exists() and not Feed.objects.exists()
    assert bruno.post(address, {"do": "discard"}).status_code == 302
    assert not FeedUpload.objects.exists() and kept(media) == []
    assert Entry.objects.filter(thing="feed_upload").count() == 2


def test_columns_are_corrected_then_kept_for_the_next_file_and_a_file_is_read_once(
    bruno: Client, town: Town, django_capture_on_commit_callbacks: Any, media: Path
) -> None:
    address = page_of(bruno)
    chosen = {"do": "columns", "c0": "id", "c1": "title", "c2": "town", "c3": "employer"}
    assert bruno.post(address, chosen).status_code == 302
    assert "Fournil" in bruno.get(address).text
    with django_capture_on_commit_callbacks(execute=True):
        bruno.post(address, {"do": "read"})
        bruno.post(address, {"do": "read"})
    uploads.read_upload.call(FeedUpload.objects.get().pk, town.people["bruno"].pk)
    assert FeedUpload.objects.get().run == FeedRun.objects.get() and kept(media) == []
    assert Feed.objects.get().columns["Boîte"] == "employer"
    names = Vacancy.objects.filter(feed__isnull=False).values_list("employer__name", flat=True)
    assert set(names) == {"Fournil"}
    assert Entry.objects.filter(thing="feed_run", action="ran", actor_id__isnull=False).exists()
    page_of(bruno, TABLE + "3;Boucher;Valence;Autre\n")
    assert FeedUpload.objects.first().columns["Boîte"] == "employer"  # type: ignore[union-attr]


def test_a_choice_that_makes_no_sense_is_told_and_a_changed_header_asked_anew(bruno: Client) -> None:
    address = page_of(bruno)
    for chosen, words in (
        ({"c0": "id"}, "intitulé"),
        ({"c0": "title", "c1": "title"}, "même chose"),
        ({"c1": "title", "c2": "no-such"}, "l’un de ces champs"),
    ):
        response = bruno.post(address, {"do": "columns", **chosen})
        assert response.status_code == 200 and words in response.text
        assert FeedUpload.objects.get().columns["Poste"] == "title"
    known = {"Poste": "occupation", "Lieu": "town", "Boîte": "employer"}
    Feed.objects.create(name="Mairie", format="csv", columns=known)
    text = bruno.get(page_of(bruno)).text
    assert "Lieu" in text and "ont changé" in text
    chosen = {"Poste": "occupation", "Boîte": "employer", "Ville": "town"}
    assert chosen.items() <= FeedUpload.objects.latest("pk").columns.items()
    Feed.objects.update(format="job-posting")
    assert "autre format" in send(bruno, TABLE).content.decode()


def test_a_file_that_is_no_feed_is_refused_and_not_kept(bruno: Client, media: Path) -> None:
    for content, name, words in (
        (b"", "vide.csv", "vide"),
        (b"PK\x03\x04xx", "a.csv", "archive"),
        (b'{"a": 1}', "a.json", "JSON"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><PositionOpening/>', "a.xml", "DTD"),
        ("<html>rien</html>", "a.html", "JSON-LD"),
        ("un seul mot", "a.csv", "tableau"),
    ):
        response = send(bruno, content, name)
        assert response.status_code == 200 and words in response.content.decode(), name
        assert not FeedUpload.objects.exists() and kept(media) == []
    # A name of a file leads nowhere else.
    for name in ("../../etc/passwd", "a\x00b.csv", "x" * 190 + ".csv", "<script>.csv", "...", "é à.csv"):
        send(bruno, TABLE, name)
        assert all(media.resolve() in path.resolve().parents for path in media.rglob("*"))
        assert not any("<" in one or "/" in one for one in kept(media))


def test_other_formats_are_looked_at_in_the_same_place(
    bruno: Client, django_capture_on_commit_callbacks: Any
) -> None:
    posting = {"@type": "JobPosting", "title": "Boulanger", "identifier": "1"}
    text = json.dumps(posting | {"hiringOrganization": "<b>Fournil</b>"})
    address = page_of(bruno, f'<html><script type="application/ld+json">{text}</script></html>', name="Page")
    text = bruno.get(address).text
    assert "Boulanger" in text and "<b>Fournil" not in text
    with django_capture_on_commit_callbacks(execute=True):
        bruno.post(address, {"do": "read", "is_partial": "on"})
    assert Feed.objects.get().format == "job-posting" and not FeedRun.objects.get().is_whole
    assert "1" in bruno.get(f"{address}progress/").text


def test_the_sweep_starts_what_was_forgotten_and_throws_away_what_is_old(bruno: Client, media: Path) -> None:
    page_of(bruno)
    FeedUpload.objects.update(asked_at=clock.now() - dt.timedelta(minutes=5))
    assert uploads.sweep() == 1 and FeedRun.objects.count() == 1
    page_of(bruno, TABLE.replace("Poste", "Titre"), name="Old")
    FeedUpload.objects.update(uploaded_at=clock.now() - dt.timedelta(days=2))
    uploads.sweep()
    assert not FeedUpload.objects.exists() and kept(media) == []


def test_a_stranger_sends_nothing_and_sees_no_table(town: Town, media: Path) -> None:
    seen = FeedUpload.objects.filter(pk=town.feed_upload.pk)
    assert all(seen.visible_to(town.people[one]).exists() for one in ("bruno", "dario", "hugo"))
    for persona in ("rosa", "nadia", "chloe", "amelie", "ines"):
        assert not seen.visible_to(town.people[persona]).exists()
        assert send(town.client(persona), TABLE).status_code == 404
    assert FeedUpload.objects.count() == 1 and kept(media) == []
