import pytest

from tests import factories
from tests.personas import Town
from visavis.agencies import services
from visavis.agencies.hours import Unreadable
from visavis.agencies.models import Agency
from visavis.people.enums import Role
from visavis.people.models import Organisation, User

pytestmark = pytest.mark.database


def test_an_agency_opens_with_its_organisation(db: None) -> None:
    agency = services.open_agency(
        name="Agence du Port",
        address="1 quai Neuf",
        commune=factories.CommuneFactory(),
        phone="0475000000",
        opening_hours="Mo-Fr 09:00-12:00",
        by=None,
    )
    assert agency.organisation.kind == Organisation.Kind.AGENCY


def test_an_agency_with_unreadable_hours_does_not_open(db: None) -> None:
    with pytest.raises(Unreadable):
        services.open_agency(
            name="X",
            address="X",
            commune=factories.CommuneFactory(),
            phone="0",
            opening_hours="soon",
            by=None,
        )
    assert not Agency.objects.exists()
    assert not Organisation.objects.exists()


def test_a_head_takes_on_staff(town: Town) -> None:
    hugo, newcomer = town.people["hugo"], factories.UserFactory()
    services.take_on(agency=town.agency, user=newcomer, role=Role.RECEPTION, by=hugo)
    assert User.objects.get(pk=newcomer.pk).is_service_staff


def test_a_counsellor_takes_on_nobody(town: Town) -> None:
    with pytest.raises(services.NotHead):
        services.take_on(
            agency=town.agency, user=factories.UserFactory(), role=Role.HEAD, by=town.people["bruno"]
        )


def test_a_head_decides_nothing_in_another_agency(town: Town) -> None:
    hugo = town.people["hugo"]
    with pytest.raises(services.NotHead):
        services.take_on(agency=town.other_agency, user=hugo, role=Role.HEAD, by=hugo)


@pytest.mark.parametrize("role", [Role.PROTECTION, Role.EMPLOYER, Role.JOBSEEKER])
def test_a_head_gives_the_roles_of_an_agency_only(town: Town, role: Role) -> None:
    with pytest.raises(services.NotAStaffRole):
        services.take_on(agency=town.agency, user=factories.UserFactory(), role=role, by=town.people["hugo"])


def test_hours_change_by_the_head_only(town: Town) -> None:
    with pytest.raises(services.NotHead):
        services.change_hours(agency=town.agency, opening_hours="24/7", by=town.people["rosa"])
