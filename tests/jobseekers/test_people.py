"""The people of a counsellor and of an agency, and the opening of files."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests import factories
from tests.personas import Town
from visavis.jobseekers.models import Jobseeker
from visavis.journal.models import Entry
from visavis.people.enums import Channel, Role

PEOPLE = "/people/"
NEW = "/people/new/"


def sent(town: Town, **more: str) -> dict[str, str]:
    return {
        "name": "Zoé Martin",
        "language": "fr",
        "channel": "counter",
        "agency": str(town.agency.pk),
    } | more


def names(client: Client, query: str = "") -> list[str]:
    return [row["person"].user.name for row in client.get(PEOPLE + query).context["rows"]]


def found(client: Client, name: str) -> list[str]:
    return [row["person"].user.name for row in client.post(PEOPLE, {"q": name}).context["rows"]]


@pytest.mark.database
def test_a_counsellor_sees_his_caseload_only(town: Town) -> None:
    factories.JobseekerFactory(agency=town.agency, user__name="Somebody else's")
    assert names(town.client("bruno")) == ["Amélie"]
    assert names(town.client("dario")) == ["Gaël"]


@pytest.mark.database
def test_reception_sees_the_people_of_the_agency_without_their_answers(town: Town) -> None:
    factories.JobseekerFactory(agency=town.agency, user__name="Basile")
    response = town.client("rosa").get(PEOPLE)
    assert [row["person"].user.name for row in response.context["rows"]] == ["Amélie", "Basile"]
    assert {row["share"] for row in response.context["rows"]} == {None}


def test_reception_cannot_sort_people_by_what_they_answered(town: Town) -> None:
    factories.JobseekerFactory(agency=town.agency, user__name="Basile", answered=["pay"])
    Jobseeker.objects.filter(pk=town.jobseeker.pk).update(answered=["pay", "about"])
    assert names(town.client("rosa"), "?sort=answered") == ["Amélie", "Basile"]
    assert names(town.client("rosa"), "?sort=changed") == ["Amélie", "Basile"]


@pytest.mark.database
def test_a_name_is_found_without_its_accents(town: Town) -> None:
    assert found(town.client("bruno"), "amelie") == ["Amélie"]
    assert found(town.client("bruno"), "nobody") == []


@pytest.mark.parametrize("typed", ["dupont marie", "Marie Dupont", "06 12 34 56 78", "+33612345678"])
@pytest.mark.database
def test_reception_finds_by_name_in_any_order_and_by_a_whole_number(town: Town, typed: str) -> None:
    user = factories.UserFactory(name="Marie Dupont", phone="+33612345678")
    factories.JobseekerFactory(agency=town.agency, user=user)
    factories.JobseekerFactory(agency=town.agency, user__name="Marie Durand")
    assert found(town.client("rosa"), typed) == ["Marie Dupont"]
    assert found(town.client("rosa"), "06 12 34") == []


@pytest.mark.database
def test_two_people_of_one_name_are_told_apart_at_reception(town: Town) -> None:
    for name, phone in (("Marie Dupont", "+33612345678"), ("Dupont Marie", "+33698765432")):
        user = factories.UserFactory(name=name, phone=phone)
        factories.JobseekerFactory(agency=town.agency, user=user)
    response = town.client("rosa").post(PEOPLE, {"q": "marie dupont"})
    apart = [row["apart"] for row in response.context["rows"]]
    page = response.content.decode()
    assert len(set(apart)) == 2 and all(mark in page for mark in apart)
    assert "78" in apart[0] + apart[1] and "345678" not in page and "34 56" not in page


@pytest.mark.database
def test_a_namesake_written_the_other_way_round_is_noticed_when_a_file_is_opened(town: Town) -> None:
    factories.JobseekerFactory(agency=town.agency, user__name="Léa Dupont")
    response = town.client("rosa").post(NEW, sent(town, name="DUPONT lea"))
    assert "is_another" in response.context["form"].errors
    assert [one.user.name for one in response.context["form"].namesakes] == ["Léa Dupont"]


@pytest.mark.parametrize("persona", ["rosa", "hugo"])
@pytest.mark.database
def test_the_counts_of_the_agency_equal_their_lists(town: Town, persona: str) -> None:
    factories.JobseekerFactory.create_batch(27, agency=town.agency)
    factories.JobseekerFactory.create_batch(4, agency=town.agency, counsellor=town.people["bruno"])
    factories.JobseekerFactory(agency=None)
    client = town.client(persona)
    for query in ("?", "?show=unassigned&"):
        listed, page = [], 1
        while True:
            context = client.get(f"{PEOPLE}{query}page={page}").context
            listed += context["rows"]
            if not context["page_obj"].has_next():
                break
            page += 1
        counted = next(one["count"] for one in context["filters"] if one["is_current"])
        assert counted == context["found"] == len(listed)


def test_a_name_is_never_looked_for_in_an_address(town: Town) -> None:
    assert names(town.client("bruno"), "?q=nobody") == ["Amélie"]
    page = town.client("bruno").post(PEOPLE, {"q": "amelie"}).content.decode()
    assert "q=amelie" not in page and 'value="amelie"' in page


@pytest.mark.database
def test_people_are_sorted_as_asked(town: Town) -> None:
    for name, answered in (("Zita", []), ("Basile", ["pay", "about"])):
        of_bruno = {"agency": town.agency, "counsellor": town.people["bruno"]}
        factories.JobseekerFactory(user__name=name, answered=answered, **of_bruno)
    assert names(town.client("bruno"), "?sort=name") == ["Amélie", "Basile", "Zita"]
    assert names(town.client("bruno"), "?sort=changed") == ["Basile", "Zita", "Amélie"]
    assert names(town.client("bruno"), "?sort=answered") == ["Amélie", "Zita", "Basile"]
    assert len(names(town.client("bruno"), "?sort=shoe&page=zero")) == 3


# More of an agency than of a caseload: each is of one page, or of an index.
@pytest.mark.parametrize(("persona", "most"), [("bruno", 12), ("rosa", 15)])
@pytest.mark.database
def test_the_list_asks_few_queries(
    persona: str, most: int, town: Town, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    factories.JobseekerFactory.create_batch(30, agency=town.agency, counsellor=town.people["bruno"])
    client = town.client(persona)
    with django_assert_max_num_queries(most):
        client.get(PEOPLE)


@pytest.mark.database
def test_the_profile_asks_few_queries(
    town: Town, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = town.client("amelie")
    with django_assert_max_num_queries(16):
        client.get("/profile/")


def test_reading_a_profile_and_a_file_is_journalled(town: Town) -> None:
    client = town.client("bruno")
    client.get(reverse("jobseekers:person", args=[town.jobseeker.pk]))
    client.get(reverse("jobseekers:person_profile", args=[town.jobseeker.pk]))
    read = Entry.objects.readings().filter(
        actor_id=town.people["bruno"].pk, person_id=town.people["amelie"].pk
    )
    assert list(read.order_by("pk").values_list("thing", flat=True)) == ["jobseeker", "profile"]


def test_reading_ones_own_profile_is_not(town: Town) -> None:
    town.client("amelie").get("/profile/")
    assert not Entry.objects.readings().exists()


def test_what_her_counsellor_fills_in_is_recorded_as_his(town: Town) -> None:
    url = reverse("jobseekers:person_question", args=[town.jobseeker.pk, "about"])
    response = town.client("bruno").post(url, {"about": "By phone."})
    assert response.headers["Location"] == reverse("jobseekers:person_profile", args=[town.jobseeker.pk])
    act = Entry.objects.get(action=Entry.Action.CHANGED)
    assert (act.actor_id, act.person_id, act.note) == (
        town.people["bruno"].pk,
        town.people["amelie"].pk,
        "about",
    )


def test_reception_sees_the_head_of_a_file_without_its_phone(town: Town) -> None:
    town.people["amelie"].phone = "+33612345678"
    town.people["amelie"].save()
    url = reverse("jobseekers:person", args=[town.jobseeker.pk])
    assert "+33612345678" not in town.client("rosa").get(url).content.decode()
    assert "+33612345678" in town.client("bruno").get(url).content.decode()


@pytest.mark.database
def test_a_former_counsellor_role_opens_nothing(town: Town) -> None:
    town.people["bruno"].memberships.all().delete()
    assert (
        town.client("bruno").get(reverse("jobseekers:person_profile", args=[town.jobseeker.pk])).status_code
        == 404
    )


def test_a_file_is_opened_for_somebody_without_address(town: Town) -> None:
    response = town.client("rosa").post(NEW, sent(town))
    jobseeker = Jobseeker.objects.get(user__name="Zoé Martin")
    assert response.headers["Location"] == reverse("jobseekers:person", args=[jobseeker.pk])
    assert jobseeker.user.roles == {Role.JOBSEEKER}
    assert (jobseeker.user.email, jobseeker.user.phone, jobseeker.user.channel) == (
        None,
        None,
        Channel.COUNTER,
    )
    page = town.client("rosa").get(response.headers["Location"])
    assert page.status_code == 200


def test_a_counsellor_opens_a_file_for_his_own_caseload(town: Town) -> None:
    more = {"counsellor": str(town.people["bruno"].pk), "email": "Zoe@Example.org", "phone": "06 12 34 56 78"}
    town.client("bruno").post(NEW, sent(town, channel="sms", **more))
    user = Jobseeker.objects.get(counsellor=town.people["bruno"], user__name="Zoé Martin").user
    assert (user.email, user.phone, user.phone_is_verified) == ("zoe@example.org", "+33612345678", False)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 10_000}, "name"),
        ({"name": "a\0b"}, "name"),
        ({"channel": "pigeon"}, "channel"),
        ({"channel": "web"}, "email"),
        ({"channel": "sms"}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"email": "nonsense"}, "email"),
        ({"email": "amelie@example.org"}, "email"),
        ({"name": "amélie"}, "is_another"),
        ({"agency": "0"}, "agency"),
        ({"counsellor": "x"}, "counsellor"),
        ({"language": "tlh"}, "language"),
    ],
)
def test_what_is_wrong_at_the_counter_is_said(more: dict[str, str], field: str, town: Town) -> None:
    before = Jobseeker.objects.count()
    response = town.client("rosa").post(NEW, sent(town, **more))
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert Jobseeker.objects.count() == before


def test_a_namesake_is_another_person_once_checked(town: Town) -> None:
    town.client("rosa").post(NEW, sent(town, name="Amélie", is_another="on"))
    assert Jobseeker.objects.filter(user__name="Amélie").count() == 2


def test_no_file_is_opened_in_another_agency(town: Town) -> None:
    response = town.client("rosa").post(NEW, sent(town, agency=str(town.other_agency.pk)))
    assert "agency" in response.context["form"].errors


def test_a_namesake_is_only_linked_to_when_its_file_may_be_seen(town: Town) -> None:
    other = factories.JobseekerFactory(agency=town.agency, user__name="Basile")
    link = reverse("jobseekers:person", args=[other.pk])
    assert link not in town.client("bruno").post(NEW, sent(town, name="basile")).content.decode()
    assert link in town.client("rosa").post(NEW, sent(town, name="basile")).content.decode()


@pytest.mark.parametrize(("persona", "may_read"), [("bruno", True), ("rosa", False), ("hugo", False)])
def test_reception_and_the_head_see_the_head_of_a_file_only(persona: str, may_read: bool, town: Town) -> None:
    page = town.client(persona).get(reverse("jobseekers:person", args=[town.jobseeker.pk]))
    assert page.status_code == 200
    assert page.context["may_read"] is may_read
