"""Placeholder until people's pages land."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Placeholder."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Placeholder."""
