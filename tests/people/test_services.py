"""Accounts, roles and channels; names in order and word by word, as the database keeps them."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import CommandError, call_command

from tests import factories
from tests.people.way_in import set_up_application
from tests.personas import Town, end_of
from visavis.journal.models import Entry
from visavis.people import services
from visavis.people.addresses import Address
from visavis.people.enums import Channel, Role
from visavis.people.models import NameWord, User

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_person_is_registered_once_and_no_name_enters_the_journal(
    town: Town,
) -> None:
    user = services.register(name="René", address=None, language="fr", by=town.people["rosa"])
    assert (user.email, user.phone, user.channel) == (None, None, "counter")
    assert user.has_role(Role.JOBSEEKER)
    assert {entry.actor_id for entry in Entry.objects.about(user.pk)} == {town.people["rosa"].pk}
    # An address opens one account only and a role is given once.
    with pytest.raises(services.AddressTaken):
        services.register(name="X", address=Address("email", "amelie@example.org"), language="fr")
    assert User.objects.filter(email="amelie@example.org").count() == 1
    with pytest.raises(services.AlreadyHasRole):
        services.give_role(user=town.people["amelie"], role=Role.JOBSEEKER, by=None)
    assert User.objects.create_user("René", email="Rene@Example.ORG").email == "rene@example.org"
    # No name and no address enters the journal.
    amelie = town.people["amelie"]
    services.change_name(user=amelie, name="Zénobie", by=amelie)
    services.change_address(user=amelie, address=Address("email", "zenobie@example.org"), by=amelie)
    text = str(list(Entry.objects.values()))
    assert "nobie" not in text
    assert "@" not in text


def test_a_role_that_ended_is_given_again_and_who_lost_everything_starts_again(town: Town) -> None:
    bruno, hugo = town.people["bruno"], town.people["hugo"]
    end_of(bruno.memberships.get())
    assert User.objects.get(pk=bruno.pk).roles == frozenset()
    services.give_role(user=bruno, role=Role.COUNSELLOR, organisation=town.agency.organisation, by=hugo)
    assert User.objects.get(pk=bruno.pk).roles == {Role.COUNSELLOR}
    assert [entry.action for entry in Entry.objects.about(bruno.pk)] == ["created"]
    set_up_application(town.people["bruno"])
    with pytest.raises(CommandError):
        call_command("reset_second_factor", "nobody@example.org")
    assert Authenticator.objects.exists()
    call_command("reset_second_factor", " Bruno@example.org ", stdout=StringIO())
    assert not Authenticator.objects.exists()
    assert Entry.objects.about(town.people["bruno"].pk).latest("pk").thing == "second-factor"
    assert mail.outbox[-1].to == ["bruno@example.org"]


def test_letters_need_a_postal_address_and_keep_it(
    town: Town,
) -> None:
    user = factories.UserFactory(email=None, phone=None)
    for channel in (Channel.PHONE, Channel.POST):
        with pytest.raises(services.CannotBeReached):
            services.change_channel(user=user, channel=channel, by=user)
    services.change_channel(user=user, channel=Channel.COUNTER, by=user)
    user.refresh_from_db()
    assert user.channel == Channel.COUNTER
    services.change_postal_address(user=user, postal_address="26000 VALENCE", by=user)
    services.change_channel(user=user, channel=Channel.POST, by=user)
    with pytest.raises(services.CannotBeReached):
        services.change_postal_address(user=user, postal_address="", by=user)


def words(user: User) -> set[str]:
    return set(NameWord.objects.filter(user=user).values_list("word", flat=True))


def test_the_words_of_a_name_are_kept_however_it_is_written() -> None:
    one = factories.UserFactory(name="Marie-Hélène d’Œuvre Marie")
    [other] = User.objects.bulk_create([User(name="LÉO")])
    assert (one.folded_name, one.name_key) == ("marie helene d oeuvre marie", "d helene marie marie oeuvre")
    assert words(one) == {"marie", "helene", "d", "oeuvre"} and words(other) == {"leo"}
    services.change_name(user=one, name="Anna Roux", by=one)
    assert words(one) == {"anna", "roux"} and words(other) == {"leo"}
    one.refresh_from_db()
    assert (one.folded_name, one.name_key) == ("anna roux", "anna roux")
    assert words(factories.UserFactory(name="—")) == set()
    long = factories.UserFactory(name="ﷺ" * 120)
    assert len(long.folded_name) == 200 and words(long)


@pytest.mark.parametrize("typed", ["dup", "%", "_", "du'", 'd"', "\\"])
def test_a_beginning_is_what_was_typed_whatever_its_signs(typed: str) -> None:
    user = factories.UserFactory(name="Léa Dupont")
    found = NameWord.objects.filter(word__begins=typed).values_list("user", flat=True)
    assert list(found) == ([user.pk] if typed == "dup" else [])
