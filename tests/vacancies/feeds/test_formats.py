"""Every format comes in by the same door: guessed, checked, read twice, cut; the columns of a CSV kept."""

import json
import re
from collections.abc import Callable
from io import StringIO
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests import factories
from tests.vacancies.feeds.conftest import Write
from visavis import vacancies
from visavis.vacancies.feeds import formats, guessing, services
from visavis.vacancies.feeds.reasons import REASONS
from visavis.vacancies.models import Feed, FeedRun, Vacancy

pytestmark = pytest.mark.django_db
VACANCIES = Path(vacancies.__path__[0])
COUNTS = ("read", "created", "changed", "unchanged", "closed", "refused", "merged")
POSTINGS = [
    {"@type": "JobPosting", "identifier": f"J{n}", "title": "Boulanger", "description": f"Travail {n}",
     "hiringOrganization": "Fournil", "jobLocation": {"address": {"postalCode": "26000", "addressLocality": "Valence"}}}
    for n in range(4)
]  # fmt: skip
OPENINGS = [
    f"<PositionOpening><DocumentID>P{n}</DocumentID><PositionProfile><PositionTitle>Boulanger</PositionTitle>"
    f"<JobCategoryCode>7512</JobCategoryCode></PositionProfile></PositionOpening>\n"
    for n in range(4)
]
ROWS = [f"{n};Boulanger;Valence;Fournil\n" for n in range(4)]
HEADER = "Réf;Intitulé;Ville;Société\n"
CONTENTS: dict[str, Callable[[int], str]] = {
    "job-posting": lambda count: json.dumps(POSTINGS[:count]),
    "position-opening": lambda count: f"<all>\n{''.join(OPENINGS[:count])}</all>",
    "csv": lambda count: HEADER + "".join(ROWS[:count]),
}
COLUMNS = {"Réf": "id", "Intitulé": "title", "Ville": "town", "Société": "employer"}


@pytest.fixture(autouse=True)
def catalogue(db: None) -> None:
    factories.CommuneFactory()
    factories.OccupationFactory(isco="7512", esco_uri="http://data.europa.eu/esco/occupation/x")
    factories.SkillFactory()


def read(code: str, *paths: Path, **more: Any) -> FeedRun:
    columns = COLUMNS if code == "csv" else None
    return services.read_feed(source=services.Source("test", code, paths, columns=columns, **more), by=None)


def counts(run: FeedRun) -> dict[str, int]:
    run.refresh_from_db()
    return {name: getattr(run, name) for name in COUNTS if getattr(run, name)}


@pytest.mark.parametrize("code", CONTENTS)
def test_a_feed_comes_in_once_and_only_a_whole_one_closes(write: Write, code: str) -> None:
    content = CONTENTS[code](4)
    whole = write(content, "whole")
    assert guessing.guess(whole) == code
    assert counts(read(code, whole)) == {"read": 4, "created": 4}
    assert counts(read(code, whole)) == {"read": 4, "unchanged": 4}
    assert counts(read(code, write(CONTENTS[code](3), "less"))) == {"read": 3, "unchanged": 3, "closed": 1}
    assert counts(read(code, whole)) == {"read": 4, "unchanged": 3, "changed": 1}
    run = read(code, write(content[: int(len(content) * 0.6)] + ('"' if code == "csv" else ""), "cut"))
    assert run.closed == 0 and not run.is_whole and 0 < run.unchanged < 4
    note = run.notes.get(reason__startswith="file_cut")
    assert int(note.value) > 0 and note.position == "cut"


def test_what_is_no_feed_or_of_another_format_is_refused(write: Write) -> None:
    for content in (b"", b"PK\x03\x04zip", b"%PDF-1.7", b'{"a": 1}', b"\x00\x01", b"word"):
        with pytest.raises(CommandError, match=r"feed\.dat"):
            call_command("import_feed", str(write(content, "feed.dat")))
    for code, said in product(CONTENTS, [*CONTENTS, "france-travail"]):
        if code not in {said, "csv"}:
            with pytest.raises(formats.WrongFormat):
                read(said, write(CONTENTS[code](2), "feed.dat"))
    assert not Feed.objects.exists()


