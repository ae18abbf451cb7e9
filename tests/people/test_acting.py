"""Who may act for a person, and as what."""

import datetime as dt

import pytest
from django.db.models import QuerySet

from tests import factories
from tests.personas import Town
from visavis.common import clock
from visavis.people.acting import WAYS, Way, acts_for, people_of
from visavis.people.enums import Capacity, Role
from visavis.people.models import Membership, User

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
