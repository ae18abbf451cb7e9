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


def test_the_page_says_how_many_people_each_follows_and_is_journalled(town: Town, colette: User) -> None:
    def offered(persona: str) -> dict[str, str]:
        form = town.client(persona).get(page(town.jobseeker)).context["form"]
        return dict(form.fields["counsellor"].choices)

    assert offered("rosa") == {
        str(town.people["bruno"].pk): "Bruno\N{NO-BREAK SPACE}: accompagne 1 personne",
        str(colette.pk): "Colette\N{NO-BREAK SPACE}: n’accompagne encore personne",
        "nobody": "Personne pour l’instant",
    }
    read = Entry.objects.readings().get(person_id=town.people["amelie"].pk)
    assert (read.actor_id, read.thing) == (town.people["rosa"].pk, "jobseeker")
    Membership.objects.create(
        user=town.people["hugo"], role=Role.HEAD, organisation=town.other_agency.organisation
    )
    assert [words.split("\N{NO-BREAK SPACE}")[0] for words in offered("hugo").values()] == [
        f"Bruno ({town.agency})",
        f"Colette ({town.agency})",
        f"Dario ({town.other_agency})",
        "Personne pour l’instant",
    ]


def test_what_may_not_be_chosen_is_refused_or_not_offered(town: Town, colette: User) -> None:
    for persona in ("amelie", "bruno", "dario", "chloe", "nadia", "ines"):
        client = town.client(persona)
        assert client.get(page(town.jobseeker)).status_code == 404
        assert client.post(page(town.jobseeker), {"counsellor": str(colette.pk)}).status_code == 404
    for persona in ("rosa", "hugo"):
        assert town.client(persona).get(page(town.other_jobseeker)).status_code == 404
    assert town.client("hugo").put(page(town.jobseeker)).status_code == 405
    town.jobseeker.refresh_from_db()
    assert town.jobseeker.counsellor == town.people["bruno"]
    client = town.client("rosa")
    for chosen in ("", "x", str(town.people["dario"].pk), "0"):
        response = client.post(page(town.jobseeker), {"counsellor": chosen})
        assert "counsellor" in response.context["form"].errors
    assert "agency" not in client.get(page(town.jobseeker)).context["form"].fields
    client.post(page(town.jobseeker), {"counsellor": "nobody", "agency": str(town.other_agency.pk)})
    town.jobseeker.refresh_from_db()
    assert (town.jobseeker.agency, town.jobseeker.counsellor) == (town.agency, None)


def test_a_choice_made_meanwhile_or_elsewhere_is_not_written_over(town: Town, colette: User) -> None:
    client = town.client("hugo")
    seen = client.get(page(town.jobseeker)).context["form"]["seen"].value()
    Jobseeker.objects.filter(pk=town.jobseeker.pk).update(counsellor=colette)
    sent = {"counsellor": "nobody", "agency": str(town.agency.pk), "seen": seen}
    assert client.post(page(town.jobseeker), sent).headers["Location"] == page(town.jobseeker)
    town.jobseeker.refresh_from_db()
    assert town.jobseeker.counsellor == colette
    client, sent = town.client("hugo"), {"agency": str(town.other_agency.pk)}
    bruno = str(town.people["bruno"].pk)
    refused = client.post(page(town.jobseeker), sent | {"counsellor": bruno})
    assert "Bruno" in refused.context["form"].errors["counsellor"][0]
    assert client.post(page(town.jobseeker), sent | {"counsellor": "nobody"}).status_code == 302
    town.jobseeker.refresh_from_db()
    assert (town.jobseeker.agency, town.jobseeker.counsellor) == (town.other_agency, None)
    assert client.get(page(town.jobseeker)).status_code == 404


def test_a_head_reads_little_of_who_has_no_agency_and_takes_her_in(town: Town, alone: Jobseeker) -> None:
    alone.user.phone, alone.user.email = "+33612345678", "zoe@example.org"
    alone.user.save()
    client = town.client("hugo")
    shown = client.get(reverse("jobseekers:person", args=[alone.pk])).content.decode()
    listed = client.get(UNASSIGNED).content.decode()
    assert "Zoé" in shown
    for secret in ("+33612345678", "zoe@example.org", "Le site et l’e-mail"):
        assert secret not in shown + listed
    assert client.get(reverse("jobseekers:person_profile", args=[alone.pk])).status_code == 404
    assert client.get(page(alone)).context["form"].fields["agency"].initial == town.agency
    client.post(page(alone), {"agency": str(town.agency.pk), "counsellor": str(town.people["bruno"].pk)})
    alone.refresh_from_db()
    assert (alone.agency, alone.counsellor) == (town.agency, town.people["bruno"])


def test_who_has_no_agency_stands_before_heads_only(town: Town, alone: Jobseeker) -> None:
    assert names(town.client("hugo"), "/people/") == ["Amélie"]
    rows = town.client("hugo").post("/people/", {"q": "zoe"}).context["rows"]
    assert [row["person"].user.name for row in rows] == ["Zoé"]
    waiting = factories.JobseekerFactory(user__name="Basile", agency=town.agency)
    assert names(town.client("rosa")) == [waiting.user.name]
    assert names(town.client("hugo")) == ["Basile", "Zoé"]
    assert (counts(town.client("rosa")), counts(town.client("hugo"))) == ([2, 1], [2, 2])


def test_whose_counsellor_left_stands_in_the_list_with_a_link_for_who_may_choose(town: Town) -> None:
    url = reverse("jobseekers:person", args=[town.jobseeker.pk])
    assert page(town.jobseeker) in town.client("rosa").get(url).content.decode()
    assert page(town.jobseeker) not in town.client("bruno").get(url).content.decode()
    other = factories.JobseekerFactory(agency=town.agency)
    response = town.client("bruno").get(UNASSIGNED)
    assert response.context["filters"] == []
    assert [row["person"] for row in response.context["rows"]] == [town.jobseeker]
    other.delete()
    Membership.objects.filter(user=town.people["bruno"]).delete()
    response = town.client("rosa").get(UNASSIGNED)
    assert [row["person"] for row in response.context["rows"]] == [town.jobseeker]
    assert page(town.jobseeker) in response.content.decode()
    assert "Bruno a quitté l’agence" in response.content.decode()
    assert page(town.jobseeker) in town.client("rosa").get("/people/").content.decode()


# At the counter


def test_the_file_of_a_known_address_is_linked_to_where_it_may_be_seen(town: Town) -> None:
    sent = {"name": "Zoé", "language": "fr", "channel": "counter", "agency": str(town.agency.pk)}
    response = town.client("rosa").post(NEW, sent | {"email": "Amelie@example.org"})
    assert reverse("jobseekers:person", args=[town.jobseeker.pk]) in response.content.decode()
    assert "a déjà un dossier" in response.context["form"].errors["email"][0]
    for email in ("gael@example.org", "chloe@example.org"):
        response = town.client("rosa").post(NEW, sent | {"email": email})
        shown = response.content.decode()
        assert "direction" in response.context["form"].errors["email"][0]
        assert "Gaël" not in shown
        assert reverse("jobseekers:person", args=[town.other_jobseeker.pk]) not in shown
