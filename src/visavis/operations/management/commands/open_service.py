"""visavis open_service: what `visavis setup` told on the input becomes the first agency, its head, the officer."""

import json
import sys
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from visavis.agencies.models import Agency
from visavis.people.enums import Role
from visavis.people.models import Membership


class Command(BaseCommand):
    """Open what is not open yet, all of it or nothing; done again, it changes nothing."""

    help = "Open the first agency and appoint its head and the data protection officer: read as JSON on the input."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        told = json.load(sys.stdin)
        # Its head may have given it another name since: what is open is the first, whatever it is called.
        named = Agency.objects.filter(name=told["agency"]).first()
        agency = named or Agency.objects.order_by("pk").first()
        if agency is None:
            call_command(
                "open_agency",
                told["agency"],
                address=told["agency_address"],
                commune=told["agency_commune"],
                phone=told["phone"],
                hours=told["agency_hours"],
                stdout=self.stdout,
            )
            agency = Agency.objects.get(name=told["agency"])
        else:
            self.stdout.write(f"{agency.name} is open already.")
        self.appoint(Role.HEAD, told["head"], told["head_name"], agency)
        if told["protection"]:
            self.appoint(Role.PROTECTION, told["protection"], told["protection_name"], None)

    def appoint(self, role: Role, email: str, name: str, agency: Agency | None) -> None:
        """Give somebody a role unless somebody has it there: then whoever leads decides, not the installation."""
        organisation = agency.organisation if agency else None
        if Membership.objects.current().filter(role=role, organisation=organisation).exists():
            self.stdout.write(f"The role {role.value} is taken already.")
            return
        number = agency.pk if agency else None
        call_command("appoint", role.value, email, name=name or email, agency=number, stdout=self.stdout)
