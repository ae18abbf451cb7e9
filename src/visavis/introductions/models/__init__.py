"""Introductions, their steps, hires, and what people were told."""

from visavis.introductions.models.hire import FollowUp, Hire
from visavis.introductions.models.introduction import Introduction, Step
from visavis.introductions.models.telling import Telling

__all__ = ["FollowUp", "Hire", "Introduction", "Step", "Telling"]
