"""What a demonstration must never be, told by `visavis check --deploy`: open to the world."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1", "[::1]"})


def doors_open_on_this_machine_only(
    app_configs: Sequence[AppConfig] | None, **options: Any
) -> list[CheckMessage]:
    """Refuse one-click sign-in, and the page that shows every code sent, on an address that others reach."""
    if not settings.DEMO:
        return []
    names = {urlsplit(settings.SITE_URL).hostname or "", *settings.ALLOWED_HOSTS} - THIS_MACHINE
    return [
        Error(
            f"The demonstration's doors are open under {', '.join(sorted(names))}: anybody signs in as anybody, "
            "and reads every code that is sent.",
            hint="Take VISAVIS_DEMO away. A demonstration answers to names of its own machine only.",
            id="visavis.E002",
        )
    ] if names else []  # fmt: skip
