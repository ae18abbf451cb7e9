"""Reception's open pages are told that something moved at the stations: they ask again with their own rights."""

from visavis.agencies.models import Agency
from visavis.live import services
from visavis.live.followed import Followed
from visavis.people.models import User
from visavis.queues import live as queue

TOPIC = "stations"


def may_hear(user: User | None, which: str) -> bool:
    """Let those hear it who work at that door."""
    if user is None or not (which.isascii() and which.isdigit()):
        return False
    return Agency.objects.of(user).filter(pk=int(which[:12])).exists()


def moved(agency_id: int) -> None:
    """Tell the open pages of an agency."""
    services.tell(f"{TOPIC}:{agency_id}", {})


def called(agency_id: int) -> None:
    """Tell them, and the board of the queue as well: somebody calls for help, or is no longer alone."""
    moved(agency_id)
    queue.moved(agency_id)


def followed(agency: Agency) -> Followed:
    """Return what a page of an agency hears."""
    return Followed(f"{TOPIC}:{agency.pk}")
