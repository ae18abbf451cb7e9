"""What is written stays with the interview, once; a document lies before all in the room, and before nobody else."""

import uuid
from typing import Any

import pytest
from django.test import Client

from tests.interviews.making import both_in, paper_of, seat, url
from tests.personas import Town
from visavis.documents.models import Document
from visavis.interviews import live, services, sharing
from visavis.interviews.models import Interview, Laid, Remark
from visavis.journal.models import Entry
from visavis.live.models import Bulletin


@pytest.fixture
def paper(town: Town, room: Interview, settings: Any, tmp_path: Any) -> Document:
    """Two pages of Amélie's."""
    settings.MEDIA_ROOT = str(tmp_path)
    return paper_of(town, pages=2)


def told(ear: str | None) -> int:
    return Bulletin.objects.filter(topic=live.topic_of(ear or ""), body__k="said").count()


def test_what_is_written_is_kept_once_and_told_to_all(room: Interview, town: Town) -> None:
    host, hers = both_in(room, town)
    said = {"words": "Bonjour <b>", "form": str(uuid.uuid4())}
    for _click in range(2):
        Client().post(url("act", hers, "write"), said)
    assert [one.words for one in Remark.objects.all()] == ["Bonjour <b>"]
    assert told(host.ear) == told(hers.ear) == 1
    assert "Bonjour &lt;b&gt;" in town.client("bruno").get(url("seat", host)).text
    for words in ("", "  ", "x" * 2_001):
        with pytest.raises(sharing.NothingWritten):
            sharing.write(seat=seat(room, 2), words=words, form=uuid.uuid4())


def test_a_document_lies_before_all_open_at_one_page(room: Interview, town: Town, paper: Document) -> None:
    host, hers = both_in(room, town)
    town.client("bruno").post(url("act", host, "lay"), {"document": paper.pk})
    assert Entry.objects.filter(thing="document", thing_id=paper.pk, note="interview").exists()
    told = Client().get(url("picture", hers, 1)).headers
    assert told["Content-Type"] == "image/jpeg" and "sandbox" in told["Content-Security-Policy"]
    Client().post(url("act", hers, "turn"), {"page": "2"})
    for page in ("3", "0", "x", ""):
        Client().post(url("act", hers, "turn"), {"page": page})
    assert Laid.objects.get().page == 2
    Client().post(url("act", hers, "take-away"))
    assert Client().get(url("picture", hers, 1)).status_code == 404
    assert Laid.objects.get().taken_away_at is not None
    sharing.lay(seat=seat(room, 2), document_id=paper.pk, by=town.people["amelie"])
    services.end(interview=room, by=town.people["bruno"])
    assert Laid.objects.latest("pk").taken_away_at is not None


def test_only_papers_of_her_file_are_laid_in_the_room(room: Interview, town: Town, paper: Document) -> None:
    both_in(room, town)
    paper.person = town.people["gael"]
    Document.objects.filter(pk=paper.pk).update(person=town.people["gael"])
    for number, by in ((1, "bruno"), (2, "amelie"), (2, None)):
        with pytest.raises(sharing.NothingToLay):
            user = town.people[by] if by else None
            sharing.lay(seat=seat(room, number), document_id=paper.pk, by=user)
    Document.objects.filter(pk=paper.pk).update(person=town.people["amelie"])
    sharing.lay(seat=seat(room, 1), document_id=paper.pk, by=town.people["bruno"])
    services.put_out(seat=seat(room, 2), by=town.people["bruno"])
    outside = seat(room, 2)
    Client().post(url("act", outside, "write"), {"words": "x"})
    assert not Remark.objects.exists()
    assert Client().get(url("picture", outside, 1)).status_code == 404
