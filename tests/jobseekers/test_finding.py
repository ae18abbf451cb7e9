"""Finding people by what is typed, told apart from namesakes; the database finds and counts the same."""

import datetime as dt

import pytest

from tests import factories
from tests.personas import Town
from visavis.common import clock
from visavis.jobseekers import finding, of_agency
from visavis.jobseekers.finding import Known
from visavis.jobseekers.models import Jobseeker
from visavis.people.models import Membership

pytestmark = pytest.mark.database
OPENED = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def known(pk: int, name: str, email: str | None = None, phone: str | None = None) -> Known:
    return Known(pk, name, email, phone, "Valence", OPENED)


MARIE = known(1, "Marie-Hélène Dupont", "mh.dupont@example.org", "+33612345678")
OTHERS = [
    known(2, "Marie Durand", "marie@example.org", "+33699999999"),
    known(3, "Dupont Léo", None, "+33475010203"),
    known(4, "Abdel Œuvrard"),
]
EVERYBODY = [*OTHERS, MARIE]


@pytest.mark.parametrize(
    "typed",
    [
        "Marie-Hélène Dupont",
        "dupont marie hélène",
        "DUPONT  helene",
        "dup mar",
        "pont hel",
        "Duponf Hélène",
        "06 12 34 56 78",
        "0612345678",
        "06.12.34.56.78",
        "+33 6 12 34 56 78",
        "0033612345678",
        "+33 (0)6 12 34 56 78",
        "06 12",
        "3456",
        "MH.Dupont@Example.org",
        " mh.dupont@ex",
    ],
)
def test_she_is_found_however_it_is_typed(typed: str) -> None:
    assert finding.find(typed, EVERYBODY, parts=True) == [1]


def test_whole_addresses_and_words_come_first_and_a_wrong_letter_last() -> None:
    def found(typed: str) -> list[int]:
        return finding.find(typed, EVERYBODY, parts=False)

    for part in ("06 12 34", "3456", "mh.dupont@ex", "45678"):
        assert found(part) == []
    for whole in ("06 12 34 56 78", "0033 612345678", "mh.dupont@example.org"):
        assert found(whole) == [1]
    for nobodys in ("zzz", "\0", "@", "07 00 00 00 00", "--", "🦊"):
        assert found(nobodys) == [] or len(found(nobodys)) == len(EVERYBODY)
    people = [known(1, "Annabelle Martin"), known(2, "Anna Martin"), known(3, "Joanna Martin")]
    assert finding.find("martin anna", people, parts=True) == [2, 1]
    assert finding.find("martin oanna", people, parts=True) == [3]
    assert finding.find("dupond", EVERYBODY, parts=True) == [3, 1]
    assert finding.find("durand", [*EVERYBODY, known(9, "Paul Durant")], parts=True) == [2]
    other = known(7, "Dupont Marie Hélène", "autre@example.org", "+33611111122")
    apart = finding.told_apart([MARIE, other, *OTHERS])
    assert set(apart) == {1, 7} and len(set(apart.values())) == 2
    assert "78" in apart[1] and "5678" not in apart[1] and "@" not in apart[1] and "Valence" in apart[1]


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
    before = of_agency.loads(of_agency.desks_of(people.people["hugo"]))
    Jobseeker.objects.filter(user__name="Léo Dupont").update(ended_at=clock.now())
    after = of_agency.loads(of_agency.desks_of(people.people["hugo"]))
    assert sum(one.number for one in after) == sum(one.number for one in before)
    assert [one.number for one in after if one.is_over] == [1]


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
