"""Explained lists: who suits what, why, and what people said of it; what hires teach."""

from visavis.matches.models.edition import Edition, Ground, Price
from visavis.matches.models.family import FamilyProfile, LineAudit
from visavis.matches.models.ideal import Correction, IdealProfile
from visavis.matches.models.match import Match, MatchList
from visavis.matches.models.opinion import Opinion
from visavis.matches.models.run import Run
from visavis.matches.models.score import ScoreModel
from visavis.matches.models.showing import Showing

__all__ = [
    "Correction",
    "Edition",
    "FamilyProfile",
    "Ground",
    "IdealProfile",
    "LineAudit",
    "Match",
    "MatchList",
    "Opinion",
    "Price",
    "Run",
    "ScoreModel",
    "Showing",
]
