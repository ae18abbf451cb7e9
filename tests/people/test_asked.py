"""Questions about what somebody may see, written once: the rows that `visible_to` gives, to everybody."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import QuerySet

from tests.personas import Town
from visavis.common import clock
from visavis.common.prepared import NotPrepared
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.people import services
from visavis.people.asked import AskedBy
from visavis.people.enums import Role
from visavis.people.models import Membership, User
from visavis.vacancies.models import Vacancy

pytestmark = [pytest.mark.django_db, pytest.mark.database]

SEEN: dict[str, Callable[[User], QuerySet[Any]]] = {
    "people": lambda actor: Jobseeker.objects.visible_to(actor).order_by("pk"),
    "vacancies": lambda actor: Vacancy.objects.visible_to(actor).order_by("pk"),
    "own vacancies": lambda actor: Vacancy.objects.editable_by(actor).live().order_by("pk"),
    "introductions": lambda actor: Introduction.objects.visible_to(actor).order_by("pk"),
    "an employer's": lambda actor: Introduction.objects.of_employer(actor).with_card().order_by("pk"),
}


def again(actor: User) -> User:
    return User.objects.get(pk=actor.pk)


@pytest.mark.parametrize("what", SEEN)
def test_everybody_is_given_what_visible_to_gives(what: str, town: Town) -> None:
    asked = AskedBy(SEEN[what])
    for actor in User.objects.order_by("pk"):
        assert asked(actor) == list(SEEN[what](actor)), actor.roles


def test_two_who_hold_the_same_role_are_given_their_own(town: Town) -> None:
    asked = AskedBy(SEEN["people"])
    counsellors = [one.user for one in Membership.objects.filter(role=Role.COUNSELLOR)]
    assert len({tuple(row.pk for row in asked(again(one))) for one in counsellors}) > 1


def test_who_has_lost_a_role_sees_no_more(town: Town) -> None:
    asked = AskedBy(SEEN["own vacancies"])
    member = Membership.objects.filter(role=Role.EMPLOYER).order_by("pk")[0]
    assert asked(again(member.user))
    services.end_role(membership=member, by=None)
    assert not asked(again(member.user))


def test_several_organisations_are_all_asked(town: Town) -> None:
    first, *others = Membership.objects.filter(role=Role.EMPLOYER).order_by("pk")
    actor = first.user
    organisation = next(one.organisation for one in others if one.organisation_id != first.organisation_id)
    services.give_role(user=actor, role=Role.EMPLOYER, organisation=organisation, by=None)
    asked = AskedBy(SEEN["own vacancies"])
    assert asked(again(actor)) == list(SEEN["own vacancies"](again(actor)))


def test_nothing_else_of_the_reader_is_read(town: Town) -> None:
    by_name = AskedBy(lambda actor: User.objects.filter(name=actor.name))
    with pytest.raises(NotPrepared):
        by_name(User.objects.order_by("pk")[0])


def test_what_asks_the_database_on_the_way_is_refused(town: Town) -> None:
    numbers = AskedBy(
        lambda actor: Vacancy.objects.filter(pk__in=list(Vacancy.objects.visible_to(actor).values_list("pk")))
    )
    with pytest.raises(NotPrepared):
        numbers(User.objects.order_by("pk")[0])


def test_values_are_asked_with_the_reader(town: Town) -> None:
    one = AskedBy(lambda actor, day, number: Vacancy.objects.visible_to(actor).live(day).filter(pk=number))
    actor = Membership.objects.filter(role=Role.COUNSELLOR)[0].user
    wanted = Vacancy.objects.open().order_by("pk")[0]
    assert one.first(actor, clock.today(), wanted.pk) == wanted
    assert one.first(actor, clock.today(), wanted.pk + 10**9) is None
