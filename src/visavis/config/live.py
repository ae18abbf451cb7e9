"""What open pages are told, as an ASGI application: served by a process of its own (`visavis live`)."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visavis.config.settings")

import django

django.setup()
from django.db import connections  # noqa: E402  (the apps must be loaded)

from visavis.live.serving.application import Live  # noqa: E402  (the apps must be loaded)
from visavis.vault.checks import refuse_other_keys  # noqa: E402  (the apps must be loaded)

refuse_other_keys()
connections.close_all()
application = Live()
