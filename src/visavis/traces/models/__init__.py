"""Periods and their keys, permits, reports, and what they say together."""

from visavis.traces.models.figure import Figure, Standing
from visavis.traces.models.period import Period
from visavis.traces.models.permit import Permit, Stop
from visavis.traces.models.report import Report, Tally

__all__ = ["Figure", "Period", "Permit", "Report", "Standing", "Stop", "Tally"]
