"""visavis close_account: for who asks it by letter or on the phone; and the way back."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from visavis.common.errors import Refused
from visavis.leaving import services


class Command(BaseCommand):
    """Close the account of a person, erased thirty days later, or open it again. Make sure who asks."""

    help = (
        "Close an account, by its number, its e-mail or its phone; --reopen takes that back for thirty days."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("who", help="the account's number, e-mail or phone (+33…)")
        parser.add_argument("--reopen", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        user = services.account_of(options["who"])
        if user is None:
            raise CommandError("No account has this number or address.")
        try:
            if options["reopen"]:
                services.reopen(user=user, by=None)
                self.stdout.write(f"Account {user.pk} is open again.")
            else:
                closing = services.close(user=user, by=None)
                self.stdout.write(f"Account {user.pk} is closed, and will be erased on {closing.erased_on}.")
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
