"""The role that owns the tables: kept out of the site's own file, and refused where the site has its rights."""

from pathlib import Path

import pytest

from tests.operations.answers import GOOD
from visavis.operations.installing import owner, trying
from visavis.operations.installing.files import Places
from visavis.operations.installing.questions import read_all
from visavis.operations.installing.trying import Seen
from visavis.operations.installing.values import WrongAnswer

OWNER = "postgres://owner:hidden@127.0.0.1/visavis"
SITE = "postgres://visavis:secret@127.0.0.1/visavis"


def answers(**told: str) -> dict[str, str]:
    return read_all(GOOD | told, {}, ask=False)


def test_tables_are_made_as_the_owner_who_grants_the_site_the_rest(tmp_path: Path) -> None:
    places, variables = Places(root=tmp_path), {"DATABASE_URL": SITE, "VISAVIS_URL": "x"}
    told = answers(owner=OWNER)
    made = owner.variables_of(told, variables, places)
    assert (made["DATABASE_URL"], made["VISAVIS_SITE_ROLE"]) == (OWNER, "visavis")
    (file,) = owner.files(told, variables, places)
    assert file.path == tmp_path / "etc/visavis/owner" and file.mode == 0o600 and "hidden" in file.text
    assert owner.told_before(places) == ""
    file.path.parent.mkdir(parents=True)
    file.path.write_text(file.text)
    assert owner.told_before(places) == OWNER
    owner.forget(told, places)
    assert file.path.exists()
    owner.forget(answers(), places)
    assert owner.told_before(places) == ""


def test_without_an_owner_the_site_makes_its_tables_as_before_and_sqlite_has_none(tmp_path: Path) -> None:
    places, variables = Places(root=tmp_path), {"DATABASE_URL": SITE}
    assert owner.variables_of(answers(), variables, places) == variables
    assert owner.files(answers(), variables, places) == []
    assert owner.tried(variables, "") is None
    with pytest.raises(WrongAnswer, match="SQLite has no roles"):
        owner.variables_of(answers(database="sqlite", owner=OWNER), {}, places)


def role(name: str, *rights: str, database: str = "visavis", may_make: bool = True) -> Seen:
    return Seen(17, database, 1, name, may_make, [name, *rights])


@pytest.mark.parametrize(
    ("site", "here", "level", "words"),
    [
        (role("visavis"), role("owner"), "well", "owner owns the tables, visavis does not"),
        (role("owner"), role("owner"), "wrong", "owner has the owner’s rights"),
        (role("visavis", "owner"), role("owner"), "wrong", "visavis has the owner’s rights"),
        (role("visavis"), role("owner", database="other"), "wrong", "the site into visavis"),
        (role("visavis"), role("owner", may_make=False), "wrong", "it may make no tables"),
        (role("visavis"), "the password is wrong", "wrong", "in the owner’s address, the password is wrong"),
    ],
)
def test_who_has_the_owners_rights_runs_no_site(
    monkeypatch: pytest.MonkeyPatch, site: Seen, here: Seen | str, level: str, words: str
) -> None:
    monkeypatch.setattr(trying, "seen", {SITE: site, OWNER: here}.__getitem__)
    found = owner.tried({"DATABASE_URL": SITE}, OWNER)
    assert found is not None
    assert found.level == level and words in found.words
