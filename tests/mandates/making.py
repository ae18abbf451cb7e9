"""Mandates for tests."""

from collections.abc import Sequence
from typing import Any

from tests import factories
from tests.personas import Town
from visavis.mandates import services
from visavis.mandates.errands import Code
from visavis.mandates.models import Mandate
from visavis.mandates.services import Asked
from visavis.people.enums import Role
from visavis.people.models import Organisation, User

ALL = tuple(code.value for code in Code)


def given(person: User, helper: User, errands: Sequence[str] = ALL, days: int = 31) -> Mandate:
    """Give a mandate by a code."""
    _row, code = services.offer(person=person, asked=Asked(days, errands), by=person)
    return services.take(code=code, helper=helper)


def of_association(name: str = "Le Pont") -> User:
    """Make somebody who helps for an association."""
    organisation = Organisation.objects.create(kind=Organisation.Kind.HELPING, name=name)
    return factories.UserFactory(role=Role.HELPER, role__organisation=organisation)


def amelies(town: Town, *errands: str, days: int = 31) -> Mandate:
    """Give Inès a mandate of Amélie's."""
    return given(town.people["amelie"], town.people["ines"], errands or ALL, days)


def bond(page: Any) -> str:
    """Return what the form of a page carries; nothing where the page is refused."""
    return str(page.content.decode().partition('name="acting_for" value="')[2].partition('"')[0])