def test_every_note_says_where_and_every_sentence_is_still_said(write: Write) -> None:
    run = read("csv", write(HEADER + "1;;Valence;x\n2;Boulanger;Nulle part;x\n", "t.csv"))
    found = {(note.position, note.key, note.reason) for note in run.notes.all()}
    assert ("t.csv:2", "1", "no_title") in found and ("t.csv:3", "2", "place_unknown") in found
    # A code stands in the source, or is made of a beginning and of what was found.
    texts = "\n".join(path.read_text(encoding="utf-8") for path in VACANCIES.rglob("*.py"))
    made = re.findall(r'f"([a-z_]+_)\{', texts)
    unsaid = [code for code in REASONS if f'"{code}"' not in texts and not code.startswith(tuple(made))]
    assert "place_from_" in made and not unsaid


def test_codes_of_isco_and_esco_lead_to_the_occupation_and_an_opening_is_over(write: Write) -> None:
    feed = write(CONTENTS["position-opening"](1), "feed.xml")
    run = read("position-opening", feed)
    vacancy = Vacancy.objects.get()
    assert (vacancy.occupation_id, vacancy.occupation_from) == ("D1102", "isco")
    assert run.notes.filter(reason="occupation_from_isco", value="7512").exists()
    vacancy.delete()
    factories.OccupationFactory(code="D1106", label_fr="Vendeur", isco="7512")
    factories.TitleFactory()
    read("position-opening", feed)
    assert Vacancy.objects.get().occupation_from == "title"
    read("position-opening", write(CONTENTS["position-opening"](2), "feed.xml"))
    over = OPENINGS[0].replace(
        "<PositionProfile>", "<PositionOpeningStatusCode>Closed</PositionOpeningStatusCode><PositionProfile>"
    )
    run = read("position-opening", write(over, "changes.xml"), is_partial=True)
    assert counts(run) == {"read": 1, "closed": 1}
    assert Vacancy.objects.get(state="open").feed_key == "P1"


def test_the_columns_are_kept_for_the_command(write: Write) -> None:
    path = str(write(CONTENTS["csv"](2), "t.csv"))
    with pytest.raises(CommandError) as refusal:
        call_command("import_feed", "--format", "csv", "--source", "Town", path)
    assert "Intitulé" in str(refusal.value) and not Feed.objects.exists()
    said = ["--column", "title=Intitulé", "--column", "id=Réf", "--column", "town=Ville"]
    call_command("import_feed", "--format", "csv", "--source", "Town", path, *said, stdout=StringIO())
    call_command("import_feed", "--source", "Town", path, stdout=StringIO())
    run = FeedRun.objects.first()
    assert run and counts(run) == {"read": 2, "unchanged": 2}
    assert run.notes.filter(reason="columns_unknown", value="Société").exists()


def test_columns_may_be_turned_but_not_changed_nor_the_format(write: Write) -> None:
    read("csv", write(CONTENTS["csv"](1), "t.csv"))
    turned = "Ville;Société;Réf;Intitulé\nValence;Fournil;0;Boulanger\n"
    assert counts(read("csv", write(turned, "u.csv"))) == {"read": 1, "unchanged": 1}
    changed = CONTENTS["csv"](1).replace("Intitulé", "Poste")
    with pytest.raises(services.ColumnsChanged) as refusal:
        services.read_feed(source=services.Source("test", "csv", [write(changed, "u.csv")]), by=None)
    assert "Intitulé" in str(refusal.value) and "Poste" in str(refusal.value)
    with pytest.raises(services.WrongSource):
        read("job-posting", write(CONTENTS["job-posting"](2), "t.json"))
    assert Vacancy.objects.open().count() == 1 and Feed.objects.get().columns == COLUMNS


def test_a_folder_of_pages_is_one_feed(write: Write, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    for posting in POSTINGS:
        page = f'<html><script type="application/ld+json">{json.dumps(posting)}</script></html>'
        (tmp_path / "pages" / f"{posting['identifier']}.html").write_text(page)
    told = StringIO()
    call_command("import_feed", "--source", "Pages", str(tmp_path / "pages"), stdout=told)
    assert Vacancy.objects.open().count() == 4 and "Pages" in told.getvalue()
