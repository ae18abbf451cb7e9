"""Which agency and which counsellor follow a person."""

import pytest
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
from visavis.people.models import User


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
def test_the_nearest_agency_is_that_of_the_shortest_way(town: Town) -> None:
    north = factories.AgencyFactory(commune=commune("26001", 45.2))
    factories.AgencyFactory(commune=commune("26002", 44.0))
    assert assigning.nearest_agency(nobodys(commune=commune("26003", 45.1))) == north


@pytest.mark.database
def test_of_two_agencies_as_near_the_lower_number_is_given(town: Town) -> None:
    assert town.agency.pk < town.other_agency.pk
    assert assigning.nearest_agency(nobodys()) == town.agency


@pytest.mark.database
def test_an_agency_of_her_own_town_is_near_without_coordinates(town: Town) -> None:
    nowhere = commune("99001", None, None)
    at_home = factories.AgencyFactory(commune=nowhere)
    assert assigning.nearest_agency(nobodys(commune=nowhere)) == at_home


def test_no_town_or_no_known_distance_gives_no_agency(town: Town) -> None:
    assert assigning.nearest_agency(nobodys(commune=None)) is None
    assert assigning.nearest_agency(nobodys(commune=commune("99001", None, None))) is None


def test_who_says_where_she_lives_is_given_the_nearest_agency(town: Town) -> None:
    alone = nobodys(commune=None)
    saved = lives_in(alone, town.agency.commune)
    assert Jobseeker.objects.get(pk=alone.pk).agency == saved.agency == town.agency
    note = f"agency:{town.agency.pk} counsellor:0 was agency:0 counsellor:0"
    assert assignments(alone) == [(alone.user_id, note)]


def test_the_agency_she_has_stays_when_she_moves(town: Town) -> None:
    lives_in(town.other_jobseeker, town.agency.commune)
    assert Jobseeker.objects.get(pk=town.other_jobseeker.pk).agency == town.other_agency
    assert assignments(town.other_jobseeker) == []


def test_a_town_left_out_gives_no_agency(town: Town) -> None:
    assert lives_in(nobodys(commune=None), None).agency is None


def test_a_lost_answer_gives_no_agency_either(town: Town) -> None:
    alone = nobodys(commune=commune("26003", 45.1))
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


# Signing up alone


def test_who_signs_up_alone_is_seen_by_heads_before_any_answer(
    town: Town, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        user = accounts.register(name="Zoé", address=Address("email", "zoe@example.org"), language="fr")
    seen = Jobseeker.objects.visible_to(town.people["hugo"]).without_counsellor()
    assert [person.user for person in seen] == [user]


def test_who_has_just_signed_up_is_still_invited_to_begin(town: Town, client: Client) -> None:
    client.force_login(
        accounts.register(name="Zoé", address=Address("email", "zoe@example.org"), language="fr")
    )
    assert "Commencer" in client.get(reverse("portal:home")).content.decode()


def test_the_counter_opens_one_profile_only(town: Town) -> None:
    newcomer = services.Newcomer(name="Zoé", language="fr", channel="counter")  # type: ignore[arg-type]
    opened = services.register(newcomer=newcomer, agency=town.agency, counsellor=None, by=town.people["rosa"])
    assert Jobseeker.objects.get(user__name="Zoé") == opened
    assert opened.agency == town.agency


def test_the_counter_refuses_a_counsellor_of_another_agency(town: Town) -> None:
    newcomer = services.Newcomer(name="Zoé", language="fr", channel="counter")  # type: ignore[arg-type]
    with pytest.raises(assigning.NotHere):
        services.register(
            newcomer=newcomer, agency=town.agency, counsellor=town.people["dario"], by=town.people["rosa"]
        )
    assert not User.objects.filter(name="Zoé").exists()


# Choosing


def test_a_choice_is_kept_with_what_was_before(town: Town) -> None:
    colette = counsellor_of(town.agency)
    assigning.assign(jobseeker=town.jobseeker, agency=town.agency, counsellor=colette, by=town.people["rosa"])
    town.jobseeker.refresh_from_db()
    assert town.jobseeker.counsellor == colette
    here, bruno = town.agency.pk, town.people["bruno"].pk
    note = f"agency:{here} counsellor:{colette.pk} was agency:{here} counsellor:{bruno}"
    assert assignments(town.jobseeker) == [(town.people["rosa"].pk, note)]


def test_choosing_the_same_again_writes_nothing(town: Town) -> None:
    people = town.people
    assigning.assign(
        jobseeker=town.jobseeker, agency=town.agency, counsellor=people["bruno"], by=people["hugo"]
    )
    assert assignments(town.jobseeker) == []


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
def test_a_counsellor_who_left_cannot_be_chosen(town: Town) -> None:
    colette = counsellor_of(town.agency)
    leave(colette)
    with pytest.raises(assigning.NotHere, match="Colette"):
        assigning.assign(
            jobseeker=town.jobseeker, agency=town.agency, counsellor=colette, by=town.people["hugo"]
        )


@pytest.mark.database
def test_two_who_choose_at_once_notice_each_other(town: Town) -> None:
    seen = assigning.choice(town.jobseeker)
    choose = {"jobseeker": town.jobseeker, "agency": town.agency, "by": town.people["hugo"], "seen": seen}
    assigning.assign(counsellor=None, **choose)
    with pytest.raises(assigning.ChosenMeanwhile):
        assigning.assign(counsellor=counsellor_of(town.agency), **choose)


@pytest.mark.database
def test_counsellors_stand_by_name_with_how_many_people_they_follow_there(town: Town) -> None:
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


# Who sees whom


@pytest.mark.database
def test_whom_no_agency_follows_every_head_sees_and_nobody_else(town: Town) -> None:
    alone = nobodys(counsellor=town.people["bruno"])
    seeing = {
        name
        for name, user in town.people.items()
        if Jobseeker.objects.visible_to(user).filter(pk=alone.pk).exists()
    }
    assert seeing == {"hugo"}


@pytest.mark.database
def test_a_head_sees_nobody_of_another_agency(town: Town) -> None:
    assert not Jobseeker.objects.visible_to(town.people["hugo"]).filter(pk=town.other_jobseeker.pk)


@pytest.mark.database
def test_without_a_counsellor_are_those_of_nobody_and_those_whose_counsellor_left(town: Town) -> None:
    waiting = factories.JobseekerFactory(agency=town.agency)
    everybody = Jobseeker.objects.visible_to(town.people["hugo"])
    assert list(everybody.without_counsellor()) == [waiting]
    leave(town.people["bruno"])
    assert set(everybody.without_counsellor()) == {waiting, town.jobseeker}
    assert not everybody.with_presence().filter(is_accompanied=True)


@pytest.mark.database
def test_a_counsellor_whose_account_is_closed_accompanies_nobody(town: Town) -> None:
    User.objects.filter(name="Bruno").update(is_active=False)
    assert town.jobseeker in Jobseeker.objects.without_counsellor()


@pytest.mark.database
def test_a_counsellor_who_left_sees_nobody(town: Town) -> None:
    bruno = town.people["bruno"]
    leave(bruno)
    assert not Jobseeker.objects.visible_to(bruno)


@pytest.mark.database
def test_a_counsellor_who_went_to_another_agency_leaves_her_people_behind(town: Town) -> None:
    bruno = town.people["bruno"]
    leave(bruno)
    accounts.give_role(user=bruno, role=Role.COUNSELLOR, organisation=town.other_agency.organisation, by=None)
    assert not Jobseeker.objects.visible_to(bruno)
    assert town.jobseeker in Jobseeker.objects.without_counsellor()
