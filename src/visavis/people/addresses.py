"""What a code can be sent to, an e-mail address or a mobile number; and where letters go."""

import re
from dataclasses import dataclass
from typing import Literal

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _
from phonenumbers import PhoneNumberType

REGION = "FR"
# Numbers of films, which France's numbering plan gives to nobody: those of the demonstration's people.
OF_STORIES = "+3363998"
# A text message cannot arrive there, or would cost somebody a fortune.
NO_TEXT = frozenset(
    {
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.UAN,
        PhoneNumberType.VOICEMAIL,
    }
)

type Kind = Literal["email", "phone"]


@dataclass(frozen=True)
class Address:
    """An e-mail address in lower case, or a phone number in E.164."""

    kind: Kind
    value: str

    @property
    def shown(self) -> str:
        """Return it as people write it."""
        return self.value if self.kind == "email" else phone_as_written(self.value)


def read(text: str) -> Address:
    """Understand what a person typed, or raise a ValidationError that says what to type."""
    kept = text.strip()
    return Address("email", read_email(kept)) if "@" in kept else Address("phone", read_mobile(kept))


def read_email(text: str) -> str:
    kept = text.strip().lower()
    try:
        validate_email(kept)
    except ValidationError as error:
        raise ValidationError(
            _("This e-mail address is not complete. It looks like name@example.org."), code="email"
        ) from error
    return kept


# What people here have their mail with, and the few beside them that are real and look alike (2026-12-07).
CARRIERS = (
    "gmail.com", "hotmail.fr", "hotmail.com", "outlook.fr", "outlook.com", "live.fr", "live.com",
    "yahoo.fr", "yahoo.com", "orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "laposte.net",
    "icloud.com", "me.com", "msn.com", "neuf.fr", "bbox.fr", "numericable.fr", "aol.com",
    "protonmail.com", "proton.me", "gmx.fr", "gmx.com", "ymail.com",
)  # fmt: skip
ALIKE = frozenset({"mail.com", "email.com", "gmx.net", "mac.com", "live.be", "live.it", "fre.fr", "neuf.com"})
# Nobody's, though people type them.
MEANT = {"gmail.fr": "gmail.com", "icloud.fr": "icloud.com", "laposte.fr": "laposte.net", "orange.com": ""}


def likely(email: str) -> str:
    """Return the address that was likely meant, where a letter of a known carrier is wrong; nothing otherwise."""
    name, _at, domain = email.rpartition("@")
    if domain in CARRIERS or domain in ALIKE:
        return ""
    meant = MEANT.get(domain)
    if meant is None:
        near = [one for one in CARRIERS if is_a_letter_off(domain, one)]
        meant = near[0] if near else ""
    return f"{name}@{meant}" if meant else ""


def is_a_letter_off(typed: str, meant: str) -> bool:
    """Say whether one letter is wrong, missing or too many, or two stand in the other's place.

    >>> [is_a_letter_off(typed, "gmail.com") for typed in ("gmial.com", "gmail.con", "gmai.com", "mail.fr")]
    [True, True, True, False]
    """
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return False
    start = next(
        (at for at, (one, other) in enumerate(zip(typed, meant, strict=False)) if one != other), None
    )
    if start is None:
        return True
    rest, wanted = typed[start:], meant[start:]
    return (
        rest[1:] == wanted[1:]
        or rest[1:] == wanted
        or rest == wanted[1:]
        or (rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:])
    )


def read_phone(text: str) -> str:
    """Return a number in E.164; a number without a country is French."""
    try:
        number = phonenumbers.parse(text.strip()[:40], REGION)
    except phonenumbers.NumberParseException as error:
        raise not_a_phone() from error
    kept = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    is_of_a_story = settings.DEMO and kept.startswith(OF_STORIES) and phonenumbers.is_possible_number(number)
    if not (is_of_a_story or phonenumbers.is_valid_number(number)):
        raise not_a_phone()
    return kept


def is_texted(number: str) -> bool:
    """Say whether the service sends text messages to a number: not to other countries, unless it is told to.

    Messages abroad cost many times more, and who gives a thousand foreign numbers makes a service pay for them.
    """
    try:
        region = phonenumbers.region_code_for_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return False
    return region in settings.SMS_COUNTRIES


def read_mobile(text: str) -> str:
    """Return a number that can receive a text message, in E.164."""
    kept = read_phone(text)
    if phonenumbers.number_type(phonenumbers.parse(kept)) in NO_TEXT:
        raise ValidationError(
            _("This number cannot receive a text message. Give a mobile number or an e-mail."), code="no-text"
        )
    return kept


def not_a_phone() -> ValidationError:
    return ValidationError(
        _("We do not understand this. Give an e-mail, or a phone number such as 06 12 34 56 78."),
        code="phone",
    )


def phone_as_written(value: str) -> str:
    """Write a number the way its own country does; abroad, with the country's code."""
    try:
        number = phonenumbers.parse(value, REGION)
    except phonenumbers.NumberParseException:
        return value
    at_home = phonenumbers.region_code_for_number(number) == REGION
    style = (
        phonenumbers.PhoneNumberFormat.NATIONAL if at_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(number, style)


# As the post reads it (NF Z 10-011): lines of 38 signs, under the name.
POSTAL_LINES, POSTAL_SIGNS = 5, 38
FRENCH_TOWN = re.compile(r"\d{5} \S")


def read_postal(text: str) -> str:
    """Return the lines of a postal address, each with single spaces; the last is a town, or a country in capitals.

    Raises a ValidationError that says what to write.
    """
    lines = [" ".join(line.split()) for line in text.replace(",\n", "\n").splitlines()]
    lines = [line for line in lines if line]
    if len(lines) > POSTAL_LINES:
        raise ValidationError(_("Write the address in five lines at most, without the name."), code="postal")
    if long := next((line for line in lines if len(line) > POSTAL_SIGNS), None):
        raise ValidationError(
            _("This line is too long for a window: “%(line)s”. Cut it in two, of 38 signs at most."),
            code="postal",
            params={"line": long},
        )
    if lines and not any(FRENCH_TOWN.match(line) for line in lines) and not is_abroad(lines):
        raise ValidationError(
            _("The postcode and the town are missing: a line such as 26000 VALENCE."), code="postal"
        )
    return "\n".join(lines)


def is_abroad(lines: list[str]) -> bool:
    """Say whether an address ends with a country, as the post asks: two lines at least, the last without a figure."""
    last = lines[-1]
    return len(lines) > 1 and last == last.upper() and not any(sign.isdigit() for sign in last)
