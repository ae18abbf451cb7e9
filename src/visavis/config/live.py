"""What open pages are told, as an ASGI application: served by a process of its own (`visavis live`)."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visavis.config.settings")

import django
from django.conf import settings

# Apps that stand above all that say who may hear a topic: they make pages, and bring half of what the process holds.
NOT_HEARD = (
    "demo", "operations", "portal", "proposing", "api", "webhooks", "searches", "applying", "counter", "matches",
    "cvs", "employers", "introductions", "traces", "scans", "casefiles", "mandates", "unreached",
    "merging",
    "mailboxes",
)  # fmt: skip
settings.INSTALLED_APPS = [
    one for one in settings.INSTALLED_APPS if one.removeprefix("visavis.") not in NOT_HEARD
]

django.setup()
from django.db import connections  # noqa: E402  (the apps must be loaded)

from visavis.common import reaching  # noqa: E402  (the settings must be loaded)
from visavis.live.serving.application import Live  # noqa: E402  (the apps must be loaded)
from visavis.vault.checks import refuse_other_keys  # noqa: E402  (the apps must be loaded)

reaching.guard()
refuse_other_keys()
connections.close_all()
application = Live()
