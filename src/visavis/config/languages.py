"""Languages that an operator adds as files alone: a folder a language, as gettext lays them (docs/languages.md)."""

import re
from pathlib import Path

from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured

OWN = [("fr", "Français"), ("en", "English")]
# An account keeps its language in five letters.
CODE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")


def with_added(folder: str) -> list[tuple[str, str]]:
    """Return our languages, and those whose catalogue lies in a folder: `CODE/LC_MESSAGES/django.mo`.

    Each is called as its own speakers call it. Raises ImproperlyConfigured where the folder holds no language.
    """
    if not folder:
        return OWN
    found = sorted(path.parts[-3] for path in Path(folder).glob("*/LC_MESSAGES/django.mo"))
    if not found or not all(CODE.fullmatch(one) for one in found):
        raise ImproperlyConfigured(f"VISAVIS_LANGUAGES is {folder!r}: no folder of languages is there.")
    codes = [one.replace("_", "-").lower() for one in found]
    return OWN + [(code, name_of(code)) for code in codes if code not in dict(OWN)]


def name_of(code: str) -> str:
    """Return what a language calls itself; its code where nobody has written that down.

    >>> name_of("ar"), name_of("pt-br"), name_of("xx")
    ('العربيّة', 'Português Brasileiro', 'xx')
    """
    info = LANG_INFO.get(code) or LANG_INFO.get(code.partition("-")[0]) or {}
    return str(info.get("name_local", code)).title()
