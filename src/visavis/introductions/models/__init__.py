"""Introductions, their steps and hires, and what was frozen."""

from visavis.introductions.models.frozen import Frozen
from visavis.introductions.models.hire import FollowUp, Hire
from visavis.introductions.models.introduction import Introduction, Step

__all__ = ["FollowUp", "Frozen", "Hire", "Introduction", "Step"]
