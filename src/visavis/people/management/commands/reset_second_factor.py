"""visavis reset_second_factor: for who lost her application, her key and her recovery codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from visavis.people import services
from visavis.people.models import User


class Command(BaseCommand):
    """Take her second factors away; she sets one up at her next sign-in. Make sure who asks, face to face."""

    help = "Take away the second factors of a person who lost them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        if user is None:
            raise CommandError("No account has this address.")
        count = services.reset_second_factor(user=user, by=None)
        self.stdout.write(f"{count} taken away.")
