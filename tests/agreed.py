"""What comes back with a yes from the page that says its words."""

from django.utils import translation

from visavis.consents import services
from visavis.jobseekers.agreed import INTERESTS


def read(language: str = "fr") -> dict[str, str]:
    """Return the digest of the words of the yes to interests, as her page sends it back."""
    with translation.override(language):
        return {services.SHOWN: services.digest(services.words_of(INTERESTS))}
