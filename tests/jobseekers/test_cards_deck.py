"""The shipped edition: every interest once, short packs of one type, all six types from the start."""

import csv
import hashlib

import pytest

from visavis.catalog import starter
from visavis.jobseekers.cards.codes import code_of, read_code
from visavis.jobseekers.cards.deck import DECKS, editions, rows

# An edition that was printed never changes: sheets of it still come in.
PRINTED = {"2026-1": "504170f7495a3c82895c4d4c78d5a41090b595259555525562ba5b01e3929d17"}


def centres() -> dict[str, str]:
    return {one.code: one.riasec for one in starter.load().interests if one.kind != "riasec"}


def test_every_interest_is_one_card_in_short_packs_of_one_type_and_every_type_comes_early() -> None:
    for edition in editions():
        assert [number for number, _pack, _code in rows(edition)] == list(range(1, len(rows(edition)) + 1))
    cards, types = rows(editions()[-1]), centres()
    assert sorted(code for _number, _pack, code in cards) == sorted(types)
    packs: dict[int, list[str]] = {}
    for _number, pack, code in cards:
        packs.setdefault(pack, []).append(types[code])
    assert all(len(pack) <= 9 and len(set(pack)) == 1 for pack in packs.values())
    half = {types[code] for _number, pack, code in cards if pack <= cards[-1][1] / 2}
    assert half == set("RIASEC"), "who stops half-way has seen every type"


@pytest.mark.parametrize("edition", PRINTED)
def test_an_edition_that_was_printed_does_not_change(edition: str) -> None:
    content = (DECKS / f"{edition}.csv").read_bytes()
    assert hashlib.sha256(content).hexdigest() == PRINTED[edition]
    assert list(csv.reader(content.decode().splitlines()))


def test_a_slip_in_a_code_is_noticed() -> None:
    code = code_of(7_321)
    assert read_code(code) == 7_321
    for place, sign in enumerate(code):
        for other in set("0123456789") - {sign}:
            assert sign == "-" or read_code(code[:place] + other + code[place + 1 :]) is None


@pytest.mark.parametrize("typed", ["", "-", "12", "٤٢-٣٢", "9" * 40, "0" * 9, "x" * 10_000])
def test_what_is_not_a_code_is_none(typed: str) -> None:
    assert read_code(typed) is None
