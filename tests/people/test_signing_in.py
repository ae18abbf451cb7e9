import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests import factories
from tests.people.way_in import (
    PASSWORD,
    ask,
    give,
    give_password,
    is_signed_in,
    mailed_code,
    sign_in,
    texted_code,
    wrong,
)
from tests.personas import Town
from tests.sms import MemoryGateway
from visavis.journal.models import Entry
from visavis.people.enums import Role
from visavis.people.models import Membership, User

HOME = reverse("portal:home")


def test_a_code_by_email_or_text_lets_in_once_and_names_nobody(town: Town, visitor: Client) -> None:
    ask(visitor, "amelie@example.org")
    code, planted = mailed_code(), visitor.cookies["sessionid"].value
    sent = mail.outbox[-1]
    text = f"{sent.subject} {sent.body}"
    assert code in text and "Amélie" not in text and "http" not in text
    assert sent.content_subtype == "plain"
    assert not getattr(sent, "alternatives", [])
    assert give(visitor, f" {code[:3]} {code[3:]} ").headers["Location"] == HOME
    assert is_signed_in(visitor)
    assert visitor.cookies["sessionid"].value != planted, "a new session begins with the sign-in"
    visitor.post(reverse("account_logout"))
    assert give(visitor, code).headers["Location"] == reverse("account_login")
    assert not is_signed_in(visitor)
    User.objects.filter(pk=town.people["amelie"].pk).update(language="en")
    ask(visitor, "amelie@example.org")
    assert mail.outbox[-1].subject == "Your code for Vis-à-vis"
    # A code by text message lets in.
    town.people["amelie"].phone = "+33612345678"
    town.people["amelie"].save()
    ask(visitor, "06 12 34 56 78")
    assert MemoryGateway.sent[-1][0] == "+33612345678"
    assert len(MemoryGateway.sent[-1][1]) <= 160
    give(visitor, texted_code())
    assert is_signed_in(visitor)


def test_known_and_unknown_get_the_same_answer_and_the_same_message(town: Town) -> None:
    pages, texts, said = [], [], []
    for address in ("amelie@example.org", "nobody@example.org"):
        client = Client(headers={"accept-language": "fr"})
        answer = ask(client, address)
        assert answer.status_code == 302
        page = client.get(answer.headers["Location"]).content.decode()
        token = client.cookies["csrftoken"].value
        pages.append(page.replace(address, "X").replace(token, ""))
        texts.append(str(mail.outbox[-1].body).replace(mailed_code(), "X"))
        wrong_words = {"address": address, "password": "wrong-wrong"}
        client = Client(headers={"accept-language": "en"})
        answer = client.post(reverse("account_login_password"), wrong_words)
        said.append(answer.context["form"].non_field_errors())
    assert len(pages[0]) == len(pages[1])
    assert texts[0] == texts[1]
    with translation.override("en"):
        assert said[0] == said[1] == ["This address and this password do not go together."]


def test_a_code_works_for_ten_minutes_in_the_browser_that_asked(town: Town, visitor: Client) -> None:
    ask(visitor, "amelie@example.org")
    stranger = Client()
    give(stranger, mailed_code())
    assert not is_signed_in(stranger)
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=10, seconds=5)):
        give(visitor, mailed_code())
    assert not is_signed_in(visitor)
    ask(visitor, "amelie@example.org")
    first = mailed_code()
    ask(visitor, "amelie@example.org")
    if first != mailed_code():
        assert give(visitor, first).status_code == 200
    give(visitor, mailed_code())
    assert is_signed_in(visitor)


def test_the_fifth_wrong_code_is_the_last(town: Town, visitor: Client) -> None:
    lucky = Client()
    for client in (visitor, lucky):
        ask(client, "amelie@example.org")
        code = mailed_code()
        for _try in range(4):
            assert give(client, wrong(code)).status_code == 200
        if client is visitor:
            assert give(client, wrong(code)).headers["Location"] == reverse("account_login")
        give(client, code)
        assert is_signed_in(client) is (client is lucky)


