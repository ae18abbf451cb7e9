"""What is promised of secrecy: sealed at rest, nothing fetched elsewhere, no session of who left, a whole journal."""

import re
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Q
from django.template.utils import get_app_template_dirs

from visavis.common import clock, private
from visavis.journal import chain, seals, witnesses
from visavis.journal.models import Entry
from visavis.operations.promises.promise import Answer, Held, Promise, counted
from visavis.people.models import Session, User
from visavis.people.sessions.store import SignIn
from visavis.vault.fields import EncryptedText

# What makes a browser fetch something: a script, a style, a picture, a frame, a font.
FETCHES = re.compile(
    r"""<(?:script|img|iframe|source|video|audio|embed|object)\b[^>]*\b(?:src|data)=["'](?:https?:)?//"""
    r"""|<link\b[^>]*\bhref=["'](?:https?:)?//|url\(\s*["']?(?:https?:)?//"""
    r"""|@import\s+["'](?:https?:)?//|\bimport\s*\(?["'](?:https?:)?//|\bfetch\(\s*["'](?:https?:)?//""",
    re.IGNORECASE,
)
KEYWORDS = re.compile(r"^'(?:self|none|nonce|strict-dynamic|report-sample).*'$|^<CSP_NONCE|^data:$")


def all_sealed() -> Answer:
    plain, looked_at, columns = [], 0, 0
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if not isinstance(field, EncryptedText):
                continue
            columns += 1
            rows = model._base_manager.exclude(**{f"{field.name}__isnull": True})
            looked_at += rows.count()
            open_ones = rows.exclude(**{f"{field.name}__sealed": True}).count()
            plain += [f"{model._meta.label}.{field.name}: {open_ones}"] if open_ones else []
    found = "; ".join(plain) or "none"
    return Answer(
        Held.BROKEN if plain else Held.KEPT,
        f"plain values in {columns} sealed columns, {looked_at} values: {found}",
    )


def journal_whole() -> Answer:
    chain.link(everything=True)
    broken = chain.broken()
    found = seals.kept_in(Path(settings.VISAVIS_JOURNAL_SEALS))
    faults, missing = seals.faults(found, []), witnesses.told(found)
    entries = Entry.objects.count()
    told = f"{len(broken)} entries changed or gone of {entries}, {len(faults)} faults of {len(found)} seals"
    return Answer(Held.BROKEN if broken or faults or missing else Held.KEPT, " ".join((f"{told}.", *missing)))


def nothing_fetched_elsewhere() -> Answer:
    policy: dict[str, Any] = settings.SECURE_CSP
    allowed = [
        str(source)
        for directive, sources in policy.items()
        for source in sources
        if directive != "report-uri" and not KEYWORDS.match(str(source))
    ]
    folders = [Path(one) for one in get_app_template_dirs("templates")]
    folders += [
        Path(one.path) / "static" for one in apps.get_app_configs() if one.name.startswith("visavis.")
    ]
    files = [
        file for folder in folders for file in folder.rglob("*") if file.suffix in {".html", ".css", ".js"}
    ]
    ours = [file for file in files if "visavis" in file.parts]
    found = [file.name for file in ours if FETCHES.search(file.read_text(encoding="utf-8"))]
    told = f"hosts allowed: {', '.join(allowed) or 'none'}; files that fetch: {', '.join(found) or 'none'}"
    return Answer(Held.BROKEN if allowed or found else Held.KEPT, f"{told} ({len(ours)} files looked at)")


def no_session_of_who_left() -> Answer:
    """No session of a closed account stands, none is readable, and none would find the account."""
    closed = User.objects.filter(is_active=False).values_list("pk", flat=True)
    living = Session.objects.filter(expire_date__gt=clock.now(), over="")
    # What Django signs has a colon; what rests sealed (people/sessions/store.py) has none.
    sessions = living.filter(Q(session_data__contains=":") | Q(user__is_active=False)).count()
    sessions += sum(SignIn().get_user(pk) is not None for pk in closed)
    # The service for programs stands beside this layer: its table is asked for by name.
    tokens = apps.get_model("api", "Token").objects.working().filter(user__is_active=False).count()
    return counted(sessions + tokens, "sessions and keys of closed accounts", living.count())


def doors_closed() -> Answer:
    wrong = [name for name in ("DEMO", "DEBUG") if getattr(settings, name, False)]
    if settings.SITE_URL.startswith("https://"):
        wrong += (
            []
            if settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE
            else ["cookies without Secure"]
        )
        wrong += [] if settings.SECURE_HSTS_SECONDS >= 31_536_000 else ["no HSTS of a year"]
    else:
        wrong.append("no https")
    return Answer(Held.BROKEN if wrong else Held.KEPT, f"open: {', '.join(wrong) or 'none'}")


def files_private() -> Answer:
    found = private.only_we_read_our_files(None)
    return Answer(
        Held.BROKEN if found else Held.KEPT, "others can read some" if found else "nobody else can read them"
    )


PROMISES = (
    Promise(
        "sealed",
        "Contacts and own words rest sealed, each by its owner's key.",
        "docs/security/at-rest.md",
        all_sealed,
    ),
    Promise(
        "journal", "The journal only grows, and shows what was changed.", "docs/operations.md", journal_whole
    ),
    Promise(
        "third-parties", "No page fetches anything from anybody else.", "/privacy/", nothing_fetched_elsewhere
    ),
    Promise(
        "sessions",
        "Who has left has left: no session, no key.",
        "docs/security/doors.md",
        no_session_of_who_left,
    ),
    Promise("doors", "No door of the demonstration, https only.", "docs/operations.md", doors_closed),
    Promise("files", "Files are the service's own.", "docs/security/at-rest.md", files_private),
)
