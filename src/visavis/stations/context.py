"""What every page shows on a station while somebody sits there: the clock, help, read aloud, the end."""

import datetime as dt
from typing import Any

from django.http import HttpRequest

from visavis.common import clock
from visavis.stations import booths, sittings
from visavis.stations.models import Sitting


def station(request: HttpRequest) -> dict[str, Any]:
    """Return the bar of the station, with what its script counts in seconds; nothing elsewhere."""
    sitting: Sitting | None = getattr(request, "sitting", None)
    if sitting is None:
        return {}
    interview = booths.interview_at(sitting)
    meets = interview.ends_at + booths.AFTER - clock.now() if interview is not None else dt.timedelta()
    left = max(0, int((sitting.ends_at - clock.now()).total_seconds()))
    return {
        "station_head": "stations/head.html",
        "station_bar": "stations/bar.html",
        "station_name": sitting.station.name,
        "station_left": left,
        "station_minutes": -(-left // 60),
        "station_idle": int(Sitting.IDLE.total_seconds()),
        "station_warning": int(Sitting.WARNING.total_seconds()),
        "station_notice": int(sittings.NOTICE.total_seconds()),
        "station_meets": int(meets.total_seconds()),
        "station_to_closing": sitting.to_closing,
        "station_is_badge": request.user.is_authenticated,
    }
