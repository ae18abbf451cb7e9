"""The site's settings, with a topic that anybody may hear and one that nobody may."""

from visavis.config.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.live.board"]  # noqa: F405
