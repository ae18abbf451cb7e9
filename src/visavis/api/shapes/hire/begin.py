"""A file opened for a person; an employer’s account asked for; who belongs to a team."""

import datetime as dt
from typing import Annotated

from ninja import Schema
from pydantic import Field

from visavis.api.shapes.common import OneOf, Sent
from visavis.people.enums import Channel

Name = Annotated[str, Field(min_length=1, max_length=120)]
Email = Annotated[str, Field(max_length=254)]
Phone = Annotated[str, Field(max_length=40)]
Postal = Annotated[str, Field(max_length=250)]
Number = Annotated[int, Field(ge=1, le=2**63 - 1)]
Reached = Annotated[str, OneOf(Channel)]


class FileIn(Sent):
    """A person at the counter or on the phone. `is_another`: a namesake was compared, and is somebody else."""

    name: Name
    channel: Reached
    language: Annotated[str, Field(pattern=r"^(fr|en)$")] = "fr"
    email: Email = ""
    phone: Annotated[str, Field(max_length=30)] = ""
    postal_address: Postal = ""
    agency_id: Number
    counsellor_id: Number | None = None
    is_another: bool = False


class FileOut(Schema):
    id: int
    name: str


class ContactIn(Sent):
    """Who of the employer speaks, as the agency writes it down."""

    contact: Name
    email: Email = ""
    phone: Phone = ""
    channel: Reached = Channel.WEB.value
    postal_address: Postal = ""


class EmployerIn(Sent):
    """Which employer. The agency says who speaks for it; who asks for himself does not."""

    name: Annotated[str, Field(min_length=1, max_length=160)]
    siret: Annotated[str, Field(min_length=14, max_length=40)]
    looking_for: Annotated[str, Field(max_length=300)] = ""
    contact: ContactIn | None = None


class AskedOut(Schema):
    """What became of a request: an account to be checked, or, where there is one, the wish to join it."""

    account_id: int | None
    joining_id: int | None
    name: str
    state: str


class MemberOut(Schema):
    name: str
    since: dt.date


class JoiningOut(Schema):
    """Somebody who asks to join."""

    id: int
    name: str
    asked_at: dt.datetime


class TeamOut(Schema):
    account_id: int
    name: str
    members: list[MemberOut]
    joinings: list[JoiningOut]


class TeamsOut(Schema):
    """The teams that one belongs to, and where one’s requests stand."""

    items: list[TeamOut]
    requests: list[AskedOut]


class CodeOut(Schema):
    """For one colleague, told this once; it works for a week."""

    code: str


class JoiningIn(Sent):
    is_accepted: bool
