"""Who left has left: every way in ends at once, and what she held is named, handed over, and back."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.personas import Town
from visavis.agencies import absences, handing, team
from visavis.agencies.models import Absence, Handover, Invitation
from visavis.api import tokens
from visavis.api.scopes import grantable
from visavis.appointments import receiving
from visavis.common import clock
from visavis.introductions import services as introductions
from visavis.jobseekers.models import Jobseeker
from visavis.journal.models import Entry
from visavis.people import services as people
from visavis.people.acting import acts_for
from visavis.people.enums import Role
from visavis.people.models import Membership, User

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LONG_AGO = dt.date(2020, 1, 2)


@pytest.fixture
def settled(town: Town) -> Town:
    """Everybody has worked there for long."""
    Membership.objects.update(starts_on=LONG_AGO)
    return town


def colleague(town: Town, name: str = "Colette") -> User:
    desk = town.agency.organisation
    return factories.UserFactory(name=name, role=Role.COUNSELLOR, role__organisation=desk)


def token_of(user: User) -> str:
    said = {"name": "x", "scopes": grantable(user), "days": 30, "has_second_factor": True}
    return tokens.create(user=user, **said)[1]  # type: ignore[arg-type]


def page(town: Town, name: str, who: str = "bruno") -> str:
    return reverse(f"agencies:{name}", kwargs={"agency_id": town.agency.pk, "user_id": town.people[who].pk})


def test_the_head_ends_every_way_in_at_once(settled: Town) -> None:
    bruno = settled.people["bruno"]
    his, key = settled.client("bruno"), token_of(bruno)
    feed = reverse("appointments:feed", kwargs={"secret": receiving.new_address(user=bruno)})
    assert Client().get(feed).status_code == 200
    assert his.get(reverse("portal:desk")).status_code == 200
    settled.client("hugo").post(page(settled, "leave"))
    assert his.get(reverse("portal:desk")).status_code == 302
    assert Client().get(feed).status_code == 404 and tokens.find(key) is None
    settled.people["bruno"] = User.objects.get(pk=bruno.pk)
    assert settled.client("bruno").get(reverse("portal:desk")).status_code == 404
    assert acts_for(settled.people["bruno"], settled.people["amelie"]) is None


def devices(user: User) -> None:
    """Give somebody an application, codes on paper and a key of the agency's."""
    Authenticator.objects.filter(user=user).delete()
    for kind in ("totp", "recovery_codes", "webauthn"):
        Authenticator.objects.create(user=user, type=kind, data={})


def test_what_he_held_is_named_as_nobodys_and_handed_over(settled: Town) -> None:
    successor = colleague(settled)
    hugo = settled.client("hugo")
    hugo.post(page(settled, "leave"))
    team_page = reverse("agencies:team", kwargs={"agency_id": settled.agency.pk})
    shown = hugo.get(team_page).text
    assert "1 personne suivie" in shown and page(settled, "hand_over") in shown
    hugo.post(page(settled, "hand_over"), {"to": [str(successor.pk)]})
    settled.jobseeker.refresh_from_db()
    assert settled.jobseeker.counsellor == successor
    assert "1 personne suivie" not in hugo.get(team_page).text


def test_leaving_and_handing_over_are_one_act(settled: Town) -> None:
    successor = colleague(settled)
    settled.client("hugo").post(page(settled, "leave"), {"to": [str(successor.pk)]})
    settled.jobseeker.refresh_from_db()
    assert settled.jobseeker.counsellor == successor
    note = Entry.objects.filter(thing="assignment").latest("pk")
    assert (note.actor_id, note.person_id) == (settled.people["hugo"].pk, settled.people["amelie"].pk)


def test_a_command_does_the_same(settled: Town, capsys: pytest.CaptureFixture[str]) -> None:
    key = token_of(settled.people["bruno"])
    call_command("has_left", "bruno@example.org")
    assert "Left to nobody" in capsys.readouterr().out and tokens.find(key) is None
    assert not User.objects.get(name="Bruno").is_service_staff
    with pytest.raises(CommandError):
        call_command("has_left", "bruno@example.org")


def test_the_command_hands_over_and_a_data_protection_officer_leaves_by_it(settled: Town) -> None:
    successor = colleague(settled)
    call_command("has_left", "bruno@example.org", to=[successor.email])
    settled.jobseeker.refresh_from_db()
    assert settled.jobseeker.counsellor == successor
    devices(settled.people["nadia"])
    call_command("has_left", "nadia@example.org")
    assert not Authenticator.objects.filter(user=settled.people["nadia"]).exists()
    assert not User.objects.get(name="Nadia").is_service_staff


def test_what_he_came_in_with_ends_with_his_last_role_and_nobody_stands_in(settled: Town) -> None:
    successor = colleague(settled)
    hugo = settled.people["hugo"]
    said = {"starts_on": clock.today(), "ends_on": clock.today() + dt.timedelta(days=3), "by": hugo}
    absences.add(agency=settled.agency, user=settled.people["bruno"], substitute=successor, **said)  # type: ignore[arg-type]
    team.let_go(agency=settled.agency, user=successor, by=hugo)
    assert Absence.objects.get().substitute is None
    # A key of the agency's opens nothing of his; who works elsewhere in the service still comes in with his own.
    bruno, hugo = settled.people["bruno"], settled.people["hugo"]
    devices(bruno)
    elsewhere = {"organisation": settled.other_agency.organisation, "role": Role.COUNSELLOR}
    Membership.objects.create(user=bruno, starts_on=LONG_AGO, **elsewhere)
    team.let_go(agency=settled.agency, user=bruno, by=hugo)
    assert Authenticator.objects.filter(user=bruno).count() == 3
    team.let_go(agency=settled.other_agency, user=bruno, by=None)
    assert not Authenticator.objects.filter(user=bruno).exists()
    assert Entry.objects.filter(thing="second-factor", person_id=bruno.pk, note="all").exists()


