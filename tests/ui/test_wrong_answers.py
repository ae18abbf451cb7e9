"""A wrong answer as the server gives it back: what to correct is said, what was typed stays, whatever the browser."""

import pytest

from tests.hostile.page import Page
from tests.personas import Town

WRONG = {
    "an address": ("visitor", "/account/sign-in/", "address", "pas une adresse"),
    "a password": ("visitor", "/account/sign-in-with-password/", "address", "personne@example.org"),
    "a distance": ("amelie", "/profile/reach/", "distance", "loin"),
    "a pay": ("amelie", "/profile/pay/", "amount", "beaucoup"),
    "an e-mail": ("rosa", "/people/new/", "email", "pas un e-mail"),
    "a text": ("chloe", "/vacancies/new/paste/", "text", " "),
    "hours": ("hugo", "/agencies/{agency}/hours/", "time_0_0", "parfois"),
    "an empty name": ("amelie", "/account/name/", "name", " "),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_answer_is_said_and_kept(case: str, town: Town) -> None:
    persona, address, field, typed = WRONG[case]
    client, address = town.client(persona), address.format(agency=town.agency.pk)
    french = {"Accept-Language": "fr"}
    asked = Page(client.get(address, headers=french).content.decode())
    [form] = [one for one in asked.forms if field in one.fields]
    data = {name: one.values for name, one in form.fields.items() if one.values} | {field: typed}
    page = client.post(form.action or address, data, headers=french).content.decode()
    assert "<title>Erreur" in page
    assert 'role="alert"' in page.split("<main", 1)[1]
    answered = Page(page)
    [form] = [one for one in answered.forms if field in one.fields]
    assert not typed.strip() or form.fields[field].values == [typed]
