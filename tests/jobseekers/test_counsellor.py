"""The page that chooses a counsellor, and the list of who has none."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.personas import Town
from visavis.jobseekers.models import Jobseeker
from visavis.journal.models import Entry
from visavis.people.enums import Role
from visavis.people.models import Membership, User

UNASSIGNED = "/people/?show=unassigned"
NEW = "/people/new/"


@pytest.fixture
def colette(town: Town) -> User:
    return factories.UserFactory(
        name="Colette", role=Role.COUNSELLOR, role__organisation=town.agency.organisation
    )


@pytest.fixture
def alone(town: Town) -> Jobseeker:
    return factories.JobseekerFactory(user__name="Zoé", agency=None, commune=None)


def page(jobseeker: Jobseeker) -> str:
    return reverse("jobseekers:choose_counsellor", args=[jobseeker.pk])


def names(client: Client, url: str = UNASSIGNED) -> list[str]:
    return [row["person"].user.name for row in client.get(url).context["rows"]]


def counts(client: Client) -> list[int]:
    return [one["count"] for one in client.get(UNASSIGNED).context["filters"]]


@pytest.mark.parametrize("persona", ["rosa", "hugo"])
def test_a_counsellor_is_chosen(persona: str, town: Town, colette: User) -> None:
    sent = {"counsellor": str(colette.pk), "agency": str(town.agency.pk)}
    response = town.client(persona).post(page(town.jobseeker), sent)
    assert response.headers["Location"] == UNASSIGNED
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        f"Colette, {town.agency}, accompagne maintenant Amélie."
    ]
    town.jobseeker.refresh_from_db()
    assert town.jobseeker.counsellor == colette


def test_the_page_says_how_many_people_each_follows(town: Town, colette: User) -> None:
    offered = dict(town.client("rosa").get(page(town.jobseeker)).context["form"].fields["counsellor"].choices)
    assert offered == {
        str(town.people["bruno"].pk): "Bruno\N{NO-BREAK SPACE}: accompagne 1 personne",
        str(colette.pk): "Colette\N{NO-BREAK SPACE}: n’accompagne encore personne",
        "nobody": "Personne pour l’instant",
    }


def test_a_head_of_two_agencies_sees_where_each_counsellor_works(town: Town) -> None:
    Membership.objects.create(
        user=town.people["hugo"], role=Role.HEAD, organisation=town.other_agency.organisation
    )
    offered = dict(town.client("hugo").get(page(town.jobseeker)).context["form"].fields["counsellor"].choices)
    assert [words.split("\N{NO-BREAK SPACE}")[0] for words in offered.values()] == [
        f"Bruno ({town.agency})",
        f"Dario ({town.other_agency})",
        "Personne pour l’instant",
    ]


def test_opening_the_page_is_journalled(town: Town) -> None:
    town.client("rosa").get(page(town.jobseeker))
    read = Entry.objects.readings().get(person_id=town.people["amelie"].pk)
    assert (read.actor_id, read.thing) == (town.people["rosa"].pk, "jobseeker")


@pytest.mark.parametrize("persona", ["amelie", "bruno", "dario", "chloe", "nadia", "ines"])
def test_nobody_else_chooses(persona: str, town: Town, colette: User) -> None:
    client = town.client(persona)
    assert client.get(page(town.jobseeker)).status_code == 404
    assert client.post(page(town.jobseeker), {"counsellor": str(colette.pk)}).status_code == 404
    town.jobseeker.refresh_from_db()
    assert town.jobseeker.counsellor == town.people["bruno"]


@pytest.mark.parametrize("persona", ["rosa", "hugo"])
def test_nothing_is_chosen_for_a_person_of_another_agency(persona: str, town: Town) -> None:
    assert town.client(persona).get(page(town.other_jobseeker)).status_code == 404


def test_another_method_is_refused(town: Town) -> None:
    assert town.client("hugo").put(page(town.jobseeker)).status_code == 405


@pytest.mark.parametrize("chosen", ["", "x", "dario", "0"])
def test_a_counsellor_who_is_not_of_the_agency_is_not_offered(chosen: str, town: Town) -> None:
    value = str(town.people[chosen].pk) if chosen in town.people else chosen
    response = town.client("rosa").post(page(town.jobseeker), {"counsellor": value})
    assert "counsellor" in response.context["form"].errors


def test_reception_cannot_send_a_person_to_another_agency(town: Town) -> None:
    client = town.client("rosa")
    assert "agency" not in client.get(page(town.jobseeker)).context["form"].fields
    client.post(page(town.jobseeker), {"counsellor": "nobody", "agency": str(town.other_agency.pk)})
    town.jobseeker.refresh_from_db()
    assert (town.jobseeker.agency, town.jobseeker.counsellor) == (town.agency, None)


def test_the_head_sends_a_person_to_another_agency_whose_counsellor_its_head_chooses(town: Town) -> None:
    client, sent = town.client("hugo"), {"agency": str(town.other_agency.pk)}
    bruno = str(town.people["bruno"].pk)
    refused = client.post(page(town.jobseeker), sent | {"counsellor": bruno})
    assert "Bruno" in refused.context["form"].errors["counsellor"][0]
    assert client.post(page(town.jobseeker), sent | {"counsellor": "nobody"}).status_code == 302
    town.jobseeker.refresh_from_db()
    assert (town.jobseeker.agency, town.jobseeker.counsellor) == (town.other_agency, None)
    assert client.get(page(town.jobseeker)).status_code == 404


def test_a_choice_made_meanwhile_is_not_written_over(town: Town, colette: User) -> None:
    client = town.client("hugo")
    seen = client.get(page(town.jobseeker)).context["form"]["seen"].value()
    Jobseeker.objects.filter(pk=town.jobseeker.pk).update(counsellor=colette)
    sent = {"counsellor": "nobody", "agency": str(town.agency.pk), "seen": seen}
    assert client.post(page(town.jobseeker), sent).headers["Location"] == page(town.jobseeker)
    town.jobseeker.refresh_from_db()
    assert town.jobseeker.counsellor == colette


def test_a_head_takes_in_who_has_no_agency(town: Town, alone: Jobseeker) -> None:
    client = town.client("hugo")
    assert client.get(page(alone)).context["form"].fields["agency"].initial == town.agency
    sent = {"agency": str(town.agency.pk), "counsellor": str(town.people["bruno"].pk)}
    client.post(page(alone), sent)
    alone.refresh_from_db()
    assert (alone.agency, alone.counsellor) == (town.agency, town.people["bruno"])


def test_who_has_no_agency_stands_before_heads_only(town: Town, alone: Jobseeker) -> None:
    waiting = factories.JobseekerFactory(user__name="Basile", agency=town.agency)
    assert names(town.client("rosa")) == [waiting.user.name]
    assert names(town.client("hugo")) == ["Basile", "Zoé"]
    assert (counts(town.client("rosa")), counts(town.client("hugo"))) == ([2, 1], [2, 2])


def test_the_list_of_the_agency_leaves_out_who_has_none_unless_looked_for(
    town: Town, alone: Jobseeker
) -> None:
    assert names(town.client("hugo"), "/people/") == ["Amélie"]
    rows = town.client("hugo").post("/people/", {"q": "zoe"}).context["rows"]
    assert [row["person"].user.name for row in rows] == ["Zoé"]


def test_a_head_reads_no_more_than_name_and_town_of_who_has_no_agency(town: Town, alone: Jobseeker) -> None:
    alone.user.phone, alone.user.email = "+33612345678", "zoe@example.org"
    alone.user.save()
    client = town.client("hugo")
    shown = client.get(reverse("jobseekers:person", args=[alone.pk])).content.decode()
    listed = client.get(UNASSIGNED).content.decode()
    assert "Zoé" in shown
    for secret in ("+33612345678", "zoe@example.org", "Le site et l’e-mail"):
        assert secret not in shown + listed
    assert client.get(reverse("jobseekers:person_profile", args=[alone.pk])).status_code == 404


def test_whose_counsellor_left_stands_in_the_list_with_a_link(town: Town) -> None:
    Membership.objects.filter(user=town.people["bruno"]).delete()
    response = town.client("rosa").get(UNASSIGNED)
    assert [row["person"] for row in response.context["rows"]] == [town.jobseeker]
    assert page(town.jobseeker) in response.content.decode()
    assert "Bruno a quitté l’agence" in response.content.decode()
    assert page(town.jobseeker) in town.client("rosa").get("/people/").content.decode()


def test_the_head_of_a_file_leads_to_the_choice_whoever_may_make_it(town: Town) -> None:
    url = reverse("jobseekers:person", args=[town.jobseeker.pk])
    assert page(town.jobseeker) in town.client("rosa").get(url).content.decode()
    assert page(town.jobseeker) not in town.client("bruno").get(url).content.decode()


def test_a_counsellor_has_no_such_filter(town: Town) -> None:
    factories.JobseekerFactory(agency=town.agency)
    response = town.client("bruno").get(UNASSIGNED)
    assert response.context["filters"] == []
    assert [row["person"] for row in response.context["rows"]] == [town.jobseeker]


# At the counter


def sent(town: Town, **more: str) -> dict[str, str]:
    return {"name": "Zoé", "language": "fr", "channel": "counter", "agency": str(town.agency.pk)} | more


def test_the_file_of_a_known_address_is_linked_to(town: Town) -> None:
    response = town.client("rosa").post(NEW, sent(town, email="Amelie@example.org"))
    assert reverse("jobseekers:person", args=[town.jobseeker.pk]) in response.content.decode()
    assert "a déjà un dossier" in response.context["form"].errors["email"][0]


@pytest.mark.parametrize("email", ["gael@example.org", "chloe@example.org"])
def test_a_known_address_whose_file_may_not_be_seen_sends_to_the_head(email: str, town: Town) -> None:
    response = town.client("rosa").post(NEW, sent(town, email=email))
    page = response.content.decode()
    assert "direction" in response.context["form"].errors["email"][0]
    assert "Gaël" not in page
    assert reverse("jobseekers:person", args=[town.other_jobseeker.pk]) not in page
