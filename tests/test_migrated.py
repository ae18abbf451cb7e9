"""Tables that were kept are those that the migrations of now would make."""

from pathlib import Path

import pytest

from tests import migrated


@pytest.mark.parametrize(
    "changed",
    ["people/migrations/0001_initial.py", "people/names.py", "folding.py", "config/settings.py"],
    ids=["a migration", "what it imports", "what that imports", "which apps there are"],
)
def test_a_change_of_what_tables_are_made_of_makes_them_anew(
    changed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, read = migrated.key(), Path.read_bytes
    assert migrated.key() == before
    file = migrated.SOURCE / "visavis" / changed
    assert file.is_file()
    monkeypatch.setattr(Path, "read_bytes", lambda path: read(path) + (b"\n" if path == file else b""))
    assert migrated.key() != before
