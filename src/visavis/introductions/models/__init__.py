"""Introductions, their steps and hires."""

from visavis.introductions.models.hire import FollowUp, Hire
from visavis.introductions.models.introduction import Introduction, Step

__all__ = ["FollowUp", "Hire", "Introduction", "Step"]
