"""Files whole, cut, broken and hostile."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.vacancies.feeds.conftest import Write
from visavis.vacancies.feeds.splitting.files import Broken, FileRefused, open_feed

RECORDS = [{"id": str(n), "intitule": 'Une "offre" {n} ] à l’été', "list": [{"x": 1}]} for n in range(5)]


def test_every_shape_gives_the_same_records(write: Write) -> None:
    for content in [
        json.dumps(
            {"resultats": RECORDS, "filtresPossibles": [{"filtre": "a", "agregation": [{"id": "no"}]}]}
        ),
        json.dumps({"filtresPossibles": [{"id": "no"}], "resultats": RECORDS}),
        json.dumps(RECORDS, indent=2),
        "\n".join(json.dumps(record) for record in RECORDS),
        json.dumps({"resultats": RECORDS[:2]}) + "\n" + json.dumps({"resultats": RECORDS[2:]}),
        "\ufeff" + json.dumps(RECORDS, ensure_ascii=False),
    ]:
        file = open_feed(write(content))
        assert (file.count, file.cut_at) == (5, None)
        assert list(file.records()) == RECORDS


def test_one_record_is_a_feed_and_a_broken_one_stops_no_other(write: Write, tmp_path: Path) -> None:
    assert list(open_feed(write(json.dumps(RECORDS[0]))).records()) == [RECORDS[0]]
    found = list(open_feed(write('[{"id": "1"}, {"id": 2,,}, {"id": "3"}]')).records())
    assert found == [{"id": "1"}, Broken(2, "record_not_json"), {"id": "3"}]
    with pytest.raises(FileRefused):
        open_feed(tmp_path / "nowhere.json")


def test_a_cut_file_gives_the_whole_records_before_the_cut_and_says_where(write: Write) -> None:
    whole = json.dumps({"resultats": RECORDS}, ensure_ascii=False)
    ends = [whole.index("}]}", whole.index(f'"id": "{n}"')) + 3 for n in range(5)]
    for tenth in range(1, 10):
        at = len(whole) * tenth // 10
        file = open_feed(write(whole[:at]))
        assert list(file.records()) == RECORDS[: sum(end <= at for end in ends)]
        assert file.cut_at == at
    # Cut inside a letter it is cut, and not in another encoding.
    content = whole.encode()
    at = content.rindex("é".encode()) + 1
    file = open_feed(write(content[:at]))
    assert file.cut_at == len(content[: at - 1].decode())
    assert len(list(file.records())) == 4


def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(write: Write, settings: Any) -> None:
    for content, words in [
        (b"", "empty"),
        (b"<html><body>Service indisponible</body></html>", "not JSON"),
        (b"   \n ", "not JSON"),
        (
            json.dumps({"resultats": [{"id": "1", "intitule": "Été"}]}, ensure_ascii=False).encode("latin-1"),
            "UTF-8",
        ),
        (json.dumps([{"id": "1"}]).encode("utf-16"), "UTF-8"),
        (b"[" * 100_000, "without end"),
        (b'[{"id":"1","a":' + b"[" * 5_000 + b"]" * 5_000 + b"}]", "without end"),
    ]:
        settings.LANGUAGE_CODE = "en"
        with pytest.raises(FileRefused) as refusal:
            open_feed(write(content))
        assert words in str(refusal.value)
        assert "offres.json" in str(refusal.value)
