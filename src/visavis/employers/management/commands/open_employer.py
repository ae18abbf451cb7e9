"""visavis open_employer: open the account of an employer from the command line; the first one of a real service."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from visavis.common.errors import Refused
from visavis.employers import services
from visavis.employers.forms import SiretField
from visavis.employers.services import Asked
from visavis.people import addresses
from visavis.people import services as people
from visavis.people.addresses import Address
from visavis.people.models import User


class Command(BaseCommand):
    """Open an account. Whoever types this has checked the employer: the journal says that nobody signed in did."""

    help = "Open the account of an employer whom you have checked."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--siret", required=True)
        parser.add_argument("--email", required=True, help="of the person who signs in for it")
        parser.add_argument("--contact", default="", help="her name, for a new account")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            siret = SiretField().clean(options["siret"])
            contact = self.contact(addresses.read_email(options["email"]), options["contact"])
            row = services.open_first(asked=Asked(name=options["name"], siret=siret), contact=contact)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"The account {row.pk} of {row.name} is open.")

    def contact(self, email: str, name: str) -> User:
        found = User.objects.filter(email=email).first()
        if found is None and not name:
            raise CommandError("This address has no account: give --contact to open one.")
        return found or people.open_account(name=name, address=Address("email", email), language="fr")
