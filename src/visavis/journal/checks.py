"""What would let the journal be rewritten, told by `visavis check --deploy --database default`."""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage
from django.db import connections

JOURNAL = "journal"
"""The tag of these checks."""


def guards_hold(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **options: Any
) -> list[CheckMessage]:
    """Warn when the site's own role could take the guard down, or no seal leaves the machine."""
    told: list[CheckMessage] = []
    if not settings.VISAVIS_JOURNAL_WITNESS:
        told.append(
            checks.Warning(
                "The journal's seals stay on this machine: who holds it could cut the journal unseen.",
                hint="Give `visavis setup` an address outside (--witness), or set VISAVIS_JOURNAL_SEALS to a share.",
                id="visavis.W010",
            )
        )
    if "default" in (databases or ()) and connections["default"].vendor == "sqlite":
        told.append(
            checks.Warning(
                "SQLite has no roles: who may write the file may rewrite the journal.",
                hint="Use PostgreSQL with an owner apart, or keep the seals elsewhere.",
                id="visavis.W013",
            )
        )
    if "default" in (databases or ()) and owns_the_journal():
        told.append(
            checks.Warning(
                "The site's database role owns the journal, and could take its guard down.",
                hint="Give the site a role that owns nothing, and the owner to `visavis setup --owner`.",
                id="visavis.W011",
            )
        )
    return told


def owns_the_journal() -> bool:
    """Say whether the role may change the table itself; SQLite has no roles."""
    connection = connections["default"]
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role(tableowner, 'USAGE') FROM pg_tables WHERE tablename = 'journal_entry'"
        )
        found = cursor.fetchone()
    return bool(found and found[0])
