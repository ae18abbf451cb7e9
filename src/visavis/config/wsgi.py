"""The site as a WSGI application. Rooms will bring an ASGI one beside it (docs/decisions)."""

import os
import threading

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections

from visavis.common.room import with_room
from visavis.config import collecting, databases, processes

databases.Part.is_site = True
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visavis.config.settings")
application = with_room(get_wsgi_application())
from visavis.common import reaching  # noqa: E402  (the settings must be loaded)
from visavis.config import machines  # noqa: E402  (the apps must be loaded)
from visavis.vault.checks import refuse_other_keys  # noqa: E402  (the apps must be loaded)

reaching.guard()
processes.refuse_a_second_without_store(settings.VAR)
machines.refuse_another()
refuse_other_keys()
# This thread answers nobody: the connection that it asked by is for others.
connections.close_all()
machines.stay()


def warm_up() -> None:
    """Build what the first list and the first search would wait for, beside the first pages."""
    # The models can only be imported once the application stands.
    from visavis.catalog import titles  # noqa: PLC0415  (the apps must be loaded)
    from visavis.cvs import checks  # noqa: PLC0415  (the apps must be loaded)
    from visavis.matches.bridge import in_memory  # noqa: PLC0415  (the apps must be loaded)
    from visavis.searches.index import laid  # noqa: PLC0415  (the apps must be loaded)

    try:
        in_memory.serve()
        titles.warm_up()
        laid.warm_up()
        collecting.keep_what_stands()
        checks.say_what_stays()
    finally:
        # What a thread of its own holds goes back with it.
        connections.close_all()


threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
