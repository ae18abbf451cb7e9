"""Which device a session is on, in words: the browser and the system, from closed lists; nothing else is kept of it."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

# The first that is found: most browsers also name those that they want to be taken for.
BROWSERS = (
    (r"Edg(e|A|iOS)?/", "Edge"),
    (r"OPR/|Opera", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrom(e|ium)/|CriOS/", "Chrome"),
    (r"Safari/", "Safari"),
)
SYSTEMS = (
    (r"iPhone|iPod", "iPhone"),
    (r"iPad", "iPad"),
    (r"Android", "Android"),
    (r"Windows", "Windows"),
    (r"CrOS", "ChromeOS"),
    (r"Macintosh|Mac OS X", "Mac"),
    (r"Linux|X11", "Linux"),
)
LONGEST = 40


def named(agent: str) -> str:
    """Return the browser and the system that a browser says it is, both of our lists: `Firefox/Windows`."""
    return f"{_first(BROWSERS, agent)}/{_first(SYSTEMS, agent)}"


def _first(among: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for pattern, name in among if re.search(pattern, agent)), "")


def in_words(device: str) -> str:
    """Say a device: “Firefox on Windows”."""
    browser, _slash, system = device.partition("/")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or pgettext("device", "A browser that does not say its name")
