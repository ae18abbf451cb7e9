"""What would let the journal be rewritten, told by `visavis check --deploy --database default`."""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage
from django.db import connections


def guards_hold(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **options: Any
) -> list[CheckMessage]:
    """Warn when the site's own role could take the guard down, or no seal leaves the machine."""
    told: list[CheckMessage] = []
    if not settings.VISAVIS_JOURNAL_WITNESS:
        told.append(
            checks.Warning(
                "The journal's seals stay on this machine: who holds it could cut the journal unseen.",
                hint="Set VISAVIS_JOURNAL_WITNESS to an address outside, or VISAVIS_JOURNAL_SEALS to a share.",
                id="visavis.W010",
            )
        )
    if "default" in (databases or ()) and owns_the_journal():
        told.append(
            checks.Warning(
                "The site's database role owns the journal, and could take its guard down.",
                hint="Migrate as the owner, then `visavis grant_site ROLE`, and give the site that role.",
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
