"""What these tests share."""

from functools import partial
from typing import Any

import pytest

from tests.personas import Town
from visavis.employers import services
from visavis.employers.enums import Outcome, Way
from visavis.employers.models import Account
from visavis.employers.services import Asked, Seen
from visavis.people.models import User

SIRET = "73282932000074"
FOUND = "+33475112233"


def seen(**more: Any) -> Seen:
    """A call to a number found in a directory, with a yes."""
    said = {"way": Way.CALL, "spoken_to": "Mme Roux, gérante", "outcome": Outcome.CONFIRMED}
    return Seen(**said | {"number": FOUND, "found": "directory"} | more)


def asks(user: User, **more: Any) -> Any:
    asked = Asked(**{"name": "Épicerie du Quai", "siret": SIRET, "looking_for": "une vendeuse"} | more)
    return services.ask(asked=asked, contact=user, by=user)


@pytest.fixture
def asked(town: Town) -> Account:
    """Gaël asks for an account for his shop."""
    row: Account = asks(town.people["gael"], phone="+33612345678")
    return row


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Any) -> Any:
    """Do at the end of a block what waits for the commit."""
    return partial(django_capture_on_commit_callbacks, execute=True)


@pytest.fixture
def opened(town: Town, asked: Account) -> Account:
    """Gaël’s shop, checked and opened by Bruno."""
    services.note_check(account=asked, check=seen(), by=town.people["bruno"])
    return services.open_account(account=asked, by=town.people["bruno"])
