"""Passwords: any signs, long ones, as typed; not the words of the place; kept by Argon2."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client, override_settings
from django.urls import reverse

from tests.personas import Town
from visavis.config import settings as ours
from visavis.people.models import User


@pytest.mark.parametrize(
    "password",
    [
        "onze lampes sur la table",
        "œuf-café-ñandú-θάλασσα",
        "a" * 3 + "Zq!7 " * 24,
        "zzkqwvxplmrt",
        "MAJUSCULESÀFORCE9",
        "mon emploi de cordonnier à Die",
    ],
)
def test_any_signs_and_long_ones_may_be_one(password: str) -> None:
    validate_password(password)


@pytest.mark.parametrize(
    "password",
    [
        "visavis-2026!",
        "VisAVis12345",
        "MotDePasse2026",
        "Emploi-Agence-1",
        "bonjourbonjour",
        # One of the commonest, known without a list.
        "1q2w3e4r5t6y7u8i",
    ],
)
def test_words_of_the_place_make_no_password_and_no_common_one(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.django_db
def test_it_is_hidden_compared_as_it_was_typed_and_rests_by_argon2(town: Town, client: Client) -> None:
    page = client.get(reverse("account_login_password")).content.decode()
    assert 'type="password"' in page and "current-password" in page
    assert "onpaste" not in page
    user = User.objects.create_user("Zoé", "  Cent Lampes Jaunes ")
    assert user.check_password("  Cent Lampes Jaunes ")
    assert not user.check_password("Cent Lampes Jaunes")
    assert not user.check_password("  cent lampes jaunes ")
    long = "lampe " * 40
    user.set_password(long)
    assert user.check_password(long) and not user.check_password(long[:-6])
    with override_settings(PASSWORD_HASHERS=ours.PASSWORD_HASHERS):
        kept = User.objects.create_user("Zoé", "cent lampes jaunes").password
    assert kept.startswith("argon2$argon2id$") and "lampes" not in kept


@pytest.fixture
def listed(tmp_path: Path, settings: Any) -> list[str]:
    """A list of breached passwords, in order of their digests, as it is published."""
    words = [f"une phrase volée numéro {number}" for number in range(200)]
    digests = sorted(hashlib.sha1(one.encode()).hexdigest().upper() for one in words)
    file = tmp_path / "pwned.txt"
    file.write_text("\r\n".join(f"{one}:{place}" for place, one in enumerate(digests)), encoding="ascii")
    settings.VISAVIS_BREACHED_PASSWORDS = str(file)
    return words


def test_a_breached_password_of_the_operators_list_is_refused(listed: list[str]) -> None:
    for word in listed:
        with pytest.raises(ValidationError) as refused:
            validate_password(word)
        assert [one.code for one in refused.value.error_list] == ["breached"]
    for number in range(200):
        validate_password(f"une phrase à moi, numéro {number}")
