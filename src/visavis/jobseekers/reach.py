"""How far a person's travel reaches, and how many communes lie within."""

from dataclasses import dataclass

from visavis.catalog import places, travel
from visavis.jobseekers.models import Jobseeker


@dataclass(frozen=True)
class Reach:
    """A circle around where she lives."""

    km: float
    communes: int | None


def radius_km(jobseeker: Jobseeker) -> float | None:
    """Return how far she goes in a straight line, or None when she has not said."""
    if jobseeker.radius_km is not None:
        return float(jobseeker.radius_km)
    if jobseeker.minutes is None:
        return None
    return travel.reach_km(jobseeker.minutes, jobseeker.transport, jobseeker.commune_id)


def of(jobseeker: Jobseeker) -> Reach | None:
    """Measure her reach; without a commune only the distance is known."""
    km = radius_km(jobseeker)
    if km is None:
        return None
    place = jobseeker.commune
    if place is None or place.latitude is None or place.longitude is None:
        return Reach(km, None)
    return Reach(km, places.gazetteer().count_within(place.latitude, place.longitude, km))