def test_many_codes_for_one_address_slow_down_and_never_lock(town: Town, visitor: Client) -> None:
    for _try in range(3):
        assert ask(visitor, "amelie@example.org").status_code == 302
    refused = ask(visitor, "amelie@example.org")
    assert refused.status_code == 200
    assert len(mail.outbox) == 3
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=2)):
        assert ask(visitor, "amelie@example.org").status_code == 302


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "http:evil"]
)
def test_a_sign_in_never_leads_to_another_site(town: Town, visitor: Client, target: str) -> None:
    ask(visitor, "amelie@example.org", then=target)
    assert give(visitor, mailed_code(), then=target).headers["Location"] == HOME
    there, other = reverse("people:readings"), Client()
    code_page = ask(other, "amelie@example.org", then=there).headers["Location"]
    assert other.post(code_page, {"code": mailed_code()}).headers["Location"] == there


def test_who_is_new_on_the_page_of_signing_in_gives_her_name_after_the_code(
    db: None, visitor: Client
) -> None:
    answer = visitor.post(reverse("account_open_file"), {"name": "Zoé"})
    assert answer.headers["Location"] == reverse("account_login"), "without a code"
    assert not User.objects.exists()
    ask(visitor, "new@example.org")
    name_page = give(visitor, mailed_code()).headers["Location"]
    assert name_page == reverse("account_open_file")
    assert visitor.get(name_page).status_code == 200
    visitor.post(name_page, {"name": "Zoé Martin"})
    user = User.objects.get(email="new@example.org")
    assert (user.name, user.language) == ("Zoé Martin", "en")
    assert Membership.objects.get(user=user).role == Role.JOBSEEKER
    assert is_signed_in(visitor)


def test_a_right_code_without_a_good_name_is_kept_and_costs_no_try(db: None, visitor: Client) -> None:
    visitor.post(reverse("account_signup"), {"address": "new@example.org"})
    page = reverse("account_confirm_login_code")
    assert b'name="name"' in visitor.get(page).content
    for _again in range(6):
        assert visitor.post(page, {"code": mailed_code(), "name": "é" * 121}).status_code == 200
        answer = visitor.post(page, {"code": mailed_code(), "name": "  "})
        assert answer.status_code == 200 and not is_signed_in(visitor)
        assert "This e-mail has no account yet" in answer.content.decode()
        assert f'value="{mailed_code()}"' in answer.content.decode()
    assert not Entry.objects.filter(action="refused").exists()
    answer = visitor.post(page, {"code": mailed_code(), "name": "Zoé"})
    assert answer.status_code == 302 and answer.headers["Location"] != reverse("account_open_file")
    assert is_signed_in(visitor) and User.objects.get(email="new@example.org").name == "Zoé"


def test_a_code_kept_for_a_name_is_counted_dies_and_works_once(db: None, visitor: Client) -> None:
    visitor.post(reverse("account_signup"), {"address": "new@example.org"})
    page, code = reverse("account_confirm_login_code"), mailed_code()
    for _try in range(4):
        answer = visitor.post(page, {"code": wrong(code), "name": ""})
        assert answer.status_code == 200 and "Your code is right" not in answer.content.decode()
    assert visitor.post(page, {"code": code, "name": ""}).status_code == 200, "the fifth, right: given back"
    assert visitor.post(page, {"code": wrong(code), "name": ""}).headers["Location"] == reverse(
        "account_login"
    )
    visitor.post(page, {"code": code, "name": "Zoé"})
    assert not is_signed_in(visitor)
    # A code kept for the name still dies after ten minutes and works once.
    visitor.post(reverse("account_signup"), {"address": "new@example.org"})
    page, said = reverse("account_confirm_login_code"), {"code": mailed_code(), "name": "Zoé"}
    visitor.post(page, said | {"name": ""})
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=10, seconds=5)):
        assert visitor.post(page, said).headers["Location"] == reverse("account_login")
    visitor.post(reverse("account_signup"), {"address": "new@example.org"})
    said["code"] = mailed_code()
    visitor.post(page, said)
    assert is_signed_in(visitor)
    visitor.post(reverse("account_logout"))
    visitor.post(page, said)
    assert not is_signed_in(visitor)


