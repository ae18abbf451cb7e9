"""What every page shows around its content: where one can go, and where the door is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Return navigation, door and demo banner for the base template."""
    return {"navigation": [], "door": {"phone": settings.VISAVIS_PHONE}, "demo_mode": settings.DEMO}
