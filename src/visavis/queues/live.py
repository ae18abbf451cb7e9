"""The pages of a door that are open are told that its queue moved: not how, they ask again with their own rights."""

from dataclasses import dataclass, field

from django.conf import settings

from visavis.agencies.models import Agency
from visavis.live import services
from visavis.people.models import User

TOPIC = "queue"


def topic_of(agency_id: int) -> str:
    return f"{TOPIC}:{agency_id}"


def may_hear(user: User | None, which: str) -> bool:
    """Let anybody hear that the queue of a door moved: the hall shows it to all."""
    return which.isascii() and which.isdigit() and Agency.objects.filter(pk=int(which[:12])).exists()


def moved(agency_id: int) -> None:
    """Tell the open pages of a door, with the act that moved its queue."""
    services.tell(topic_of(agency_id), {})


def address() -> str:
    """Return where a browser hears what is told; empty where nobody tells: the page asks again by itself."""
    return str(settings.VISAVIS_LIVE_URL) if settings.VISAVIS_LIVE_PORT else ""


@dataclass(frozen=True)
class Followed:
    """What a page needs to hear what is told from now on: made before the page reads anything."""

    topic: str
    after: int = field(default_factory=services.newest)
    url: str = field(default_factory=address)


def followed(agency: Agency) -> Followed:
    return Followed(topic_of(agency.pk))