def test_a_password_lets_in_and_slows_down_for_a_while_only(town: Town, visitor: Client) -> None:
    url, other = reverse("account_login_password"), Client()
    give_password(town.people["amelie"])
    give_password(town.people["bruno"])
    good = {"address": "Amelie@example.org", "password": PASSWORD}
    assert other.post(url, good).headers["Location"] == HOME
    assert is_signed_in(other)
    good["address"] = "bruno@example.org"
    for _try in range(5):
        visitor.post(url, good | {"password": "wrong"})
    assert visitor.post(url, good).status_code == 200
    assert not is_signed_in(visitor)
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=6)):
        assert visitor.post(url, good).status_code == 302


def test_who_has_no_address_reads_where_to_go_and_who_has_one_signs_in(town: Town, visitor: Client) -> None:
    nobody = factories.UserFactory(email=None, phone=None)
    assert not nobody.can_sign_in_alone
    page = visitor.get(reverse("account_login")).content.decode()
    assert "neither e-mail nor mobile phone" in page
    assert reverse("agencies:agencies") in page
    for typed in ("", " ", "None", "null"):
        assert ask(visitor, typed).status_code == 200
    assert not mail.outbox
    visitor.post(reverse("account_signup"), {"address": "amelie@example.org"})
    give(visitor, mailed_code())
    assert visitor.session["_auth_user_id"] == str(town.people["amelie"].pk)
    User.objects.filter(pk=town.people["amelie"].pk).update(is_active=False)
    other = Client()
    assert sign_in(other, town.people["amelie"]).headers["Location"] == reverse("account_inactive")
    assert not is_signed_in(other)


def test_a_visitor_opens_a_file_by_text_and_a_wrong_method_is_refused(db: None, visitor: Client) -> None:
    for name in ("account_login", "account_signup", "account_login_password", "account_logout"):
        for method in (visitor.put, visitor.patch, visitor.delete):
            assert method(reverse(name)).status_code == 405, name
    visitor.post(reverse("account_signup"), {"address": "0612345678"})
    visitor.post(reverse("account_confirm_login_code"), {"code": texted_code(), "name": "Zoé"})
    user = User.objects.get(phone="+33612345678")
    assert user.phone_is_verified
    assert user.channel == "sms"
    assert user.email is None


def test_comings_goings_and_failures_are_journalled(town: Town, visitor: Client) -> None:
    amelie = town.people["amelie"]
    ask(visitor, "amelie@example.org")
    give(visitor, wrong(mailed_code()))
    give(visitor, mailed_code())
    visitor.post(reverse("account_logout"))
    visitor.post(reverse("account_login_password"), {"address": "amelie@example.org", "password": "wrong"})
    visitor.post(reverse("account_login_password"), {"address": "nobody@example.org", "password": "wrong"})
    about = [
        (entry.action, entry.note, entry.actor_id) for entry in Entry.objects.about(amelie.pk).order_by("pk")
    ]
    assert about == [
        ("refused", "code-email", None),
        ("signed-in", "code", amelie.pk),
        ("signed-out", "", amelie.pk),
        ("refused", "password", None),
    ]
    # Signing out is posted.
    client = town.client("amelie")
    assert client.get(reverse("account_logout")).status_code == 200
    assert is_signed_in(client)
    gone = client.post(reverse("account_logout"))
    assert not is_signed_in(client)
    assert gone.headers["Clear-Site-Data"] == '"storage"', "what the site kept in the browser goes too"


def test_when_mail_cannot_leave_the_page_says_so(town: Town, visitor: Client, no_mail: None) -> None:
    ask(visitor, "amelie@example.org")
    page = visitor.get(reverse("account_confirm_login_code")).content.decode()
    assert "The code has not left yet" in page


@pytest.mark.parametrize("where", ["a-word", "9223372036854775808", "//evil.example", "/" + "x" * 3_000])
def test_who_is_signed_in_already_goes_home_when_next_is_no_path_of_ours(town: Town, where: str) -> None:
    response = town.client("amelie").get(reverse("account_login"), {"next": where})
    assert response.headers["Location"] == reverse("portal:home")
