"""visavis open_service: what `visavis setup` told on the input becomes the first agency, its head, the officer."""

import json
import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from visavis.agencies import services as agencies
from visavis.agencies.models import Agency
from visavis.catalog.models import Commune
from visavis.common.errors import Refused
from visavis.people import addresses
from visavis.people import services as people
from visavis.people.enums import Role
from visavis.people.models import Membership, User


class Command(BaseCommand):
    """Open what is not open yet, all of it or nothing; done again, it changes nothing."""

    help = "Open the first agency and appoint its head and the data protection officer: read as JSON on the input."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        told = json.load(sys.stdin)
        try:
            agency = self.agency(told)
            self.appoint(Role.HEAD, told["head"], told["head_name"], agency)
            if told["protection"]:
                self.appoint(Role.PROTECTION, told["protection"], told["protection_name"], None)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal

    def agency(self, told: dict[str, str]) -> Agency:
        """Return the agency of this name, opened if there is none."""
        found = Agency.objects.filter(name=told["agency"]).first()
        if found is not None:
            self.stdout.write(f"{found.name} is open already.")
            return found
        commune = Commune.objects.filter(code=told["agency_commune"]).first()
        if commune is None:
            raise CommandError(
                f"No commune has the code {told['agency_commune']}: look it up and run setup again."
            )
        found = agencies.open_agency(
            name=told["agency"],
            address=told["agency_address"],
            commune=commune,
            phone=told["phone"],
            opening_hours=told["agency_hours"],
            by=None,
        )
        self.stdout.write(f"{found.name} is open.")
        return found

    def appoint(self, role: Role, email: str, name: str, agency: Agency | None) -> None:
        """Give somebody a role unless somebody has it there: then whoever leads decides, not the installation."""
        organisation = agency.organisation if agency else None
        if Membership.objects.current().filter(role=role, organisation=organisation).exists():
            self.stdout.write(f"The role {role.value} is taken already.")
            return
        kept = addresses.read_email(email)
        user = User.objects.filter(email=kept).first() or User.objects.create_user(name or kept, email=kept)
        if agency:
            agencies.take_on(agency=agency, user=user, role=role, by=None)
        else:
            people.give_role(user=user, role=role, by=None)
        self.stdout.write(f"Person {user.pk} has the role {role.value}, and signs in by a code.")
