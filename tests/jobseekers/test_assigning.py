"""Which agency and which counsellor follow a person; the page that chooses, and the list of who has none."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests import factories
from tests.personas import Town, end_of
from visavis.agencies.models import Agency
from visavis.catalog.models import Commune
from visavis.jobseekers import assigning, services
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.questions import BY_SLUG
from visavis.journal.models import Entry
from visavis.people import services as accounts
from visavis.people.addresses import Address
from visavis.people.enums import Role
from visavis.people.models import Membership, User


def commune(code: str, latitude: float | None, longitude: float | None = 4.9) -> Commune:
    return factories.CommuneFactory(code=code, name=code, folded=code, latitude=latitude, longitude=longitude)


def nobodys(**more: object) -> Jobseeker:
    return factories.JobseekerFactory(agency=None, **more)


def counsellor_of(agency: Agency, name: str = "Colette") -> User:
    return factories.UserFactory(
        name=name, role=Role.COUNSELLOR, role__organisation=agency.organisation, email=None
    )


def leave(user: User) -> None:
    end_of(user.memberships.get(role=Role.COUNSELLOR))
    user.__dict__.pop("current_memberships", None)


def lives_in(jobseeker: Jobseeker, place: Commune | None) -> Jobseeker:
    return services.save_answer(
        jobseeker=jobseeker,
        question=BY_SLUG["place"],
        data={"commune": place},
        by=jobseeker.user,
        says=place is not None,
    )


def assignments(person: Jobseeker) -> list[tuple[int | None, str]]:
    entries = Entry.objects.filter(thing="assignment", person_id=person.user_id, action="changed")
    return list(entries.order_by("pk").values_list("actor_id", "note"))


# The nearest agency


@pytest.mark.database
def test_the_nearest_agency_is_that_of_the_shortest_way_or_of_her_own_town(town: Town) -> None:
    assert town.agency.pk < town.other_agency.pk
    assert assigning.nearest_agency(nobodys()) == town.agency, "of two as near, the lower number"
    north = factories.AgencyFactory(commune=commune("26001", 45.2))
    factories.AgencyFactory(commune=commune("26002", 44.0))
    assert assigning.nearest_agency(nobodys(commune=commune("26003", 45.1))) == north
    nowhere = commune("99001", None, None)
    assert assigning.nearest_agency(nobodys(commune=nowhere)) is None
    assert assigning.nearest_agency(nobodys(commune=None)) is None
    at_home = factories.AgencyFactory(commune=nowhere)
    assert assigning.nearest_agency(nobodys(commune=nowhere)) == at_home


def test_who_says_where_she_lives_is_given_the_nearest_agency_unless_she_has_one(town: Town) -> None:
    alone = nobodys(commune=None)
    assert lives_in(alone, None).agency is None
    with pytest.raises(services.Stale):
        services.save_answer(
            jobseeker=alone,
            question=BY_SLUG["place"],
            data={"commune": town.agency.commune},
            by=alone.user,
            version="older",
        )
    assert Jobseeker.objects.get(pk=alone.pk).agency is None
    assert assignments(alone) == []
    saved = lives_in(services.reread(alone), town.agency.commune)
    assert Jobseeker.objects.get(pk=alone.pk).agency == saved.agency == town.agency
    note = f"agency:{town.agency.pk} counsellor:0 was agency:0 counsellor:0"
    assert assignments(alone) == [(alone.user_id, note)]
    lives_in(town.other_jobseeker, town.agency.commune)
    assert Jobseeker.objects.get(pk=town.other_jobseeker.pk).agency == town.other_agency
    assert assignments(town.other_jobseeker) == []


# Signing up alone


def test_who_signs_up_alone_is_seen_by_heads_before_any_answer_and_invited_to_begin(
    town: Town, client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks() as waiting:
        user = accounts.register(name="Zoé", address=Address("email", "zoe@example.org"), language="fr")
    client.force_login(user)
    assert "Commencer" in client.get(reverse("portal:home")).content.decode()
    for callback in waiting:
        callback()
    seen = Jobseeker.objects.visible_to(town.people["hugo"]).without_counsellor()
    assert [person.user for person in seen] == [user]


# Choosing


@pytest.mark.database
def test_a_choice_is_kept_with_what_was_before_and_two_at_once_notice_each_other(town: Town) -> None:
    colette, bruno = counsellor_of(town.agency), town.people["bruno"]
    there = {"jobseeker": town.jobseeker, "agency": town.agency, "by": town.people["rosa"]}
    assigning.assign(counsellor=bruno, **there)
    assert assignments(town.jobseeker) == []
    assigning.assign(counsellor=colette, **there)
    town.jobseeker.refresh_from_db()
    assert town.jobseeker.counsellor == colette
    here = town.agency.pk
    note = f"agency:{here} counsellor:{colette.pk} was agency:{here} counsellor:{bruno.pk}"
    assert assignments(town.jobseeker) == [(town.people["rosa"].pk, note)]
    leave(bruno)
    with pytest.raises(assigning.NotHere, match="Bruno"):
        assigning.assign(counsellor=bruno, **there)
    seen = assigning.choice(town.jobseeker)
    choose = {"jobseeker": town.jobseeker, "agency": town.agency, "by": town.people["hugo"], "seen": seen}
    assigning.assign(counsellor=None, **choose)
    with pytest.raises(assigning.ChosenMeanwhile):
        assigning.assign(counsellor=counsellor_of(town.agency), **choose)


@pytest.mark.parametrize(
    ("by", "agency", "counsellor", "refusal"),
    [
        ("hugo", "agency", "dario", assigning.NotHere),
        ("hugo", "agency", "rosa", assigning.NotHere),
        ("hugo", "other_agency", "bruno", assigning.NotHere),
        ("rosa", "other_agency", "dario", assigning.MayNotAssign),
        ("bruno", "agency", "bruno", assigning.MayNotAssign),
        ("dario", "agency", "bruno", assigning.MayNotAssign),
        ("amelie", "agency", "bruno", assigning.MayNotAssign),
    ],
)
def test_a_choice_that_may_not_be_made_is_refused(
    town: Town, by: str, agency: str, counsellor: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        assigning.assign(
            jobseeker=town.jobseeker,
            agency=getattr(town, agency),
            counsellor=town.people[counsellor],
            by=town.people[by],
        )
    town.jobseeker.refresh_from_db()
    assert town.jobseeker.counsellor == town.people["bruno"]
    assert town.jobseeker.agency == town.agency


@pytest.mark.database
def test_whom_no_agency_follows_every_head_sees_and_counsellors_stand_by_name(town: Town) -> None:
    counsellor_of(town.agency, "Élodie")
    counsellor_of(town.agency, "Fatou")
    factories.JobseekerFactory(agency=town.agency, counsellor=town.people["bruno"])
    factories.JobseekerFactory(agency=town.other_agency, counsellor=town.people["bruno"])
    shown = assigning.colleagues([town.agency.organisation_id])
    assert [(one.user.name, one.agencies, one.follows) for one in shown] == [
        ("Bruno", (town.agency.name,), 2),
        ("Élodie", (town.agency.name,), 0),
        ("Fatou", (town.agency.name,), 0),
    ]
    alone = nobodys(counsellor=town.people["bruno"])

    def seeing(person: Jobseeker) -> set[str]:
        rows = Jobseeker.objects.filter(pk=person.pk)
        return {name for name, user in town.people.items() if rows.visible_to(user).exists()}

    assert seeing(alone) == {"hugo"}
    assert "hugo" not in seeing(town.other_jobseeker)


# Who sees whom


@pytest.mark.database
def test_without_a_counsellor_are_those_of_nobody_and_those_whose_counsellor_left(town: Town) -> None:
    bruno, waiting = town.people["bruno"], factories.JobseekerFactory(agency=town.agency)
    everybody = Jobseeker.objects.visible_to(town.people["hugo"])
    assert list(everybody.without_counsellor()) == [waiting]
    User.objects.filter(pk=bruno.pk).update(is_active=False)
    assert town.jobseeker in Jobseeker.objects.without_counsellor(), "a closed account accompanies nobody"
    User.objects.filter(pk=bruno.pk).update(is_active=True)
    leave(bruno)
    assert set(everybody.without_counsellor()) == {waiting, town.jobseeker}
    assert not everybody.with_presence().filter(is_accompanied=True)
    assert not Jobseeker.objects.visible_to(bruno)
    accounts.give_role(user=bruno, role=Role.COUNSELLOR, organisation=town.other_agency.organisation, by=None)
    assert not Jobseeker.objects.visible_to(bruno), "he leaves his people behind"
    assert town.jobseeker in Jobseeker.objects.without_counsellor()


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


def test_the_counter_opens_one_profile_only_and_links_to_a_known_one(town: Town) -> None:
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
    newcomer = services.Newcomer(name="Zoé", language="fr", channel="counter")  # type: ignore[arg-type]
    there = {"newcomer": newcomer, "agency": town.agency, "by": town.people["rosa"]}
    with pytest.raises(assigning.NotHere):
        services.register(counsellor=town.people["dario"], **there)
    assert not User.objects.filter(name="Zoé").exists()
    opened = services.register(counsellor=None, **there)
    assert Jobseeker.objects.get(user__name="Zoé") == opened
    assert opened.agency == town.agency
