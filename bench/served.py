"""A site as it is served, in a folder of its own, for benches that ask it: its settings, its database, its verdict."""

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench.machine import machine

type Found = Mapping[str, Mapping[str, float]]


@contextmanager
def own_site() -> Iterator[Path]:
    """Give the folder of a site that is gone afterwards; `DATABASE_URL=embedded` starts a PostgreSQL for it."""
    with tempfile.TemporaryDirectory() as folder:
        # As it is served: with debugging on, Django would remember each question.
        os.environ |= {"VISAVIS_VAR": folder, "VISAVIS_LOG_LEVEL": "ERROR", "VISAVIS_HOSTS": "localhost"}
        os.environ |= {"VISAVIS_PLAIN_STATIC": "yes"}
        if os.environ.get("DATABASE_URL") == "embedded":
            from tests import postgresql  # noqa: PLC0415  (only then)

            os.environ["DATABASE_URL"] = postgresql.start()
        yield Path(folder)


def told(found: Found, late: Callable[[Found], list[str]], file: Path | None) -> None:
    """Print what was measured and which bars are missed, write it to a file, and end with 1 where one is."""
    for name, row in found.items():
        print(f"{name:28} " + "  ".join(f"{what} {value:.1f}" for what, value in row.items()))
    if file:
        file.write_text(json.dumps({"machine": machine(), "rows": found}, indent=1), encoding="utf-8")
    missed = late(found)
    print("\n".join(f"missed: {one}" for one in missed) or "all bars are kept")
    sys.exit(bool(missed))
