"""Finding a person by what is typed, and telling namesakes apart."""

import datetime as dt

import pytest

from visavis.jobseekers import finding
from visavis.jobseekers.finding import Known

OPENED = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def known(pk: int, name: str, email: str | None = None, phone: str | None = None) -> Known:
    return Known(pk, name, email, phone, "Valence", OPENED)


MARIE = known(1, "Marie-Hélène Dupont", "mh.dupont@example.org", "+33612345678")
OTHERS = [
    known(2, "Marie Durand", "marie@example.org", "+33699999999"),
    known(3, "Dupont Léo", None, "+33475010203"),
    known(4, "Abdel Œuvrard"),
]
EVERYBODY = [*OTHERS, MARIE]


@pytest.mark.parametrize(
    "typed",
    [
        "Marie-Hélène Dupont",
        "dupont marie hélène",
        "DUPONT  helene",
        "dup mar",
        "pont hel",
        "Duponf Hélène",
        "06 12 34 56 78",
        "0612345678",
        "06.12.34.56.78",
        "+33 6 12 34 56 78",
        "0033612345678",
        "+33 (0)6 12 34 56 78",
        "06 12",
        "3456",
        "MH.Dupont@Example.org",
        " mh.dupont@ex",
    ],
)
def test_she_is_found_however_it_is_typed(typed: str) -> None:
    assert finding.find(typed, EVERYBODY, parts=True) == [1]


def test_who_may_not_read_addresses_finds_by_a_whole_one_and_learns_nothing_from_a_part() -> None:
    def found(typed: str) -> list[int]:
        return finding.find(typed, EVERYBODY, parts=False)

    for part in ("06 12 34", "3456", "mh.dupont@ex", "45678"):
        assert found(part) == []
    for whole in ("06 12 34 56 78", "0033 612345678", "mh.dupont@example.org"):
        assert found(whole) == [1]
    for nobodys in ("zzz", "\0", "@", "07 00 00 00 00", "--", "🦊"):
        assert found(nobodys) == [] or len(found(nobodys)) == len(EVERYBODY)


def test_whole_words_come_first_and_a_wrong_letter_or_a_part_only_where_nothing_else_does() -> None:
    people = [known(1, "Annabelle Martin"), known(2, "Anna Martin"), known(3, "Joanna Martin")]
    assert finding.find("martin anna", people, parts=True) == [2, 1]
    assert finding.find("martin oanna", people, parts=True) == [3]
    assert finding.find("dupond", EVERYBODY, parts=True) == [3, 1]
    assert finding.find("durand", [*EVERYBODY, known(9, "Paul Durant")], parts=True) == [2]
    other = known(7, "Dupont Marie Hélène", "autre@example.org", "+33611111122")
    apart = finding.told_apart([MARIE, other, *OTHERS])
    assert set(apart) == {1, 7} and len(set(apart.values())) == 2
    assert "78" in apart[1] and "5678" not in apart[1] and "@" not in apart[1] and "Valence" in apart[1]
