"""The process that tells open pages holds only the apps that it needs."""

import json
import os
import sys
from pathlib import Path

from tests import migrated
from tests.programs import run
from visavis.live.topics import TOPICS

ASKED = """
import json, sys
from visavis.config import live
from visavis.live.topics import TOPICS
print(json.dumps([sorted(TOPICS), sorted(sys.modules)]))
"""


def test_it_knows_every_topic_and_none_of_the_apps_above(tmp_path: Path) -> None:
    environment = os.environ | {
        "VISAVIS_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "visavis.config.settings",
    }
    environment.pop("DATABASE_URL", None)
    migrated.lay(tmp_path / "visavis.sqlite3")
    said = run([sys.executable, "-c", ASKED], env=environment, check=True, capture_output=True, text=True)
    topics, modules = json.loads(said.stdout.splitlines()[-1])
    assert set(topics) == set(TOPICS)
    assert not {"visavis.matches.models", "visavis.api.apps", "ninja", "visavis.portal.views"} & set(modules)
