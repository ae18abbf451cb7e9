"""What a token opens: its scopes, within what its person may do today, and nothing else."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from tests.api.conftest import ROOT, MakeProgram, Program
from tests.personas import PERSONAS, Town, end_of
from visavis.api import tokens
from visavis.api.models import Token
from visavis.api.operations.all import SERVICE
from visavis.api.scopes import BY_ROLE, Scope, grantable
from visavis.common import clock
from visavis.people import services as people
from visavis.people.enums import Role

PROFILE = "/profile"


def test_a_token_opens_what_its_scopes_say_until_its_last_day_and_nothing_of_strangers(
    town: Town, program: MakeProgram
) -> None:
    amelie = program("amelie", Scope.MATCHES_READ)
    assert amelie.get("/matches").status_code == 200
    refused = amelie.get(PROFILE)
    assert (refused.status_code, refused.json()["type"].rpartition("#")[2]) == (403, "forbidden")
    amelie = program("amelie", Scope.PROFILE_READ)
    last = clock.now() + dt.timedelta(days=30)
    with time_machine.travel(last, tick=False):
        assert amelie.get(PROFILE).status_code == 200
    with time_machine.travel(last + dt.timedelta(days=1), tick=False):
        assert amelie.get(PROFILE).status_code == 401
    her, vacancy = f"/people/{town.jobseeker.pk}", f"/vacancies/{town.vacancy.pk}"
    for persona, paths in {
        "dario": (f"{her}/profile", f"{her}/matches", f"{her}/matches/{town.vacancy.pk}"),
        "emile": (f"{vacancy}/candidates", f"{vacancy}/answers"),
        "gael": (f"/matches/{town.vacancy.pk}",),
    }.items():
        assert {program(persona).get(path).status_code for path in paths} == {404}, persona


def test_a_wrong_token_opens_nothing_and_a_right_one_is_kept_as_a_digest_and_its_use_written(
    town: Town, program: MakeProgram
) -> None:
    assert town.client("amelie").get(f"{ROOT}{PROFILE}").status_code == 401
    answer = Program(Client(), "vav_invented").get("/vacancies")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    for header in ("Basic YTpi", "Bearer", "Bearer ", "bearer vav_x y", "vav_", "é"):
        assert Program(Client()).get("/vacancies", Authorization=header).status_code == 401
    amelie = program("amelie")
    # Only a digest of the key is kept.
    assert amelie.key.startswith("vav_") and len(amelie.key) > 40
    assert amelie.key not in str(Token.objects.values().get())
    for _ in range(3):
        amelie.get(PROFILE)
    uses = tokens.uses_of(town.people["amelie"].pk)
    assert uses.count() == 1
    assert tokens.last_used(town.people["amelie"]) == {Token.objects.get().pk: clock.today()}
    tokens.revoke(token=Token.objects.get(), by=town.people["amelie"])
    assert amelie.get(PROFILE).status_code == 401


def test_who_works_for_the_service_needs_a_second_factor_and_what_ended_gives_nothing(
    town: Town, program: MakeProgram
) -> None:
    refused = program("bruno", second_factor=False).get("/people")
    assert (refused.status_code, refused.json()["type"].rpartition("#")[2]) == (403, "no-second-factor")
    amelie, user = program("amelie", second_factor=False), town.people["amelie"]
    assert amelie.get(PROFILE).status_code == 200
    people.give_role(user=user, role=Role.RECEPTION, organisation=town.agency.organisation, by=None)
    assert amelie.get(PROFILE).status_code == 403
    bruno = program("bruno")
    path = f"/people/{town.jobseeker.pk}/profile"
    assert bruno.get(path).status_code == 200
    end_of(town.people["bruno"].memberships.get())
    assert bruno.get(path).status_code == 403
    amelie = program("amelie")
    town.people["amelie"].is_active = False
    town.people["amelie"].save()
    assert amelie.get("/me").status_code == 401


def test_every_operation_needs_a_scope_and_nobody_grants_more_than_her_roles_give(town: Town) -> None:
    open_to_all = {"list_vacancies", "read_vacancy", "list_agencies", "read_agency", "report_vacancy"}
    for _prefix, router in SERVICE._routers:
        for view in router.path_operations.values():
            for one in view.operations:
                (auth,) = one.auth_callbacks
                assert auth.scope or one.operation_id == "read_me"
                assert (type(auth).__name__ == "Anybody") == (one.operation_id in open_to_all)
    for persona in set(PERSONAS) - {"visitor"}:
        user = town.people[persona]
        allowed = set(grantable(user))
        assert allowed == set().union(*(BY_ROLE[role] for role in user.roles))
        for scope in set(Scope) - allowed:
            with pytest.raises(tokens.NotYours):
                tokens.create(user=user, name="x", scopes=[scope], days=30, has_second_factor=True)
