"""Mandates, and what was done under them."""

from visavis.mandates.models.mandate import Mandate, Step
from visavis.mandates.models.visit import Stamp, Visit

__all__ = ["Mandate", "Stamp", "Step", "Visit"]
