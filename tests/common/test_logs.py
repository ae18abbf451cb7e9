"""A log without personal data."""

import logging
import sys

from django.conf import settings
from django.db import IntegrityError

from visavis.common.logs import QuotingNothing, masked

QUOTED = 'duplicate key breaks "one_email"\nDETAIL:  Key (email)=(amelie@example.org) exists.\n\nmore of her'


def test_the_log_tells_the_error_and_its_cause_without_the_row_they_quote() -> None:
    try:
        try:
            raise ValueError(QUOTED)
        except ValueError as cause:
            raise IntegrityError(QUOTED) from cause
    except IntegrityError:
        record = logging.LogRecord("visavis", logging.ERROR, "", 1, "run 3 failed", None, sys.exc_info())
    text = QuotingNothing().format(record)
    assert "run 3 failed" in text and "IntegrityError: duplicate key" in text and "ValueError" in text
    assert "test_logs.py" in text
    assert "amelie" not in text and "more of her" not in text


def test_addresses_and_numbers_are_masked_and_the_settings_write_the_log_this_way() -> None:
    said = masked("Not Found: /a?to=amelie@example.org&by=(0612345678) x@y, 06 12 34 56 78; 2026-11-28 12:30")
    assert "amelie" not in said and "0612345678" not in said and "12 34" not in said and "2026-11-28" in said
    # From each of the signs of a path without end on to its end, this would take days.
    assert masked("Not Found: /" + "a" * 5_000_000).endswith("aaa")
    assert "visavis.common.logs.QuotingNothing" in str(settings.LOGGING["formatters"])
