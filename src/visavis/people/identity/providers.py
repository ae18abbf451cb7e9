"""Who vouches for whom, as the environment says: nobody unless it names one."""

from dataclasses import dataclass

from django.conf import settings

from visavis.people.enums import Role
from visavis.people.models import User

PEOPLE, STAFF = "people", "staff"


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider. `acr` are the levels asked for and believed, `strong` those that stand for a second factor."""

    slot: str
    name: str
    address: str
    client: str
    secret: str
    scopes: tuple[str, ...]
    acr: tuple[str, ...]
    strong: frozenset[str]

    def is_offered_to(self, user: User) -> bool:
        """Say whether it vouches for her: the one for staff for who works, the other for everybody else."""
        works = user.is_service_staff or user.has_role(Role.EMPLOYER)
        return works if self.slot == STAFF else not user.is_service_staff


def all_of_them() -> list[Provider]:
    """Return the providers that this installation has, people's first."""
    return [
        Provider(
            slot=slot,
            name=one["name"],
            address=one["address"],
            client=one["client"],
            secret=one["secret"],
            scopes=tuple(one["scopes"].split()),
            acr=tuple(one["acr"].split()),
            strong=frozenset(one["strong"].split()),
        )
        for slot, one in settings.VISAVIS_IDENTITY.items()
        if one["address"] and one["client"]
    ]


def named(slot: str) -> Provider | None:
    """Return the provider of a slot, if the installation has one."""
    return next((one for one in all_of_them() if one.slot == slot), None)