# Handing over ----------------------------------------------------------------------------------------


def test_a_caseload_is_shared_out_and_comes_back(settled: Town) -> None:
    bruno, hugo = settled.people["bruno"], settled.people["hugo"]
    others = [factories.JobseekerFactory(agency=settled.agency, counsellor=bruno) for _one in range(5)]
    one, two = colleague(settled, "Une"), colleague(settled, "Deux")
    factories.JobseekerFactory(agency=settled.agency, counsellor=one)
    row = handing.hand_over(agency=settled.agency, former=bruno, to=[one, two], by=hugo)
    assert row.number == 6 and Jobseeker.objects.filter(counsellor=one).count() in (3, 4)
    assert Jobseeker.objects.filter(counsellor=two).count() in (3, 4)
    # One of them was given to somebody else since: that choice stands.
    Jobseeker.objects.filter(pk=others[0].pk).update(counsellor=None)
    settled.client("hugo").post(reverse("agencies:take_back", kwargs={"handover_id": row.pk}))
    assert Jobseeker.objects.filter(counsellor=bruno).count() == 5
    assert Handover.objects.get().state == "undone"
    assert [step.act for step in Handover.objects.get().steps.order_by("number")] == ["give", "undo"]
    with pytest.raises(handing.NotBack):
        handing.take_back(handover=row, by=hugo)


def test_the_preview_counts_what_goes_along_and_after_a_week_it_stays(settled: Town) -> None:
    with pytest.raises(handing.NothingToGive):
        bruno, dario, hugo = (settled.people[name] for name in ("bruno", "dario", "hugo"))
        handing.hand_over(agency=settled.agency, former=bruno, to=[dario], by=hugo)
    introductions.want(jobseeker=settled.jobseeker, vacancy=settled.vacancy, by=settled.people["amelie"])
    successor = colleague(settled)
    shown = settled.client("hugo").get(page(settled, "hand_over")).text
    assert "1 personne suivie" in shown and "1 mise en relation en cours" in shown
    hugo = settled.people["hugo"]
    said = {"agency": settled.agency, "former": settled.people["bruno"], "to": [successor]}
    row = handing.hand_over(by=hugo, **said)  # type: ignore[arg-type]
    later = clock.now() + handing.BACK_FOR + dt.timedelta(hours=1)
    with clock.moved(later), pytest.raises(handing.NotBack):
        handing.take_back(handover=row, by=hugo)


# Coming ----------------------------------------------------------------------------------------------


def test_a_colleague_comes_with_a_code_and_her_e_mail(settled: Town) -> None:
    hugo = settled.client("hugo")
    address = reverse("agencies:invite", kwargs={"agency_id": settled.agency.pk})
    said = {"name": "Colette", "email": "Colette@Example.org", "role": "counsellor"}
    shown = hugo.post(address, said, follow=True).text
    code = hugo.session["agency-code"]["code"]
    assert code in shown and "example.org" not in str(Invitation.objects.values().get())
    newcomer = settled.client("visitor")
    join = reverse("agencies:join")
    assert newcomer.post(join, {"email": "other@example.org", "code": code}).status_code == 200
    newcomer.post(join, {"email": "colette@example.org", "code": code.lower().replace("-", " ")})
    user = User.objects.get(email="colette@example.org")
    assert user.has_role(Role.COUNSELLOR) and not newcomer.session.get("_auth_user_id")
    assert newcomer.post(join, {"email": "colette@example.org", "code": code}).status_code == 200


def test_a_code_taken_back_or_too_old_opens_nothing(settled: Town) -> None:
    hugo = settled.people["hugo"]
    said = {"agency": settled.agency, "name": "C", "email": "c@example.org", "role": Role.HEAD, "by": hugo}
    row, code = team.invite(**said)  # type: ignore[arg-type]
    with clock.moved(clock.now() + row.LIFE + dt.timedelta(hours=1)), pytest.raises(team.WrongCode):
        team.accept(code=code, email="c@example.org", language="fr")
    team.take_invitation_back(invitation=row, by=hugo)
    with pytest.raises(team.WrongCode):
        team.accept(code=code, email="c@example.org", language="fr")


def test_another_role_takes_the_place_of_the_former_but_the_last_head_stays(settled: Town) -> None:
    settled.client("hugo").post(page(settled, "role"), {"role": "reception"})
    assert User.objects.get(name="Bruno").roles == {Role.RECEPTION}
    said = settled.client("hugo").post(page(settled, "leave", "hugo"))
    assert said.status_code == 200 and "responsable" in said.text
    assert User.objects.get(name="Hugo").has_role(Role.HEAD)
    with pytest.raises(team.LastHead):
        hugo = settled.people["hugo"]
        team.change_role(agency=settled.agency, user=hugo, role=Role.RECEPTION, by=hugo)


def test_sessions_and_tokens_end_or_nothing_does(settled: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(user: User, by: User | None) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched, pytest.raises(RuntimeError):
        patched.setattr(people, "ENDED_WITH_SESSIONS", [fails])
        people.end_sessions(user=settled.people["bruno"])
    assert User.objects.get(name="Bruno").sign_outs == 0
    his, key = settled.client("bruno"), token_of(settled.people["bruno"])
    call_command("reset_second_factor", "bruno@example.org")
    assert his.get(reverse("portal:desk")).status_code == 302 and tokens.find(key) is None
