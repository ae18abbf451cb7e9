"""Twenty thousand people of one family who report: drawn by the true mechanism, written as the service writes them."""

import json
import sqlite3
import sys
import urllib.request
from contextlib import closing

import numpy as np

from tests.journeys.site import Site, environment_of
from tests.programs import run
from visavis.privacy.privset import PrivSet
from visavis.traces.packing import SOURCE

# What this crowd likes, whatever was liked before it, and how many of it; anything else is liked by a few.
LIKED = {"L’astronomie": 0.6, "L’apiculture": 0.45}
SELDOM = 0.02
TABLE = SOURCE / "src" / "tables" / "interests.json"


def number(site: Site) -> int:
    """Return how many reports stand in the table; the town's invented people have sent some already."""
    return int(site.rows("SELECT count(*) FROM traces_report WHERE items IS NOT NULL")[0][0])


def reports(site: Site, group: str, people: int) -> None:
    """Write a report of each for this quarter, drawn as its public terms say, and have the figures made."""
    with urllib.request.urlopen(f"{site.url}/traces/terms.json", timeout=60) as answer:
        terms = json.load(answer)
    names = [one["fr"] for one in json.loads(TABLE.read_text(encoding="utf-8"))["interests"]]
    chances = np.array([LIKED.get(name, SELDOM) for name in names])
    mechanism = PrivSet(k=terms["k"], m=terms["m"], s=terms["s"], epsilon_thousandths=terms["epsilon"])
    dice = np.random.default_rng(20261125)
    rows = []
    for likes in dice.random((people, terms["k"])) < chances:
        items = mechanism.draw(np.flatnonzero(likes).tolist(), dice.bytes)
        rows.append((dice.bytes(32).hex(), terms["period"], group, json.dumps(items)))
    write = 'INSERT INTO traces_report (permit_digest, period_id, "group", items) VALUES (?, ?, ?, ?)'
    with closing(sqlite3.connect(site.var / "visavis.sqlite3", timeout=60)) as database, database:
        database.executemany(write, rows)
    publish(site)


def publish(site: Site) -> None:
    """Make this quarter's figures now, as whoever keeps the service can."""
    command = [sys.executable, "-m", "django", "traces", "--now"]
    done = run(command, env=environment_of(site, 0), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
