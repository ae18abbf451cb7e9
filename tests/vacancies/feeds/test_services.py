"""A feed comes in once, changes, closes; its runs say what they did."""

import copy
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests import factories
from tests.sweeps import few
from tests.vacancies.feeds.conftest import Record, Write
from visavis.catalog.models import Mobility
from visavis.journal.models import Entry
from visavis.vacancies import ads
from visavis.vacancies.feeds import services
from visavis.vacancies.models import Employer, FeedRun, SkillAsked, Vacancy

pytestmark = pytest.mark.django_db
COUNTS = ("read", "created", "changed", "unchanged", "closed", "refused")


@pytest.fixture(autouse=True)
def catalogue(db: None) -> None:
    factories.CommuneFactory()
    factories.OccupationFactory()
    factories.SkillFactory()


def read(*files: Path, is_partial: bool = False, name: str = "test") -> FeedRun:
    source = services.Source(name, "france-travail", files, is_partial)
    return services.read_feed(source=source, by=None)


def counts(run: FeedRun) -> dict[str, int]:
    run.refresh_from_db()
    return {name: getattr(run, name) for name in COUNTS if getattr(run, name)}


def several(record: Record, number: int) -> list[dict[str, Any]]:
    return [{**copy.deepcopy(record), "id": f"N{n}"} for n in range(number)]


def test_a_vacancy_comes_in_with_all_it_says(write: Write, record: Record) -> None:
    run = read(write([record]))
    vacancy = Vacancy.objects.get()
    assert counts(run) == {"read": 1, "created": 1}
    assert (vacancy.occupation_id, vacancy.occupation_from, vacancy.commune_id) == ("D1102", "given", "26362")
    assert (vacancy.state, str(vacancy.pay_min_hour), vacancy.licences) == ("open", "13.19", ["B"])
    assert (
        vacancy.employer and vacancy.employer.name == "AU BON PAIN" and vacancy.employer.organisation is None
    )
    assert [(row.skill_id, row.typed) for row in vacancy.skills_asked.all()] == [
        ("S0001", ""),
        (None, "Faire preuve de rigueur"),
    ]
    assert vacancy.languages_asked.get().language == "en"
    assert Entry.objects.filter(thing="feed_run", action="ran").count() == 1


@pytest.mark.database
def test_only_what_changed_is_written_and_what_disappears_closes(write: Write, record: Record) -> None:
    records = several(record, 3)
    read(write(records))
    before = list(Vacancy.objects.values_list("pk", "changed_at", "version"))
    assert counts(read(write(records))) == {"read": 3, "unchanged": 3}
    assert list(Vacancy.objects.values_list("pk", "changed_at", "version")) == before
    assert Employer.objects.count() == 1
    records[1]["competences"] = []
    assert counts(read(write(records))) == {"read": 3, "changed": 1, "unchanged": 2}
    assert SkillAsked.objects.filter(vacancy__feed_key="N1").count() == 1
    assert counts(read(write(records[:2]))) == {"read": 2, "unchanged": 2, "closed": 1}
    assert Vacancy.objects.get(feed_key="N2").state == Vacancy.State.CLOSED
    assert counts(read(write(records))) == {"read": 3, "changed": 1, "unchanged": 2}
    assert Vacancy.objects.get(feed_key="N2").state == Vacancy.State.OPEN
    read(write([{**record, "id": "X"}]), name="other")
    assert Vacancy.objects.live().count() == 4


