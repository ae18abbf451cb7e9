"""Stations, badges, sittings and who waits for a station."""

from visavis.stations.models.badge import Badge
from visavis.stations.models.sitting import HelpCall, Reservation, Sitting
from visavis.stations.models.station import Rules, Station

__all__ = ["Badge", "HelpCall", "Reservation", "Rules", "Sitting", "Station"]
