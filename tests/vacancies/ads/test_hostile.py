"""Texts that nobody wrote in good faith: read without error, and soon."""

import datetime as dt

from visavis.vacancies import ads

TODAY = dt.date(2025, 5, 12)
ENDLESS = [
    "1 ",
    "permis b, c et ",
    "caces 1,",
    "35h a ",
    "1 000 ",
    "du 1 au ",
    "experience ",
    "a:",
    "\n",
    "(",
    "x",
]


def test_a_text_that_says_nothing_gives_nothing_and_one_without_end_is_read() -> None:
    for text in ("", "\0", "\ud800", "\r\n\t ", "é" * 5):
        assert ads.read(title=text, text=text, today=TODAY).contract is None
    for part in ENDLESS:
        text = part * (20_000 // len(part))
        assert ads.read(title=text, text=text, today=TODAY)
