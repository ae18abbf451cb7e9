"""Explained lists: who suits what, why, and what people said of it."""

from visavis.matches.models.match import Match, Run
from visavis.matches.models.opinion import Opinion
from visavis.matches.models.showing import Showing

__all__ = ["Match", "Opinion", "Run", "Showing"]
