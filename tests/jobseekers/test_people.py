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
def test_a_counsellor_sees_his_caseload_only_sorted_as_asked_and_finds_without_accents(town: Town) -> None:
    factories.JobseekerFactory(agency=town.agency, user__name="Somebody else's")
    assert names(town.client("dario")) == ["Gaël"]
    his = town.client("bruno")
    assert names(his) == names(his, "?q=nobody") == ["Amélie"], "a name is never in an address"
    assert found(his, "amelie") == ["Amélie"]
    assert found(his, "nobody") == []
    page = his.post(PEOPLE, {"q": "amelie"}).content.decode()
    assert "q=amelie" not in page and 'value="amelie"' in page
    for name, answered in (("Zita", []), ("Basile", ["pay", "about"])):
        of_bruno = {"agency": town.agency, "counsellor": town.people["bruno"]}
        factories.JobseekerFactory(user__name=name, answered=answered, **of_bruno)
    assert names(town.client("bruno"), "?sort=name") == ["Amélie", "Basile", "Zita"]
    assert names(town.client("bruno"), "?sort=changed") == ["Basile", "Zita", "Amélie"]
    assert names(town.client("bruno"), "?sort=answered") == ["Amélie", "Zita", "Basile"]
    assert len(names(town.client("bruno"), "?sort=shoe&page=zero")) == 3


@pytest.mark.database
def test_reception_sees_people_without_their_answers_and_opens_a_file(town: Town) -> None:
    factories.JobseekerFactory(agency=town.agency, user__name="Basile", answered=["pay"])
    Jobseeker.objects.filter(pk=town.jobseeker.pk).update(answered=["pay", "about"])
    for query in ("", "?sort=answered", "?sort=changed"):
        rows = town.client("rosa").get(PEOPLE + query).context["rows"]
        assert [row["person"].user.name for row in rows] == ["Amélie", "Basile"]
        assert {row["share"] for row in rows} == {None}
    response = town.client("rosa").post(NEW, sent(town))
    jobseeker = Jobseeker.objects.get(user__name="Zoé Martin")
    assert response.headers["Location"] == reverse("jobseekers:person", args=[jobseeker.pk])
    user = jobseeker.user
    assert user.roles == {Role.JOBSEEKER}
    assert (user.email, user.phone, user.channel) == (None, None, Channel.COUNTER)
    assert town.client("rosa").get(response.headers["Location"]).status_code == 200


@pytest.mark.database
def test_reception_finds_by_name_in_any_order_or_a_whole_number_and_tells_namesakes_apart(town: Town) -> None:
    rosa = town.client("rosa")
    factories.JobseekerFactory(agency=town.agency, user__name="Marie Durand")
    user = factories.UserFactory(name="Marie Dupont", phone="+33612345678")
    factories.JobseekerFactory(agency=town.agency, user=user)
    for typed in ("dupont marie", "Marie Dupont", "06 12 34 56 78", "+33612345678"):
        assert found(rosa, typed) == ["Marie Dupont"]
    assert found(rosa, "06 12 34") == []
    user = factories.UserFactory(name="Dupont Marie", phone="+33698765432")
    factories.JobseekerFactory(agency=town.agency, user=user)
    response = rosa.post(PEOPLE, {"q": "marie dupont"})
    apart = [row["apart"] for row in response.context["rows"]]
    page = response.content.decode()
    assert len(set(apart)) == 2 and all(mark in page for mark in apart)
    assert "78" in apart[0] + apart[1] and "345678" not in page and "34 56" not in page


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


