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


def test_everybody_is_given_what_visible_to_gives_with_values_and_nothing_else_is_read(town: Town) -> None:
    for what, rows in SEEN.items():
        asked = AskedBy(rows)
        for actor in User.objects.order_by("pk"):
            assert asked(actor) == list(rows(actor)), (what, actor.roles)
    asked = AskedBy(SEEN["people"])
    counsellors = [one.user for one in Membership.objects.filter(role=Role.COUNSELLOR)]
    assert len({tuple(row.pk for row in asked(again(one))) for one in counsellors}) > 1
    # Values are asked with the reader.
    one = AskedBy(lambda actor, day, number: Vacancy.objects.visible_to(actor).live(day).filter(pk=number))
    actor = Membership.objects.filter(role=Role.COUNSELLOR)[0].user
    wanted = Vacancy.objects.open().order_by("pk")[0]
    assert one.first(actor, clock.today(), wanted.pk) == wanted
    assert one.first(actor, clock.today(), wanted.pk + 10**9) is None
    # Nothing else of the reader is read and no question is asked on the way.
    by_name = AskedBy(lambda actor: User.objects.filter(name=actor.name))
    numbers = AskedBy(
        lambda actor: Vacancy.objects.filter(pk__in=list(Vacancy.objects.visible_to(actor).values_list("pk")))
    )
    for asked in (by_name, numbers):
        with pytest.raises(NotPrepared):
            asked(User.objects.order_by("pk")[0])


def test_several_organisations_are_all_asked_and_who_lost_them_sees_no_more(town: Town) -> None:
    first, *others = Membership.objects.filter(role=Role.EMPLOYER).order_by("pk")
    actor = first.user
    asked = AskedBy(SEEN["own vacancies"])
    one = asked(again(actor))
    organisation = next(one.organisation for one in others if one.organisation_id != first.organisation_id)
    given = services.give_role(user=actor, role=Role.EMPLOYER, organisation=organisation, by=None)
    assert asked(again(actor)) == list(SEEN["own vacancies"](again(actor)))
    services.end_role(membership=given, by=None)
    assert one and asked(again(actor)) == one
    services.end_role(membership=first, by=None)
    assert not asked(again(actor))
