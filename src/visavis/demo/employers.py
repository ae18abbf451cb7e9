"""Accounts of the employers of the town, and one who asks for his: the agency has something to check."""

from visavis.demo.vacancies import Settled
from visavis.employers import services
from visavis.employers.enums import Kind, Side, State
from visavis.employers.models import Account
from visavis.employers.services import Asked
from visavis.people.enums import Role
from visavis.people.models import Membership, User

# Invented: no establishment has it, and its key is right.
SIRET = "99900000100001"


def open_accounts(settled: Settled) -> None:
    """Give each employer of the town the account that it has had for long."""
    members = Membership.objects.filter(role=Role.EMPLOYER)
    contacts = dict(members.values_list("organisation", "user"))
    Account.objects.bulk_create(
        Account(
            kind=Kind.ASSOCIATION,
            name=row.name,
            origin=Side.AGENCY,
            state=State.OPEN,
            contact_id=contacts[row.organisation_id],
            employer=row,
        )
        for row in settled.rows.values()
        if row.organisation_id is not None
    )


def ask_for_one() -> None:
    """Somebody asks for an account."""
    user = User.objects.create_user("Zoé Faure", email="zoe.faure@employeur.example")
    asked = Asked(name="Épicerie du Quai", siret=SIRET, looking_for="une vendeuse, dès janvier")
    services.ask(asked=asked, contact=user, by=user)
