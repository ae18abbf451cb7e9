"""visavis has_left: end all that somebody is in the service, at once; where no head can do it on the page."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from visavis.agencies import handing, team
from visavis.agencies.models import Agency
from visavis.common.errors import Refused
from visavis.people import services as people
from visavis.people.enums import STAFF_ROLES
from visavis.people.models import Membership, User


class Command(BaseCommand):
    """End every role of the service, the sessions and the keys; say what is left in her name, or give it to others."""

    help = "End all that somebody is in the service, at once: roles, sessions, keys of programs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument(
            "--to", nargs="*", default=[], metavar="E-MAIL", help="counsellors who take over what she held"
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        user, to = self.found(options["email"]), [self.found(one) for one in options["to"]]
        agencies = Agency.objects.filter(
            organisation__in=Membership.objects.current()
            .filter(user=user, role__in=STAFF_ROLES)
            .values("organisation")
        )
        ended = 0
        for agency in agencies:
            takers = {one.pk for one in handing.takers(agency, user)}
            try:
                ended += team.let_go(
                    agency=agency, user=user, by=None, to=[one for one in to if one.pk in takers]
                )
            except Refused as refusal:
                raise CommandError(str(refusal)) from refusal
            for line in handing.preview(user, agency):
                self.stdout.write(f"Left to nobody in {agency.name}: {line.number} ({line.code}).")
        for membership in Membership.objects.current().filter(user=user, role__in=STAFF_ROLES):
            people.end_role(membership=membership, by=None)
            ended += 1
        people.end_devices(user=user, by=None)
        if not ended:
            raise CommandError("This person has no role of the service.")
        self.stdout.write(f"Person {user.pk}: {ended} roles ended, every session and key with them.")

    def found(self, email: str) -> User:
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError(f"No account has the address {email}.")
        return user
