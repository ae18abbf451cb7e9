"""The signs of the machine: database, disk, worker, backup."""

import datetime as dt
import shutil

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from visavis.common.signs import Sign, by_age
from visavis.operations.models import Beat

LOOK_BYTES, WRONG_BYTES = 5 << 30, 1 << 30
WORKER_LOOK, WORKER_WRONG = dt.timedelta(minutes=5), dt.timedelta(minutes=15)
BACKUP_LOOK, BACKUP_WRONG = dt.timedelta(hours=26), dt.timedelta(days=7)


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
    """Look when the worker was last seen."""
    title = _("The jobs that run beside the pages")
    seen = Beat.objects.filter(part="worker").values_list("at", flat=True).first()
    never = _("Nobody does them: lists stay as they are and nothing is told. Have them started again.")
    if seen is None:
        return Sign("worker", title, "wrong", never)
    level, age = by_age(seen, look=WORKER_LOOK, wrong=WORKER_WRONG)
    words = {
        "well": _("They are being done."),
        "look": _("They have paused for some minutes."),
        "wrong": never,
    }
    return Sign("worker", title, level, words[level], age)


def backup() -> Sign:
    """Look when the last backup was made."""
    title = _("The backup")
    made = Beat.objects.filter(part="backup").values_list("at", flat=True).first()
    if made is None:
        return Sign("backup", title, "look", _("None has been made yet."))
    level, age = by_age(made, look=BACKUP_LOOK, wrong=BACKUP_WRONG)
    words = {
        "well": _("It was made within a day."),
        "look": _("The last one is more than a day old."),
        "wrong": _("The last one is more than a week old. A broken disk would take that week away."),
    }
    return Sign("backup", title, level, words[level], age)
