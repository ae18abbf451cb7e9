"""E-mails and phones rest sealed; they are found whole, by a mark, and open one account each."""

import pytest
from django.core.exceptions import FieldError
from django.db import IntegrityError, connection, transaction

from tests import factories
from visavis.people import services
from visavis.people.addresses import Address
from visavis.people.models import User
from visavis.vault import keys

pytestmark = [pytest.mark.django_db, pytest.mark.database]

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


def test_contacts_rest_sealed_and_are_read_as_they_were_given(lison: User) -> None:
    found = User.objects.get(pk=lison.pk)
    assert (found.email, found.phone) == (EMAIL, PHONE)
    for text in resting(lison):
        assert "lison" not in text and "example" not in text and "639981" not in text


@pytest.mark.parametrize("asked", [{"email": EMAIL}, {"email__iexact": EMAIL.upper()}, {"phone": PHONE}])
def test_a_whole_contact_finds_who_gave_it(lison: User, asked: dict[str, str]) -> None:
    factories.UserFactory(email="autre@example.org")
    assert list(User.objects.filter(**asked)) == [lison]
    assert list(
        User.objects.filter(**{f"{'phone' if 'phone' in asked else 'email'}__in": [*asked.values(), "x"]})
    )


def test_no_part_of_a_contact_can_be_asked_for(lison: User) -> None:
    for asked in ("contains", "startswith", "gt"):
        with pytest.raises(FieldError):
            list(User.objects.filter(**{f"email__{asked}": "lison"}))


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


def test_the_database_refuses_a_plain_contact(lison: User) -> None:
    for column, value in (("email", EMAIL), ("phone", PHONE), ("email", "")):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE people_user SET {column} = %s WHERE id = %s", [value, lison.pk])


def test_the_mark_tells_nothing_without_its_key(lison: User, settings: object) -> None:
    mark = resting(lison)[0].partition("~")[0]
    assert len(mark) == 27
    settings.VISAVIS_CONTACT_KEYS = "another"  # type: ignore[attr-defined]
    assert not User.objects.filter(email=EMAIL).exists()
