"""Files opened, employers' accounts asked for, colleagues let in: through the programs of those who may."""

from tests.api.conftest import MakeProgram
from tests.personas import Town
from visavis.api.models import Token
from visavis.employers import members
from visavis.employers.enums import State
from visavis.employers.models import Account, Joining
from visavis.jobseekers.models import Jobseeker
from visavis.journal.models import Entry
from visavis.people.enums import Role
from visavis.people.models import User

SIRET = "732 829 320 00074"
FIRM = {"name": "Épicerie du Quai", "siret": SIRET, "looking_for": "une vendeuse"}


def newcomer(town: Town, **more: object) -> dict[str, object]:
    said = {"name": "Noémie Vidal", "channel": "counter", "agency_id": town.agency.pk}
    return said | more


def test_the_program_of_who_sits_at_the_counter_opens_a_file_and_compares_a_namesake_first(
    town: Town, program: MakeProgram
) -> None:
    for persona in ("rosa", "bruno"):
        said = newcomer(town, name=f"Noémie {persona}")
        opened = program(persona).post("/people/new", said)
        assert opened.status_code == 201, opened.content
        row = Jobseeker.objects.get(pk=opened.json()["id"])
        assert (row.agency, row.user.name) == (town.agency, f"Noémie {persona}")
        entry = Entry.objects.get(thing="profile", action="created", person_id=row.user_id)
        assert entry.actor_id == town.people[persona].pk and entry.token_id is not None
    rosa, name = program("rosa"), town.people["amelie"].name
    asked = rosa.post("/people/new", newcomer(town, name=name))
    assert asked.status_code == 422 and asked.json()["errors"][0]["field"] == "is_another"
    assert rosa.post("/people/new", newcomer(town, name=name, is_another=True)).status_code == 201
    elsewhere = rosa.post("/people/new", newcomer(town, agency_id=town.other_agency.pk))
    assert elsewhere.status_code == 422
    known = rosa.post("/people/new", newcomer(town, email=town.people["gael"].email))
    assert known.status_code == 422 and "gael" not in known.content.decode().lower()
    for persona in ("amelie", "chloe", "hugo"):
        assert program(persona).post("/people/new", newcomer(town)).status_code == 403


def test_who_hires_asks_for_himself_and_the_agency_for_who_telephones(
    town: Town, program: MakeProgram
) -> None:
    chloe = program("chloe")
    assert chloe.post("/employer-accounts", FIRM | {"contact": {"contact": "x"}}).status_code == 422
    assert chloe.post("/employer-accounts", FIRM | {"siret": "73282932000075"}).status_code == 422
    number = chloe.post("/employer-accounts", FIRM).json()["account_id"]
    assert program("emile").post(f"/employer-accounts/{number}/withdraw").status_code == 404
    assert chloe.post(f"/employer-accounts/{number}/withdraw").json()["state"] == "withdrawn"
    contact = {"contact": "Mme Roux", "email": "roux@example.org"}
    asked = program("bruno").post("/employer-accounts", FIRM | {"contact": contact})
    assert asked.status_code == 201 and asked.json()["state"] == "asked"
    row = Account.objects.get(origin="agency")
    assert row.contact is not None
    assert (row.origin, row.contact.email, row.state) == ("agency", "roux@example.org", State.ASKED)
    assert not User.objects.get(email="roux@example.org").has_role(Role.EMPLOYER), "it is checked first"
    assert Entry.objects.filter(thing="employer-account", token_id__isnull=False).exists()
    assert program("bruno").post("/employer-accounts", FIRM).status_code == 422
    assert program("rosa").post("/employer-accounts", FIRM | {"contact": contact}).status_code == 403
    assert program("amelie").post("/employer-accounts", FIRM).status_code == 403


def test_she_and_nobody_else_lets_a_colleague_into_her_team(town: Town, program: MakeProgram) -> None:
    account, chloe = town.employer_account, program("chloe")
    code = chloe.post(f"/team/{account.pk}/codes").json()["code"]
    joining = members.join_by_code(code=code, user=town.people["ines"])
    (team,) = chloe.get("/team").json()["items"]
    assert [one["name"] for one in team["joinings"]] == [town.people["ines"].name]
    answered = chloe.post(f"/team/joinings/{joining.pk}/answer", {"is_accepted": True}).json()
    assert town.people["ines"].name in {one["name"] for one in answered["items"][0]["members"]}
    assert User.objects.get(pk=town.people["ines"].pk).has_role(Role.EMPLOYER)
    token = Token.objects.get()
    acts = Entry.objects.filter(thing="joining", actor_id=token.user_id)
    assert {one.token_id for one in acts} == {token.pk}
    account, joining, emile = town.employer_account, town.joining, program("emile")
    assert emile.post(f"/team/{account.pk}/codes").status_code == 404
    assert emile.post(f"/team/joinings/{joining.pk}/answer", {"is_accepted": True}).status_code == 404
    assert [one["account_id"] for one in emile.get("/team").json()["items"]] != [account.pk]
    assert program("chloe", "team:read").post(f"/team/{account.pk}/codes").status_code == 403
    assert program("bruno").get("/team").status_code == 403
    assert Joining.objects.get(pk=joining.pk).state == "asked"
