"""visavis open_agency: open an agency; the first step of a real service."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from visavis.agencies import services
from visavis.catalog.models import Commune
from visavis.common.errors import Refused


class Command(BaseCommand):
    """Open an agency and print its number, which `appoint` asks for."""

    help = "Open an agency."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--address", required=True)
        parser.add_argument("--commune", required=True, help="INSEE code of the commune")
        parser.add_argument("--phone", required=True)
        parser.add_argument("--hours", required=True, help='"Mo-Fr 08:30-12:30,13:30-17:00; PH off"')

    def handle(self, *args: Any, **options: Any) -> None:
        commune = Commune.objects.filter(code=options["commune"]).first()
        if commune is None:
            raise CommandError(f"No commune has the code {options['commune']}: import the communes first.")
        try:
            agency = services.open_agency(
                name=options["name"],
                address=options["address"],
                commune=commune,
                phone=options["phone"],
                opening_hours=options["hours"],
                by=None,
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Agency {agency.pk} is open: {agency.name}.")
