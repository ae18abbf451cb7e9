"""E-mails and phones rest sealed; they are found whole, by a mark, and open one account each."""

import pytest
from django.core.exceptions import FieldError
from django.db import IntegrityError, connection, transaction

from tests import factories
from visavis.people import services
from visavis.people.addresses import Address
from visavis.people.models import User
from visavis.vault import keys

pytestmark = pytest.mark.django_db

EMAIL, PHONE = "lison.verdier@example.org", "+33639981234"


def resting(user: User) -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT email, phone FROM people_user WHERE id = %s", [user.pk])
        email, phone = cursor.fetchone()
    return str(email), str(phone)


@pytest.fixture
def lison(db: None) -> User:
    made: User = factories.UserFactory(email=EMAIL, phone=PHONE)
    keys.forget()
    return made


def test_contacts_rest_sealed_and_are_found_whole_and_in_no_part(lison: User, settings: object) -> None:
    found = User.objects.get(pk=lison.pk)
    assert (found.email, found.phone) == (EMAIL, PHONE)
    for text in resting(lison):
        assert "lison" not in text and "example" not in text and "639981" not in text
    factories.UserFactory(email="autre@example.org")
    for asked in (
        {"email": EMAIL},
        {"email__iexact": EMAIL.upper()},
        {"phone": PHONE},
        {"phone__in": [PHONE, "x"]},
    ):
        assert list(User.objects.filter(**asked)) == [lison]
    assert list(User.objects.filter(email__in=[EMAIL, "x"])) == [lison]
    for part in ("contains", "startswith", "gt"):
        with pytest.raises(FieldError):
            list(User.objects.filter(**{f"email__{part}": "lison"}))
    # The mark tells nothing without its key.
    assert len(resting(lison)[0].partition("~")[0]) == 27
    settings.VISAVIS_CONTACT_KEYS = "another"  # type: ignore[attr-defined]
    assert not User.objects.filter(email=EMAIL).exists()


@pytest.mark.database
def test_one_contact_opens_one_account_whatever_its_case(lison: User) -> None:
    for fields in ({"email": EMAIL.upper()}, {"phone": PHONE}):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create_user("Autre", **fields)
    with pytest.raises(services.AddressTaken):
        services.open_account(name="Autre", address=Address("email", EMAIL), language="fr")
    assert User.objects.create_user("Sans adresse") and User.objects.create_user("Ni elle")


def test_a_new_contact_takes_the_place_of_the_former_one(lison: User) -> None:
    services.change_address(user=lison, address=Address("email", "neuve@example.org"), by=lison)
    assert not User.objects.filter(email=EMAIL).exists()
    assert User.objects.get(email="neuve@example.org") == lison
    assert User.objects.get(phone=PHONE) == lison


@pytest.mark.database
def test_the_database_refuses_a_plain_contact(lison: User) -> None:
    for column, value in (("email", EMAIL), ("phone", PHONE), ("email", "")):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE people_user SET {column} = %s WHERE id = %s", [value, lison.pk])
