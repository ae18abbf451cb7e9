"""Where the work is from her town: a small map, and how long it takes."""

from dataclasses import dataclass

from visavis.catalog import travel
from visavis.catalog.gazetteer import CommuneRow
from visavis.catalog.places import gazetteer
from visavis.jobseekers.models import Jobseeker
from visavis.ui import maps
from visavis.vacancies import facts
from visavis.vacancies.models import Vacancy

NAMED = 12
KM_A_DEGREE = 111.2


@dataclass(frozen=True)
class Whereabouts:
    """The way from her town to the work; minutes by the transport she told, else no minutes."""

    map: maps.Way
    km: float
    minutes: int | None
    transport: str


def of(vacancy: Vacancy, jobseeker: Jobseeker) -> Whereabouts | None:
    """Draw it when both places are known; a place known roughly only is not drawn."""
    town = jobseeker.commune
    km = facts.km_from(vacancy, town)
    if km is None or town is None:
        return None
    home = point(town.name, town.latitude, town.longitude)
    there = point(facts.place_in_short(vacancy), vacancy.latitude, vacancy.longitude)
    near = gazetteer().around(home.latitude, home.longitude, 1.25 * km / KM_A_DEGREE)
    minutes = travel.said_minutes(km, jobseeker.transport, town.pk) if jobseeker.transport else None
    how = str(jobseeker.get_transport_display()).lower() if jobseeker.transport else ""
    return Whereabouts(maps.way(home, there, map(of_town, near[:NAMED]), reach(jobseeker)), km, minutes, how)


def reach(jobseeker: Jobseeker) -> float | None:
    """Return how far she goes, if she has said so in kilometres or minutes."""
    if jobseeker.radius_km is not None:
        return float(jobseeker.radius_km)
    if jobseeker.minutes is not None:
        return travel.reach_km(jobseeker.minutes, jobseeker.transport, jobseeker.commune_id)
    return None


def of_town(town: CommuneRow) -> maps.Place:
    return point(town.name, town.latitude, town.longitude)


def point(name: str, latitude: float | None, longitude: float | None) -> maps.Place:
    return maps.Place(name, latitude or 0.0, longitude or 0.0)
