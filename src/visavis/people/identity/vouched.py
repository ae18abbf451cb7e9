"""What comes of asking a provider: who somebody is, or why we do not know."""

from dataclasses import dataclass


class Away(Exception):
    """The provider does not answer, or with nothing that can be read."""


class NotBelieved(Exception):
    """What the provider answered does not hold. The message is for the log, and says nothing of the person."""


class TooWeak(Exception):
    """The person was identified, but not at the level that was asked for."""


@dataclass(frozen=True, slots=True)
class Vouched:
    """Who a provider says somebody is."""

    slot: str
    subject: str
    name: str
    acr: str
    token: str
