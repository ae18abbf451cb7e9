"""A place in a store holds what was sent, whole, gives it back, forgets it; and says in a sentence where it cannot."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.fixtures import Settings

from tests.documents import making
from tests.documents.test_documents import looked_at, send
from tests.personas import Town
from visavis.common import clock
from visavis.documents import files, looking, signs
from visavis.documents.enums import State
from visavis.documents.models import Document
from visavis.documents.places import Bucket, place
from visavis.operations.installing import trying
from visavis.operations.management.commands import what_is_left
from visavis.operations.promises import of_time
from visavis.operations.promises.promise import Held
from visavis.operations.saving import backup, stores

PLACE, KEYS = "s3://backups/of/us", "s3://keys/here"
NAME, LIST = "visavis-20261127T000000.000000Z", "list.json"


def files_in(place: str) -> list[str]:
    with stores.brought(place, prefix="visavis-", last=LIST) as folder:
        return sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())


def test_what_was_sent_comes_back_and_is_forgotten(address: str, settings: Settings, tmp_path: Path) -> None:
    settings.VISAVIS_S3 = address
    for name in ("database.age", LIST):
        (tmp_path / name).write_bytes(name.encode() * 100_000)
    there = stores.Store(PLACE)
    there.send(tmp_path, NAME, last=LIST)
    there.send(tmp_path, "visavis-20250101T000000.000000Z", last=LIST)
    # A newer one that was cut before its list is none.
    there.store.put("visavis-20990101T000000.000000Z/database.age", b"cut")
    assert files_in(PLACE) == [f"{NAME}/database.age", f"{NAME}/{LIST}"]
    assert files_in(f"{PLACE}/{NAME}") == ["database.age", LIST]
    with stores.brought(PLACE, prefix="visavis-", last=LIST) as folder:
        assert (folder / NAME / "database.age").read_bytes() == (tmp_path / "database.age").read_bytes()
    assert not folder.exists()
    there.throw_away(NAME)
    assert not [one for one in there.names() if one.startswith(NAME)]
    stores.Store(KEYS).send(tmp_path, "", last=LIST)
    assert files_in(KEYS) == ["database.age", LIST]


def test_backups_of_a_store_are_counted_like_those_of_a_folder(
    address: str, settings: Settings, tmp_path: Path
) -> None:
    settings.VISAVIS_S3, settings.VISAVIS_BACKUP_TO = address, "s3://backups/counted"
    (tmp_path / LIST).write_bytes(b"{}")
    for name in (NAME, "visavis-20250101T000000.000000Z"):
        stores.Store("s3://backups/counted").send(tmp_path, name, last=LIST)
        (tmp_path / "folder" / name).mkdir(parents=True)
        (tmp_path / "folder" / name / LIST).write_bytes(b"{}")
    # What else lies beside is none of them, and is left alone.
    stores.Store("s3://backups/counted").store.put("visavis-setup", b"x")
    (tmp_path / "folder" / "visavis-notes").mkdir()
    now = dt.datetime(2026, 11, 28, tzinfo=dt.UTC)
    assert backup.lying("s3://backups/counted", now) == backup.lying(str(tmp_path / "folder"), now) == (2, 1)
    assert of_time.no_old_backup().held is Held.BROKEN
    settings.VISAVIS_S3 = ""
    assert of_time.no_old_backup().held is Held.UNSEEN
    assert what_is_left.backups().startswith("not counted (")


def test_a_wrong_key_is_told_without_it(address: str, settings: Settings) -> None:
    settings.VISAVIS_S3 = address.replace("secret", "mistake")
    with pytest.raises(stores.NoStore) as refused:
        stores.Store(PLACE).names()
    assert "cannot be used" in str(refused.value) and "mistake" not in str(refused.value)
    for given, level in ((settings.VISAVIS_S3, "wrong"), (address, "well"), ("", "wrong")):
        found = trying.store({"VISAVIS_BACKUP_TO": PLACE, "VISAVIS_S3": given})
        assert found and found.level == level
    assert trying.store({"VISAVIS_BACKUP_TO": "/var/backups"}) is None
    found = trying.store({"VISAVIS_DOCUMENTS": "s3://papers/here", "VISAVIS_S3": address})
    assert found and "s3://papers/here" in found.words


@pytest.mark.django_db
def test_documents_rest_in_a_store_as_they_do_on_a_disk(
    address: str, settings: Settings, town: Town, tmp_path: Path
) -> None:
    settings.VISAVIS_S3, settings.VISAVIS_DOCUMENTS = address, "s3://papers/of/us"
    settings.MEDIA_ROOT = tmp_path
    document = looked_at(town)
    assert document.state == State.TO_CHECK and not list(tmp_path.rglob("*"))
    where = place()
    assert isinstance(where, Bucket) and where.answers() and signs.scanner().level == "well"
    (original,), (page,) = document.originals.all(), document.pages.all()
    assert files.content(original.file, person=document.person_id) == making.jpeg()
    assert making.BEGINNING not in where.get(original.file)
    picture = reverse("documents:picture", kwargs={"document_id": document.pk, "number": 1})
    assert town.client("amelie").get(picture).content.startswith(b"\xff\xd8\xff")
    alone = files.keep(b"nobody names it", person=document.person_id)
    assert files.sweep() == 0
    with clock.moved(clock.now() + files.ORPHAN * 2):
        assert files.sweep() == 1
    with pytest.raises(files.Lost):
        where.get(alone)
    files.throw_away([page.file, page.file])
    with pytest.raises(files.Lost):
        files.content(page.file, person=document.person_id)


@pytest.mark.django_db
def test_while_the_store_is_away_nothing_is_acknowledged_and_nothing_is_lost(
    address: str, settings: Settings, town: Town
) -> None:
    settings.VISAVIS_S3, settings.VISAVIS_DOCUMENTS = address, "s3://papers/of/others"
    document = looked_at(town)
    waiting = send(town, making.jpeg(making.sheet(light=200)))
    settings.VISAVIS_S3 = address.replace("secret", "mistake")
    client = town.client("amelie")
    picture = reverse("documents:picture", kwargs={"document_id": document.pk, "number": 1})
    answer = client.get(picture)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    photo = SimpleUploadedFile("a.jpg", making.jpeg(making.sheet(light=210)), "image/jpeg")
    form = client.get(reverse("documents:mine")).context["form"]["form"].value()
    page = client.post(reverse("documents:mine"), {"photos": photo, "kind": "work", "form": form})
    assert (
        "n’a pas pu être gardé" in page.content.decode() and Document.objects.filter(way="web").count() == 2
    )
    looking.look(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.tries) == (State.RECEIVED, 0) and signs.scanner().level == "wrong"
    settings.VISAVIS_S3 = address
    looking.look(waiting.pk)
    waiting.refresh_from_db()
    assert waiting.state == State.TO_CHECK
