"""Who may act for a person, and as what; what everybody may see, asked once for all."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import QuerySet

from tests import factories
from tests.personas import Town
from visavis.common import clock
from visavis.common.prepared import NotPrepared
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.people import services
from visavis.people.acting import WAYS, Way, acts_for, people_of
from visavis.people.asked import AskedBy
from visavis.people.enums import Capacity, Role
from visavis.people.models import Membership, User
from visavis.vacancies.models import Vacancy

pytestmark = pytest.mark.database


def test_she_acts_for_herself_her_counsellor_for_her_and_the_counter_by_name(
    town: Town,
) -> None:
    amelie, bruno, rosa = town.jobseeker.user, town.people["bruno"], town.people["rosa"]
    assert acts_for(amelie, amelie) == Capacity.HERSELF
    assert acts_for(bruno, amelie) == Capacity.COUNSELLOR
    assert acts_for(bruno, amelie, Capacity.HERSELF) is None
    assert acts_for(amelie, bruno) is None
    assert acts_for(rosa, amelie) is None and amelie.pk not in list(people_of(rosa))
    assert acts_for(rosa, amelie, Capacity.COUNTER) == Capacity.COUNTER
    assert acts_for(bruno, amelie, Capacity.COUNTER) is None
    visitor = User(name="")
    visitor.current_memberships = []
    assert acts_for(visitor, amelie) is None
    assert not list(people_of(visitor))


@pytest.mark.parametrize("asked", [(), (Capacity.HERSELF,), (Capacity.COUNSELLOR,), (Capacity.COUNTER,)])
def test_the_list_and_the_question_agree_for_every_pair(town: Town, asked: tuple[Capacity, ...]) -> None:
    for actor in User.objects.all():
        listed = set(User.objects.filter(pk__in=people_of(actor, *asked)))
        assert listed == {one for one in User.objects.all() if acts_for(actor, one, *asked)}


def test_a_colleague_a_counsellor_elsewhere_and_one_who_left_do_not_act_for_her(town: Town) -> None:
    colleague = factories.UserFactory(role=Role.COUNSELLOR, role__organisation=town.agency.organisation)
    for other in (town.other_agency, town.agency):
        town.jobseeker.agency = other
        town.jobseeker.save()
        bruno = User.objects.get(pk=town.people["bruno"].pk)
        nobody_acts = [colleague, bruno] if other == town.other_agency else [colleague]
        for one in nobody_acts:
            assert acts_for(one, town.jobseeker.user) is None
            assert list(people_of(one)) == [one.pk]
    assert acts_for(bruno, town.jobseeker.user) == Capacity.COUNSELLOR
    yesterday = clock.today() - dt.timedelta(days=1)
    Membership.objects.filter(user=bruno).update(starts_on=yesterday, ends_on=yesterday)
    bruno = User.objects.get(pk=bruno.pk)
    assert acts_for(bruno, town.jobseeker.user) is None
    assert list(people_of(bruno)) == [bruno.pk]


def test_a_further_way_is_read_everywhere_without_being_imported(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As mandates will: Dario is given one by Amélie, who is then seen by every list that asks."""
    dario, amelie = factories.UserFactory(), town.jobseeker.user

    def given(actor: User) -> QuerySet[User, int]:
        return User.objects.filter(pk=amelie.pk if actor == dario else None).values_list("pk", flat=True)

    way = Way(lambda actor, person: actor == dario and person == amelie, given)
    monkeypatch.setitem(WAYS, "mandate", way)
    assert acts_for(dario, amelie) == "mandate"
    assert set(people_of(dario)) == {dario.pk, amelie.pk}
    assert type(town.jobseeker).objects.acted_for_by(dario).get() == town.jobseeker


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
