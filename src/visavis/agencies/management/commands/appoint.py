"""visavis appoint: give somebody of the service a role; how the first head and the first officer come in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from visavis.agencies import services
from visavis.agencies.models import Agency
from visavis.common.errors import Refused
from visavis.people import addresses
from visavis.people import services as people
from visavis.people.enums import STAFF_ROLES, Role
from visavis.people.models import User


class Command(BaseCommand):
    """Give a role, and an account when the address has none. She signs in by a code, then sets up a second factor."""

    help = "Give a role of the service to somebody."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", choices=sorted(role.value for role in STAFF_ROLES))
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="for a new account")
        parser.add_argument("--agency", type=int, help="number of the agency; a protection officer has none")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        role = Role(options["role"])
        try:
            user = self.account(options["email"], options["name"])
            if role == Role.PROTECTION:
                people.give_role(user=user, role=role, by=None)
            else:
                services.take_on(agency=self.agency(options["agency"]), user=user, role=role, by=None)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Person {user.pk} has the role {role.value}.")

    def account(self, email: str, name: str) -> User:
        kept = addresses.read_email(email)
        found = User.objects.filter(email=kept).first()
        if found is None and not name:
            raise CommandError("This address has no account: give --name to open one.")
        return found or User.objects.create_user(name, email=kept)

    def agency(self, number: int | None) -> Agency:
        found = Agency.objects.filter(pk=number).first() if number else None
        if found is None:
            raise CommandError("Give --agency with the number of an agency that exists.")
        return found
