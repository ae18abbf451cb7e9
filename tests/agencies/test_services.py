import pytest

from tests import factories
from tests.personas import Town
from visavis.agencies import services
from visavis.agencies.hours import Unreadable
from visavis.agencies.models import Agency
from visavis.people.enums import Role
from visavis.people.models import Organisation, User

pytestmark = pytest.mark.database


def test_an_agency_opens_with_its_organisation_and_readable_hours(db: None) -> None:
    with pytest.raises(Unreadable):
        services.open_agency(
            name="X",
            address="X",
            commune=factories.CommuneFactory(),
            phone="0",
            opening_hours="soon",
            by=None,
        )
    assert not Agency.objects.exists() and not Organisation.objects.exists()
    agency = services.open_agency(
        name="Agence du Port",
        address="1 quai Neuf",
        commune=factories.CommuneFactory(),
        phone="0475000000",
        opening_hours="Mo-Fr 09:00-12:00",
        by=None,
    )
    assert agency.organisation.kind == Organisation.Kind.AGENCY


def test_a_head_takes_on_staff_of_her_own_agency_and_nobody_else_does(town: Town) -> None:
    hugo, newcomer = town.people["hugo"], factories.UserFactory()
    services.take_on(agency=town.agency, user=newcomer, role=Role.RECEPTION, by=hugo)
    assert User.objects.get(pk=newcomer.pk).is_service_staff
    with pytest.raises(services.NotHead):
        services.take_on(agency=town.agency, user=newcomer, role=Role.HEAD, by=town.people["bruno"])
    with pytest.raises(services.NotHead):
        services.take_on(agency=town.other_agency, user=hugo, role=Role.HEAD, by=hugo)
    for role in (Role.PROTECTION, Role.EMPLOYER, Role.JOBSEEKER):
        with pytest.raises(services.NotAStaffRole):
            services.take_on(agency=town.agency, user=factories.UserFactory(), role=role, by=hugo)
    with pytest.raises(services.NotHead):
        services.change_hours(agency=town.agency, opening_hours="24/7", by=town.people["rosa"])
