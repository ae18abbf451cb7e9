"""Acts that begin at the same moment, in rounds, and once more with what guards them taken away.

A scene is played by a program on a database of its own (`play`, `played`), and its test judges each round: the last
one, unguarded, must be found wrong, or the test would see nothing.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any
from unittest.mock import patch

from tests.programs import run

ROOT = Path(__file__).resolve().parents[2]
# At full size: make faults.
IS_FULL = os.environ.get("WHOLE") == "yes"
ROUNDS = 10 if IS_FULL else 2
# Without its guards a scene goes wrong in nearly every round; in ten it surely does.
MOST_UNGUARDED = 10
# A bound that only a failure reaches, also beside other work.
LONGEST_S = 3600 if IS_FULL else 600

type Found = dict[str, Any]
type Guard = tuple[str, str]
"""A model and the name of one of its constraints."""


def at_once(acts: Sequence[Callable[[], object]], together: int) -> dict[str, int]:
    """Do acts in threads that start at the same moment, and count what each was told: "done", or what was raised.

    Of an error of the database its words are told too, so that one among thousands explains itself.
    """
    from django.db import DatabaseError, connection  # noqa: PLC0415  (Django must be set up)

    from visavis.common.errors import Refused  # noqa: PLC0415

    start = Barrier(together)

    def do(act: Callable[[], object]) -> str:
        start.wait(timeout=LONGEST_S)
        try:
            act()
        except Refused as error:
            return type(error).__name__
        except DatabaseError as error:
            return f"{type(error).__name__}: {error}"
        finally:
            connection.close()
        return "done"

    usual = sys.getswitchinterval()
    # Threads change places often, also on a machine that lets one run on: an unguarded round must go wrong.
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(together) as threads:
            return dict(Counter(threads.map(do, acts)))
    finally:
        sys.setswitchinterval(usual)


@contextmanager
def unguarded(guards: Sequence[Guard]) -> Iterator[None]:
    """Hold no row, let nobody wait for a writer, and let the database take what its constraints refuse."""
    from django.apps import apps  # noqa: PLC0415  (Django must be set up)
    from django.db import connection  # noqa: PLC0415
    from django.db.models import QuerySet  # noqa: PLC0415

    for label, name in guards:
        model = apps.get_model(label)
        [constraint] = [one for one in model._meta.constraints if one.name == name]
        # SQLite makes the table anew of what the model says.
        model._meta.constraints = [one for one in model._meta.constraints if one is not constraint]
        with connection.schema_editor() as editor:
            editor.remove_constraint(model, constraint)
    with ExitStack() as stack:
        if connection.vendor == "sqlite":
            options = connection.settings_dict["OPTIONS"]
            stack.enter_context(patch.dict(options, transaction_mode="DEFERRED"))
        stack.enter_context(patch.object(QuerySet, "select_for_update", lambda rows, **_options: rows.all()))
        yield


def play(scene: Callable[[Any], Found], guards: Sequence[Guard]) -> None:
    """Play a scene in the personas' town, round after round, then unguarded, and print what was found as JSON."""
    set_up()
    from tests import personas  # noqa: PLC0415  (Django must be set up)

    town = personas.build()
    guarded = [scene(town) for _round in range(ROUNDS)]
    with unguarded(guards):
        tell(guarded, gone_wrong(lambda: scene(town), guarded))


def gone_wrong(play_round: Callable[[], Found], guarded: Sequence[Found]) -> Found:
    """Play unguarded rounds until one is found otherwise than the guarded ones: by luck eight threads harm nobody."""
    for _time in range(MOST_UNGUARDED - 1):
        if (found := play_round()) not in guarded:
            return found
    return play_round()


def set_up() -> None:
    """Begin a program: Django, and the tables of its database."""
    import django  # noqa: PLC0415  (begun as a program)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    if connection.vendor == "sqlite":
        # Twenty threads wait for one writer, and SQLite lets in whoever asks at the right moment, not who came first:
        # half wait 0.4 s, one in two hundred 8 to 19 (load 12 on two cores), and the twenty of a page are not enough.
        connection.settings_dict["OPTIONS"]["timeout"] = LONGEST_S
    call_command("migrate", verbosity=0)


def tell(guarded: Sequence[Found], unguarded: Found) -> None:
    """Print what the rounds found, and the unguarded one."""
    sys.stdout.write(json.dumps({"guarded": guarded, "unguarded": unguarded}) + "\n")


def played(module: str, scene: str, database: dict[str, str]) -> tuple[list[Found], Found]:
    """Run a module that plays a scene, and return what each round found, and the unguarded one."""
    variables = os.environ | database | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-m", module, scene]
    done = run(command, cwd=ROOT, env=variables, capture_output=True, text=True, timeout=LONGEST_S)
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    return found["guarded"], found["unguarded"]


def wrong(**is_right: bool) -> list[str]:
    """Name what is not right."""
    return [what for what, right in is_right.items() if not right]
