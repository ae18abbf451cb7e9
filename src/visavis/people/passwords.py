"""What makes no password here, beside what Django refuses: the words of the place, and those known to be breached."""

import hashlib
import mmap
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from visavis.folding import fold

# Words that whoever guesses at this service tries first (docs/security/rules.md).
WORDS = (
    "vis a vis", "visavis", "mot de passe", "motdepasse", "password", "emploi", "travail", "chomage", "agence",
    "conseiller", "conseillere", "bonjour", "bienvenue", "offre", "candidat", "employeur", "recherche", "france",
)  # fmt: skip
LEAST_BESIDE = 6


class NotOfThePlace:
    """Refuses a password that is hardly more than words of the place and figures counted up."""

    def validate(self, password: str, user: Any = None) -> None:
        beside = fold(password)
        for word in sorted((*WORDS, fold(settings.VISAVIS_SERVICE_NAME)), key=len, reverse=True):
            beside = beside.replace(word, "")
        signs = sum(sign.isalnum() for sign in beside)
        if signs < LEAST_BESIDE and len(beside) < len(fold(password)):
            raise ValidationError(
                _(
                    "This password is made of words that everybody tries here. Add others, or take a sentence."
                ),
                code="words_of_the_place",
            )

    def get_help_text(self) -> str:
        return _("Not only words such as the name of the service.")


class NotBreached:
    """Refuses a password of the list of breached ones that the operator keeps on this machine; nobody is asked.

    The list is that of Pwned Passwords in order of digests: a line `SHA1:HOW OFTEN` each, some thirty gigabytes of
    which a few pages are read.
    """

    def validate(self, password: str, user: Any = None) -> None:
        if settings.VISAVIS_BREACHED_PASSWORDS and is_listed(
            password, Path(settings.VISAVIS_BREACHED_PASSWORDS)
        ):
            raise ValidationError(
                _("This password is on lists of stolen passwords. Take another, or a sentence."),
                code="breached",
            )

    def get_help_text(self) -> str:
        return _("Not one that was stolen elsewhere.")


def is_listed(password: str, file: Path) -> bool:
    """Say whether the digest of a password is a line of a list in order, by halving it."""
    # The list is kept by this digest, and nothing of ours is.
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as lines:
        low, high = 0, len(lines)
        while low < high:
            begin = lines.rfind(b"\n", 0, (low + high) // 2) + 1
            end = lines.find(b"\n", begin)
            end = len(lines) if end < 0 else end
            found = lines[begin:end].partition(b":")[0].strip().upper()
            if found == wanted:
                return True
            low, high = (end + 1, high) if found < wanted else (low, begin)
    return False
