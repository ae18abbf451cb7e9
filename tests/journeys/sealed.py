"""Read a site's database as its own pages would: what rests sealed is opened, with the site's own keys."""

import sqlite3
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

SEALED = {
    "people_user": ("email", "phone"),
    "jobseekers_jobseeker": ("about",),
    "cvs_cvreading": ("facts", "left", "added"),
    "introductions_introduction": (
        "note", "meeting_address", "meeting_contact", "meeting_phone", "meeting_wish",
    ),
    "introductions_step": ("before",),
    "news_news": ("title",),
    "mailboxes_thread": ("subject",),
    "searches_alert": ("params",),
    "vacancies_report": ("words",),
    "employers_check": ("spoken_to", "number", "details"),
}  # fmt: skip


def open_in(database: sqlite3.Connection, var: Path) -> None:
    """Put views before the tables that hold something sealed: a query written for the table reads it plain."""
    from visavis.vault import fields, keys, ring  # noqa: PLC0415  (who starts a site has no apps loaded yet)

    of_site = {
        key.name: key
        for one in (var / ring.FILES["data"]).read_text(encoding="ascii").split()
        for key in [ring._key(one, b"visavis data ring 1")]
    }
    wrapped = {
        person: (name, bytes(key))
        for person, name, key in database.execute("SELECT person_id, ring, wrapped FROM vault_personkey")
    }

    def unsealed(text: str | None, column: str, row: int) -> str | None:
        if not text:
            return text
        sealed = fields.Sealed(text)
        name, key = wrapped[sealed.person]
        plain = AESGCMSIV(of_site[name].open(key, keys._place(sealed.person)))
        value = fields.urlsafe_b64decode(text.rpartition("~")[2])
        return plain.decrypt(value[: ring.NONCE], value[ring.NONCE :], fields.place(column, row)).decode()

    database.create_function("unsealed", 3, unsealed, deterministic=True)
    for table, sealed in SEALED.items():
        columns = [row[1] for row in database.execute(f"PRAGMA main.table_info({table})")]
        read = ", ".join(
            f"unsealed({name}, '{table}.{name}', id) AS {name}" if name in sealed else name
            for name in columns
        )
        database.execute(f"CREATE TEMP VIEW {table} AS SELECT {read} FROM main.{table}")
