"""What a page needs to hear what changes while it is open: `data-visavis-live` and its two companions."""

from dataclasses import dataclass, field

from django.conf import settings

from visavis.live import services


def address() -> str:
    """Return where a browser hears what is told; empty where nobody tells: the page asks again by itself."""
    return str(settings.VISAVIS_LIVE_URL) if settings.VISAVIS_LIVE_PORT else ""


@dataclass(frozen=True)
class Followed:
    """A topic, and the number up to which the page knows it: made before the page reads anything."""

    topic: str
    after: int = field(default_factory=services.newest)
    url: str = field(default_factory=address)
