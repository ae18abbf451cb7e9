"""The bytes of a report, and counting."""

import json

import numpy as np
import pytest

from visavis.privacy.privset import PrivSet
from visavis.privacy.reports import Counts, Survey, count

MECHANISM = PrivSet(20, 3, 4, 1000)
SURVEY = Survey("2026-1", MECHANISM)
GOOD = SURVEY.write([1, 4, 9, 22], "m18")


def test_a_report_of_any_length_is_read_back_and_says_nothing_else() -> None:
    assert SURVEY.read(GOOD) == ([1, 4, 9, 22], "m18")
    last = SURVEY.write([19, 20, 21, 22], "a" * 40)
    assert SURVEY.read(last) == ([19, 20, 21, 22], "a" * 40)
    assert list(json.loads(GOOD)) == ["report", "table", "epsilon", "k", "m", "s", "group", "items"]


@pytest.mark.parametrize(
    "received",
    [
        b"", b"[]", b"null", b"\xff\xfe", b"[" * 90, GOOD + b" ",
        GOOD.replace(b'"epsilon":1000', b'"epsilon":1000.0'),
        GOOD.replace(b'"epsilon":1000', b'"epsilon":2000'), GOOD.replace(b"2026-1", b"2026-2"),
        GOOD.replace(b'"items"', b'"name":"Claire","items"'), GOOD.replace(b"[1,4,9,22]", b"[4,1,9,22]"),
        GOOD.replace(b"[1,4,9,22]", b"[1,4,9,23]"), GOOD.replace(b"[1,4,9,22]", b"[1,4,9]"),
        GOOD.replace(b"[1,4,9,22]", b"[1,4,9,9]"), GOOD.replace(b"[1,4,9,22]", b"[-1,4,9,22]"),
        GOOD.replace(b"[1,4,9,22]", b"[true,4,9,22]"), GOOD.replace(b"[1,4,9,22]", b"[1.0,4,9,22]"),
        GOOD.replace(b"[1,4,9,22]", b'["1",4,9,22]'), GOOD.replace(b"[1,4,9,22]", b"[[1],4,9,22]"),
        GOOD.replace(b"[1,4,9,22]", b"4"), GOOD.replace(b"[1,4,9,22]", b'{"a":1}'),
        GOOD.replace(b'"m18"', b"18"), GOOD.replace(b'"m18"', b'"M 18"'), GOOD.replace(b'"m18"', b"null"),
        GOOD * 9,
    ],
)  # fmt: skip
def test_anything_else_is_refused(received: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        SURVEY.read(received)


def test_counts_are_the_same_in_one_batch_or_in_many() -> None:
    batch = np.array([MECHANISM.draw([2, 5]) for _time in range(300)])
    whole = count(MECHANISM, [batch])
    parts = count(MECHANISM, np.array_split(batch, 7))
    assert whole.reports == 300 and (whole.items == parts.items).all()
    assert ((count(MECHANISM, [batch[:9]]) + count(MECHANISM, [batch[9:]])).items == whole.items).all()


def test_counts_batches_and_names_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="two ways"):
        count(MECHANISM, []) + count(PrivSet(20, 3, 4, 2000), [])
    for batch in (np.zeros((2, 3)), np.full((1, 4), 23), np.full((1, 4), -1), np.zeros(4)):
        with pytest.raises(ValueError, match=r"a batch|items are"):
            count(MECHANISM, [batch.astype(np.int64)])
    with pytest.raises(ValueError, match="add up"):
        Counts(MECHANISM, 2, np.zeros(23, dtype=np.int64))
    impossible = np.zeros(23, dtype=np.int64)
    impossible[0] = 8
    with pytest.raises(ValueError, match="each count"):
        Counts(MECHANISM, 2, impossible)
    for name in ("", "Claire", "a b", 'a"', "a" * 41):
        with pytest.raises(ValueError, match="name"):
            Survey(name, MECHANISM)
