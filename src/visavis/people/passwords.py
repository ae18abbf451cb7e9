"""What makes no password here, beside what Django refuses: the words of the place."""

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
