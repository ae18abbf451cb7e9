"""visavis restore: bring a backup back, or only try whether it could be (--drill)."""

import os
import subprocess  # nosec B404
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from visavis.common.errors import Refused
from visavis.operations.models import beat
from visavis.operations.saving import backup, restoring
from visavis.vault import ring


class Command(BaseCommand):
    """Bring a backup back into the present database, which must be empty; or into one thrown away at once."""

    help = "Bring a backup back. With --drill: into a database that is thrown away at once, to see that it can be."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="a backup, or the folder of all: then the newest")
        parser.add_argument("--identity", type=Path, required=True, help="private key of age")
        parser.add_argument("--keys-from", type=Path, default=settings.VISAVIS_BACKUP_KEYS_TO or None)
        parser.add_argument("--over", action="store_true", help="write over the people that are there")
        parser.add_argument(
            "--drill", action="store_true", help="into a database that is thrown away at once"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not (folder / backup.LIST).exists():
            whole = backup.all_in(folder)
            if not whole:
                raise CommandError(f"There is no whole backup in {folder}.")
            folder = whole[-1]
        if options["keys_from"] is None:
            raise CommandError("Say --keys-from: the folder in which people's keys are kept.")
        if options["drill"]:
            self.drill(folder, options)
            return
        try:
            restoring.restore(
                folder=folder,
                keys_from=Path(options["keys_from"]),
                identity=options["identity"],
                over=options["over"],
                report=self.stdout.write,
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{folder.name} is back. Now: visavis verify_journal, then start the site.")

    def drill(self, folder: Path, options: dict[str, Any]) -> None:
        """Restore in a process of its own, into a database of its own, and say that it went well."""
        with tempfile.TemporaryDirectory(prefix="visavis-drill-") as place, scratch(Path(place)) as database:
            words = ["restore", str(folder), "--identity", str(options["identity"])]
            words += ["--keys-from", str(options["keys_from"])]
            changed = {
                "VISAVIS_VAR": place,
                "DATABASE_URL": database,
                "VISAVIS_SECRET_KEY": settings.SECRET_KEY,
                "VISAVIS_DATA_KEYS": " ".join(ring.secrets_of("data")),
                "VISAVIS_CONTACT_KEYS": " ".join(ring.secrets_of("contacts")),
            }
            program = "import sys; from visavis.commands.__main__ import main; sys.exit(main(sys.argv[1:]))"
            done = subprocess.run(  # noqa: S603  # nosec B603
                [sys.executable, "-c", program, *words],
                env=os.environ | changed,
                capture_output=True,
                text=True,
                check=False,
            )
        if done.returncode:
            said = done.stderr.strip().splitlines()
            raise CommandError(f"The drill failed: {said[-1] if said else done.returncode}")
        self.stdout.write(done.stdout.strip())
        beat("drill")
        self.stdout.write(f"The drill went well: {folder.name} could be brought back.")


@contextmanager
def scratch(place: Path) -> Iterator[str]:
    """Give the address of a database that is thrown away: a file, or one beside the present on the same server."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{place / 'drill.sqlite3'}"
        return
    name = f"{connection.settings_dict['NAME']}_drill"
    quoted = connection.ops.quote_name(name)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {quoted}")
        cursor.execute(f"CREATE DATABASE {quoted}")
    try:
        yield address(name)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {quoted} WITH (FORCE)")


def address(name: str) -> str:
    """Return the address of another database on the same server, as DATABASE_URL says it."""
    told = connection.settings_dict
    who = quote(told["USER"], safe="") + (f":{quote(told['PASSWORD'], safe='')}" if told["PASSWORD"] else "")
    host = told["HOST"] or ""
    where = quote(host, safe="") if host.startswith("/") else host
    port = f":{told['PORT']}" if told["PORT"] else ""
    return f"postgres://{who}@{where}{port}/{quote(name, safe='')}"