@pytest.mark.parametrize("how", ["partial", "cut", "empty list", "unreadable record"])
def test_nothing_is_closed_when_the_whole_is_not_known(write: Write, record: Record, how: str) -> None:
    records = several(record, 4)
    read(write(records))
    whole = json.dumps({"resultats": records})
    content, reason = {
        "partial": (json.dumps(records[:1]), ""),
        "cut": (whole[: len(whole) // 2], "file_cut"),
        "empty list": ("[]", "nothing_in_file"),
        "unreadable record": ('[{"id": "N0",,}]', "nothing_in_file"),
    }[how]
    run = read(write(content), is_partial=how == "partial")
    assert Vacancy.objects.open().count() == 4
    assert not run.is_whole
    assert not reason or run.notes.filter(reason=reason).exists()


def test_a_code_that_the_catalogue_lacks_is_added_beside_the_like_one(write: Write, record: Record) -> None:
    label = "Boulanger pâtissier / Boulangère pâtissière"
    read(write([{**record, "romeCode": "D1104", "romeLibelle": label, "intitule": label}]))
    ways = Mobility.objects.filter(source="feed").values_list("origin", "target", "kind")
    assert set(ways) == {("D1104", "D1102", "near"), ("D1102", "D1104", "near")}
    code = {"romeCode": "N4101", "romeLibelle": "Conduite de transport de marchandises"}
    run = read(write([{**record, **code, "intitule": "Chauffeur de citerne"}]))
    occupation = Vacancy.objects.open().get().occupation
    assert occupation and (occupation.code, occupation.source, occupation.domain_id) == ("N4101", "feed", "N")
    note = run.notes.get()
    assert (note.reason, note.value) == ("occupation_from_feed", "N4101 " + code["romeLibelle"])


@pytest.mark.parametrize(
    ("code", "label", "title", "found"),
    [
        # A code of another edition is known by the title or by its label.
        ("D9999", "Ouvrier de la panification", "Boulanger (H/F)", ("D1102", "title")),
        ("D9999", "Boulanger / Boulangère", "Poste à pourvoir", ("D1102", "title")),
        # Taken out of D1102 by ROME 4; the title says no more than "somebody for our shop".
        ("D1108", "Tourier / Tourière", "Poste en boutique", ("D1102", "given")),
        # The code is the catalogue's, the title is plainly another job of the catalogue.
        ("D1102", "Boulanger / Boulangère", "Plombier (H/F)", ("F1603", "title")),
        # The title says what the label of its code says: that job, not the like one of the catalogue.
        ("D1104", "Pâtissier / Pâtissière", "Pâtissière (H/F)", ("D1104", "feed")),
    ],
)
def test_title_code_and_edition_are_weighed_together(
    write: Write, record: Record, code: str, label: str, title: str, found: tuple
) -> None:
    plumbing = factories.OccupationFactory(code="F1603", label_fr="Plomberie", label_en="Plumbing")
    factories.TitleFactory(occupation=plumbing, label="Plombier / Plombière")
    # As in the starter: a title stands under the nearest occupation while its own is not there.
    factories.TitleFactory(code="T2", label="Pâtissier / Pâtissière")
    read(write([{**record, "romeCode": code, "romeLibelle": label, "intitule": title}]))
    assert Vacancy.objects.values_list("occupation", "occupation_from").get() == found


def test_the_same_number_twice_is_kept_once_and_what_did_not_change_is_not_read_again(
    write: Write, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = read(write([record, {**record, "intitule": "Autre"}]))
    assert counts(run) == {"read": 2, "created": 1, "refused": 1}
    assert run.notes.get().reason == "twice_in_file"
    file = write([record])
    with monkeypatch.context() as unread:
        unread.setattr(ads, "read", None)
        assert counts(read(file)) == {"read": 1, "unchanged": 1}
    monkeypatch.setattr(ads, "EDITION", 0)
    assert counts(read(file)) == {"read": 1, "changed": 1}


@pytest.mark.database
def test_the_command_says_what_it_did_and_what_it_cannot_read(write: Write, record: Record) -> None:
    good, bad = write([record]), write("été".encode("latin-1"), "bad.json")
    for format_, *files in (
        ("france-travail", str(good), str(bad)),
        ("france-travail",),
        ("csv", "x.json"),
        ("france-travail", "nowhere.json"),
    ):
        with pytest.raises(CommandError):
            call_command("import_feed", format_, *files)
    assert not Vacancy.objects.exists() and not FeedRun.objects.exists()
    told = StringIO()
    cut = json.dumps({"resultats": [record, record]})[:-9]
    with pytest.raises(CommandError):
        call_command("import_feed", "france-travail", str(write(cut)), "--feed", "Town", stdout=told)
    assert "Town" in told.getvalue() and str(len(cut)) in told.getvalue()
    assert counts(FeedRun.objects.get()) == {"read": 1, "created": 1}


def test_what_the_text_says_reaches_the_vacancy_and_keeps_its_words(write: Write, record: Record) -> None:
    text = "Poste en intérim, 39 heures par semaine, un dimanche sur deux. Vous savez pétrir la pâte. Anglais courant."
    read(write([{**record, "description": text, "competences": [], "qualitesProfessionnelles": []}]))
    vacancy = Vacancy.objects.get()
    assert (vacancy.contract, vacancy.hours_min) == ("temporary", 39)
    assert vacancy.conditions == ["saturday", "sunday", "travel"]
    assert [row.skill_id for row in vacancy.skills_asked.all()] == ["S0001"]
    assert vacancy.languages_asked.get().level == 5
    said = {
        "contract": ["Poste en intérim", "CDD - 6 Mois"],
        "hours_min": ["39 heures par semaine", "35H\nTravail le samedi"],
        "S0001": ["savez pétrir la pâte"],
    }
    assert said.items() <= vacancy.evidence.items()


@pytest.mark.database
def test_real_vacancies_come_in_once_each_with_a_place_and_an_occupation(
    shared_data: Path, write: Write
) -> None:
    files = sorted((shared_data / "vacancies_fr").glob("*.json"))
    every = [one for file in files for one in json.loads(file.read_text(encoding="utf-8"))["resultats"]]
    records = few("real vacancies", every)
    assert counts(read(write(records))) == {"read": len(records), "created": len(records)}
    lost = Vacancy.objects.exclude(latitude__isnull=False, longitude__isnull=False, occupation__isnull=False)
    assert not lost.exists()
    rest = len(records) - 2
    assert counts(read(write(records[2:]))) == {"read": rest, "unchanged": rest, "closed": 2}
    gone = {one["id"] for one in records[:2]}
    assert set(Vacancy.objects.filter(state="closed").values_list("feed_key", flat=True)) == gone
