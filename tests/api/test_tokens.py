"""The page on which a person makes and revokes tokens."""

import pytest
from django.core import mail
from django.urls import reverse

from tests.personas import Town
from visavis.api import tokens
from visavis.api.models import Token
from visavis.api.scopes import GRAVE_DAYS, Scope
from visavis.common import clock
from visavis.journal.models import Entry
from visavis.people.services import SECOND_FACTOR_KEY

NEW, LIST = reverse("api:new_token"), reverse("api:tokens")
SENT = {"name": "My agenda", "scopes": ["profile:read"], "days": "90"}


@pytest.fixture(autouse=True)
def just_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    """She has just said who she is; the test of that says otherwise."""
    monkeypatch.setattr("visavis.people.second_factor.is_recently_proven", lambda *_rest: True)


def test_a_wrong_answer_is_told_and_she_is_asked_who_she_is_before(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    scopes: list[dict[str, object]] = [{"scopes": []}, {"scopes": ["people:read"]}]
    for wrong in (*scopes, {"name": ""}, {"name": "x" * 61}, {"days": "9999"}):
        answer = town.client("amelie").post(NEW, SENT | wrong)
        assert answer.status_code == 200
        assert not Token.objects.exists()
        assert answer.context["form"].errors
    monkeypatch.setattr("visavis.people.second_factor.is_recently_proven", lambda *_rest: False)
    answer = town.client("amelie").post(NEW, SENT)
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert not Token.objects.exists()


def test_a_key_for_scopes_of_ones_own_is_shown_once_journalled_and_told(town: Town) -> None:
    page = town.client("amelie").get(NEW).content.decode()
    assert "profile:write" in page
    assert "people:read" not in page and "vacancies:write" not in page
    client = town.client("amelie")
    shown = client.post(NEW, SENT).content.decode()
    key = shown.partition('id="token">')[2].partition("<")[0]
    token = tokens.find(key)
    assert token and token.user == town.people["amelie"]
    assert key not in client.get(LIST).content.decode()
    entry = Entry.objects.get(thing="token")
    assert (entry.action, entry.note) == ("created", "90 days")
    assert len(mail.outbox) == 1
    assert "vav_" not in mail.outbox[0].body


def test_revoking_asks_once_then_ends_it_and_nobody_else_sees_or_revokes_it(town: Town) -> None:
    client = town.client("amelie")
    client.post(NEW, SENT)
    token = Token.objects.get()
    address = reverse("api:revoke_token", kwargs={"token_id": token.pk})
    for persona in ("gael", "bruno", "hugo", "nadia"):
        other = town.client(persona)
        assert other.post(address).status_code == 404
        assert "My agenda" not in other.get(LIST).content.decode()
    assert Token.objects.working().exists()
    assert client.get(address).status_code == 200
    assert client.post(address)["Location"] == LIST
    assert not Token.objects.working().exists()
    assert Entry.objects.filter(thing="token", action="deleted").count() == 1
    assert client.post(address).status_code == 404


def test_a_token_remembers_that_a_second_factor_was_given_and_there_are_not_too_many(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "MOST_WORKING", 2)
    client = town.client("amelie")
    client.post(NEW, SENT)
    session = client.session
    del session[SECOND_FACTOR_KEY]
    session.save()
    for _again in range(2):
        client.post(NEW, SENT)
    assert list(Token.objects.order_by("pk").values_list("has_second_factor", flat=True)) == [True, False]


GRAVE = {"name": "My agenda", "scopes": [], "grave": ["account:close"], "days": "7"}


def test_what_hurts_most_stands_apart_unticked_and_lives_a_week_whoever_makes_it(town: Town) -> None:
    client = town.client("amelie")
    form = client.get(NEW).context["form"]
    assert "account:close" not in dict(form.fields["scopes"].choices)
    assert "account:close" in dict(form.fields["grave"].choices) and not form["grave"].value()
    answer = client.post(NEW, GRAVE | {"days": "30"})
    assert answer.context["form"].errors["days"] and not Token.objects.exists()
    client.post(NEW, GRAVE)
    token = Token.objects.get()
    assert token.scopes == ["account:close"] and (token.last_day - clock.today()).days <= 7
    said = {"name": "x", "scopes": [Scope.ACCOUNT_CLOSE], "days": GRAVE_DAYS + 1, "has_second_factor": True}
    with pytest.raises(tokens.TooLong):
        tokens.create(user=town.people["amelie"], **said)
