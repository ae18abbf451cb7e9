"""The people of an agency, found and counted by the database as they would be by reading them all."""

import pytest

from tests import factories
from tests.personas import Town
from visavis.common import clock
from visavis.jobseekers import finding, of_agency
from visavis.jobseekers.models import Jobseeker
from visavis.people.models import Membership

pytestmark = pytest.mark.database

NAMES = (
    "Marie-Hélène Dupont", "Dupont Marie Hélène", "Marie Durand", "Léo Dupont", "Anna Martin", "Annabelle Martin",
    "Joanna Martin", "Abdel Œuvrard", "Élise d’Haÿ", "Lea Martins", "Ana Marten",
)  # fmt: skip
TYPED = (
    "martin", "MARTIN anna", "mart", "dup mar", "helene", "hélène dupont", "pont hel", "Duponf Hélène", "oeuvrard",
    "œuv", "marthin", "leo", "lxo", "zzz", "d hay", "anna martin", "oanna", "--",
)  # fmt: skip


@pytest.fixture
def people(town: Town) -> Town:
    for name in NAMES:
        factories.JobseekerFactory(agency=town.agency, user__name=name)
    return town


def test_the_database_finds_whom_reading_everybody_finds_in_the_same_order(people: Town) -> None:
    everybody = Jobseeker.objects.filter(agency=people.agency)
    for typed in TYPED:
        read = finding.find(typed, finding.known(everybody), parts=False)
        assert list(finding.within(everybody, typed).values_list("pk", flat=True)) == read, typed
    found = finding.within(Jobseeker.objects.all(), "martin anna")
    assert [one.user.name for one in found] == ["Anna Martin", "Annabelle Martin"]
    # Whom no agency follows is found by name only.
    user = factories.UserFactory(name="Zoé", email="zoe@example.org", phone="+33612345678")
    her = factories.JobseekerFactory(agency=None, user=user)
    assert list(finding.within(Jobseeker.objects.all(), "zoe")) == [her]
    for typed in ("zoe@example.org", "06 12 34 56 78"):
        assert not finding.within(Jobseeker.objects.all(), typed)


@pytest.mark.parametrize("show", ["", "unassigned"])
def test_questions_written_once_find_whom_a_new_one_finds(people: Town, show: str) -> None:
    head = people.people["hugo"]
    for typed in (*TYPED, "100%", "a_b", "dup\\ont", "  "):
        anew = list(of_agency.listed(head, show, typed).values_list("pk", flat=True))
        page = of_agency.named(head, show, typed, 3)
        if typed.strip():
            assert (list(page.object_list), page.paginator.count) == (anew[:3], len(anew)), typed


@pytest.mark.parametrize("persona", ["rosa", "hugo"])
def test_counts_are_those_of_the_lists_whoever_left(people: Town, persona: str) -> None:
    given = {"counsellor": people.people["bruno"]}
    factories.JobseekerFactory.create_batch(3, agency=people.agency, **given)
    factories.JobseekerFactory.create_batch(2, agency=people.other_agency, **given)
    factories.JobseekerFactory(agency=None, **given)
    actor = people.people[persona]

    def both() -> None:
        counts = of_agency.counts(actor)
        assert counts.everybody == of_agency.listed(actor, "", "").count()
        assert counts.unassigned == of_agency.listed(actor, "unassigned", "").count()

    both()
    Membership.objects.filter(user=people.people["bruno"]).delete()
    both()


def test_who_is_not_followed_any_more_is_of_the_agency_and_in_nobodys_load(people: Town) -> None:
    before = of_agency.loads(of_agency.desks_of(people.people["hugo"]))
    Jobseeker.objects.filter(user__name="Léo Dupont").update(ended_at=clock.now())
    after = of_agency.loads(of_agency.desks_of(people.people["hugo"]))
    assert sum(one.number for one in after) == sum(one.number for one in before)
    assert [one.number for one in after if one.is_over] == [1]
