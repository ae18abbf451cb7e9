"""The signs of the machine: database, disk, worker, backup, copies made as it is written, drill."""

import datetime as dt
import shutil

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.prepared import Prepared
from visavis.common.signs import Ages, Sign
from visavis.operations.models import SWEEP_FAILED, Beat

LOOK_BYTES, WRONG_BYTES = 5 << 30, 1 << 30
NEVER_WORKED = _("Nobody does them: lists stay as they are and nothing is told. Have them started again.")
WORKER = Ages(
    look=dt.timedelta(minutes=5),
    wrong=dt.timedelta(minutes=15),
    words={
        "well": _("They are being done."),
        "look": _("They have paused for some minutes."),
        "wrong": NEVER_WORKED,
    },
)
BACKUP = Ages(
    look=dt.timedelta(hours=26),
    wrong=dt.timedelta(days=7),
    words={
        "well": _("It was made within a day."),
        "look": _("The last one is more than a day old."),
        "wrong": _("The last one is more than a week old. A broken disk would take that week away."),
    },
)

# Setup's timer makes a whole copy a night, and only that throws away what erased keys lie in.
CONTINUOUS = Ages(
    look=dt.timedelta(hours=26),
    wrong=dt.timedelta(days=3),
    words={
        "well": _("A whole copy was made within a day, and the log since is archived."),
        "look": _(
            "The last whole copy is more than a day old. Have the log of visavis-continuous read today."
        ),
        "wrong": _(
            "No whole copy has been made for three days: old ones, with the keys of who was erased, are not thrown "
            "away. Have the log of visavis-continuous read today."
        ),
    },
)

DRILL = Ages(
    look=dt.timedelta(days=35),
    wrong=dt.timedelta(days=100),
    words={
        "well": _("A backup was brought back this month: it works."),
        "look": _("No backup has been tried for more than a month."),
        "wrong": _("No backup has been tried for three months. Have one brought back this week."),
    },
)


BEAT = Prepared(lambda part: Beat.objects.filter(part=part).values_list("at", flat=True)[:1])


def database() -> Sign:
    """Ask the database something."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Sign("database", _("The database"), "well", _("It answers."))


def disk() -> Sign:
    """Look at the room that is left where the site keeps its own."""
    free = shutil.disk_usage(settings.VAR).free
    if free < WRONG_BYTES:
        return Sign(
            "disk", _("The disk"), "wrong", _("It is nearly full: less than 1 GB is left. Make room today.")
        )
    if free < LOOK_BYTES:
        return Sign("disk", _("The disk"), "look", _("Less than 5 GB are left. Make room this week."))
    return Sign("disk", _("The disk"), "well", _("There is room."))


def worker() -> Sign:
    """Look when the worker was last seen, and whether one of its sweeps has just failed."""
    title, seen, failed = _("The jobs that run beside the pages"), last("worker"), last(SWEEP_FAILED)
    if seen is None:
        return Sign("worker", title, "wrong", NEVER_WORKED)
    sign = WORKER.sign("worker", title, seen)
    if sign.level == "well" and failed is not None and clock.now() - failed < WORKER.look:
        words = _("One of them fails, the others are done. Have the log of visavis-work read today.")
        return Sign("worker", title, "look", words)
    return sign


def backup() -> Sign:
    """Look when the last backup was made."""
    title, made = _("The backup"), last("backup")
    if made is None:
        return Sign("backup", title, "look", _("None has been made yet."))
    return BACKUP.sign("backup", title, made)


def drill() -> Sign:
    """Look when a backup was last brought back, and whether the last try went well."""
    title, tried, failed = _("The backup, tried"), last("drill"), last("drill-failed")
    if failed is not None and (tried is None or failed > tried):
        words = _("The last one could not be brought back. Have the log of visavis-drill read today.")
        return Sign("drill", title, "wrong", words)
    if tried is None:
        return Sign("drill", title, "look", _("None has been brought back yet, to see that it can be."))
    return DRILL.sign("drill", title, tried)


def continuous() -> Sign:
    """Look when the last whole copy beside the archived log was made, and whether PostgreSQL archives its log."""
    title, made = _("The copies made as the database is written"), last("continuous")
    if log_fails():
        words = _(
            "The log of the database is not archived: a broken disk would take what was written since the last copy. "
            "Have the log of PostgreSQL read today."
        )
        return Sign("continuous", title, "wrong", words)
    if made is None:
        return Sign(
            "continuous", title, "look", _("None has been made yet. Have visavis-continuous started.")
        )
    return CONTINUOUS.sign("continuous", title, made)


def log_fails() -> bool:
    """Say whether the last piece of its log that PostgreSQL tried to archive was refused."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT last_failed_time > coalesce(last_archived_time, '-infinity') FROM pg_stat_archiver"
        )
        return bool(cursor.fetchone()[0])


def last(part: str) -> dt.datetime | None:
    """Return when a part was last at work."""
    return BEAT.first(part)
