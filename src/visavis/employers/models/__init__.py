"""Accounts of employers, the agency's checks, and who joins."""

from visavis.employers.models.account import Account, Step
from visavis.employers.models.check import Check
from visavis.employers.models.joining import Invitation, Joining

__all__ = ["Account", "Check", "Invitation", "Joining", "Step"]
