"""Is what is saved worth anything? Bring it back into a database that is thrown away, and tell the heads.

The key that opens backups is not on this machine. So the backup of a drill is sealed for one more key, which is drawn
for it and lives as long as the drill: what is tried is the very backup that stays, from where it lies.
"""

import logging
import os
import subprocess  # nosec B404
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.core.mail import send_mail
from django.db import DatabaseError, connection
from django.utils import translation
from django.utils.translation import gettext as _

from visavis.common.errors import Refused
from visavis.operations.models import beat
from visavis.operations.saving import backup, sealing
from visavis.people.enums import Role
from visavis.people.models import Membership, User
from visavis.vault import ring

log = logging.getLogger(__name__)

NOT_MAY = "The site’s user may make no database to try in: ALTER ROLE … CREATEDB, as docs/operations.md says."


class DrillFailed(Refused):
    """The backup could not be brought back; the message says why."""


def monthly(*, to: str, keys_to: str, recipient: str, report: backup.Report = str) -> None:
    """Make a backup, bring it back, tell the heads by e-mail how it went. Raises what kept it from going well."""
    began = time.monotonic()
    try:
        with tempfile.TemporaryDirectory(dir=place_of_keys(), prefix="drill-") as place:
            identity = Path(place) / "key"
            drawn = sealing.draw_key(identity)
            made = backup.save(to=to, keys_to=keys_to, recipients=[recipient, drawn], report=report)
            try_it(made, keys_from=keys_to, identity=identity, report=report)
    except Exception:
        # In whatever way: a disk that is full keeps a backup from coming back as surely as a wrong key.
        tell_heads(went_well=False, minutes=0)
        beat("drill-failed")
        raise
    beat("drill")
    tell_heads(went_well=True, minutes=round((time.monotonic() - began) / 60) or 1)


def place_of_keys() -> str | None:
    """Return where a key may lie for a moment: in memory where there is such a folder."""
    memory = "/dev/shm"  # noqa: S108  # nosec B108  (a folder of our own is made there, which others cannot read)
    return memory if os.access(memory, os.W_OK) else None


def try_it(place: str, *, keys_from: str, identity: Path, report: backup.Report = str) -> None:
    """Restore in a process of its own, into a database of its own. Raises DrillFailed."""
    with tempfile.TemporaryDirectory(prefix="visavis-drill-") as var, scratch(Path(var)) as database:
        words = ["restore", place, "--identity", str(identity), "--keys-from", keys_from]
        changed = {
            "VISAVIS_VAR": var,
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
        raise DrillFailed(f"The drill failed: {said[-1] if said else done.returncode}")
    report(done.stdout.strip())
    report(f"The drill went well: {place.rstrip('/').rpartition('/')[2]} could be brought back.")


def tell_heads(*, went_well: bool, minutes: int) -> None:
    """Tell every head in her language how the drill went."""
    try:
        _tell_heads(went_well=went_well, minutes=minutes)
    except Exception as error:  # noqa: BLE001  (in any way: what the drill itself said is not hidden by it)
        log.error("the heads were not told of the drill: %s", type(error).__qualname__)


def _tell_heads(*, went_well: bool, minutes: int) -> None:
    current = Membership.objects.current().filter(role=Role.HEAD)
    heads = User.objects.filter(memberships__in=current).distinct()
    for head in heads:
        if not head.email:
            continue
        with translation.override(head.language or settings.LANGUAGE_CODE):
            if went_well:
                subject = _("The backup was tried: it can be brought back")
                text = _(
                    "This month’s backup was brought back into a database that was thrown away at once. It took "
                    "about %(minutes)s min. Nothing is to be done."
                ) % {"minutes": minutes}
            else:
                subject = _("The backup was tried: it could not be brought back")
                text = _(
                    "This month’s backup could not be brought back. Have whoever runs the machine look at the log "
                    "of visavis-drill today."
                )
            send_mail(subject, f"{text}\n\n{settings.SITE_URL}/service/\n", None, [head.email])


@contextmanager
def scratch(place: Path) -> Iterator[str]:
    """Give the address of a database that is thrown away: a file, or one beside the present on the same server."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{place / 'drill.sqlite3'}"
        return
    name = f"{connection.settings_dict['NAME']}_drill"
    quoted = connection.ops.quote_name(name)
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {quoted}")
            cursor.execute(f"CREATE DATABASE {quoted}")
    except DatabaseError as error:
        raise DrillFailed(NOT_MAY) from error
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