# More of an agency than of a caseload: each is of one page, or of an index.
# More of an agency than of a caseload: each is of one page, or of an index.
@pytest.mark.parametrize(
    ("persona", "page", "most"), [("bruno", PEOPLE, 12), ("rosa", PEOPLE, 15), ("amelie", "/profile/", 16)]
)
@pytest.mark.database
def test_the_list_and_the_profile_ask_few_queries(
    persona: str, page: str, most: int, town: Town, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    factories.JobseekerFactory.create_batch(30, agency=town.agency, counsellor=town.people["bruno"])
    client = town.client(persona)
    with django_assert_max_num_queries(most):
        client.get(page)


@pytest.mark.database
def test_what_her_counsellor_reads_and_fills_in_is_journalled_as_his_while_he_is_one(town: Town) -> None:
    town.client("amelie").get("/profile/")
    assert not Entry.objects.readings().exists(), "her own"
    client, bruno, amelie = town.client("bruno"), town.people["bruno"].pk, town.people["amelie"].pk
    profile = reverse("jobseekers:person_profile", args=[town.jobseeker.pk])
    client.get(reverse("jobseekers:person", args=[town.jobseeker.pk]))
    client.get(profile)
    read = Entry.objects.readings().filter(actor_id=bruno, person_id=amelie)
    assert list(read.order_by("pk").values_list("thing", flat=True)) == ["jobseeker", "profile"]
    url = reverse("jobseekers:person_question", args=[town.jobseeker.pk, "about"])
    assert client.post(url, {"about": "By phone."}).headers["Location"] == profile
    act = Entry.objects.get(action=Entry.Action.CHANGED)
    assert (act.actor_id, act.person_id, act.note) == (bruno, amelie, "about")
    town.people["bruno"].memberships.all().delete()
    assert town.client("bruno").get(profile).status_code == 404


@pytest.mark.parametrize(("persona", "may_read"), [("bruno", True), ("rosa", False), ("hugo", False)])
def test_reception_and_the_head_see_the_head_of_a_file_only(persona: str, may_read: bool, town: Town) -> None:
    town.people["amelie"].phone = "+33612345678"
    town.people["amelie"].save()
    page = town.client(persona).get(reverse("jobseekers:person", args=[town.jobseeker.pk]))
    assert page.status_code == 200
    assert page.context["may_read"] is may_read
    if persona != "hugo":
        assert ("+33612345678" in page.content.decode()) is may_read


def test_a_counsellor_opens_a_file_for_his_own_caseload(town: Town) -> None:
    more = {"counsellor": str(town.people["bruno"].pk), "email": "Zoe@Example.org", "phone": "06 12 34 56 78"}
    town.client("bruno").post(NEW, sent(town, channel="sms", **more))
    user = Jobseeker.objects.get(counsellor=town.people["bruno"], user__name="Zoé Martin").user
    assert (user.email, user.phone, user.phone_is_verified) == ("zoe@example.org", "+33612345678", False)


@pytest.mark.database
def test_a_namesake_is_noticed_linked_to_where_it_may_be_seen_and_another_once_checked(town: Town) -> None:
    factories.JobseekerFactory(agency=town.agency, user__name="Léa Dupont")
    other = factories.JobseekerFactory(agency=town.agency, user__name="Basile")
    rosa, link = town.client("rosa"), reverse("jobseekers:person", args=[other.pk])
    form = rosa.post(NEW, sent(town, name="DUPONT lea")).context["form"]
    assert "is_another" in form.errors
    assert [one.user.name for one in form.namesakes] == ["Léa Dupont"]
    assert link not in town.client("bruno").post(NEW, sent(town, name="basile")).content.decode()
    assert link in rosa.post(NEW, sent(town, name="basile")).content.decode()
    rosa.post(NEW, sent(town, name="Basile", is_another="on"))
    assert Jobseeker.objects.filter(user__name="Basile").count() == 2


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
        ({"agency": "other"}, "agency"),
        ({"counsellor": "x"}, "counsellor"),
        ({"language": "tlh"}, "language"),
    ],
)
def test_what_is_wrong_at_the_counter_is_said(more: dict[str, str], field: str, town: Town) -> None:
    before = Jobseeker.objects.count()
    if more == {"agency": "other"}:
        more = {"agency": str(town.other_agency.pk)}
    response = town.client("rosa").post(NEW, sent(town, **more))
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert Jobseeker.objects.count() == before
