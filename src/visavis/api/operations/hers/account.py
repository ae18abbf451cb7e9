"""One’s account: how one is reached, who may act for one, what one agreed to, taking all away, and its end."""

import hashlib
import json
from typing import cast

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Router, Status

from visavis.api import callers, grave, problems, wording
from visavis.api.declaring import operation
from visavis.api.problems import Problem
from visavis.api.scopes import Scope
from visavis.api.shapes.common import Id, filled
from visavis.api.shapes.hers.account import (
    ClosedOut,
    CloseIn,
    ClosingOut,
    ConsentIn,
    ConsentOut,
    ConsentsOut,
    EndingOut,
    MandateIn,
    MandateOut,
    MandatesOut,
    OfferedOut,
    ReachIn,
    ReachOut,
    StandingOut,
)
from visavis.consents import services as consents
from visavis.consents.models import Consent
from visavis.consents.purposes import PURPOSES
from visavis.jobseekers.services import change_reach as reach_otherwise
from visavis.leaving import services as leaving
from visavis.leaving import taking
from visavis.leaving.models import UNDONE_FOR
from visavis.mandates import errands
from visavis.mandates import services as mandates
from visavis.mandates.enums import Way
from visavis.mandates.models import Mandate
from visavis.mandates.services import Asked
from visavis.people import services as people
from visavis.people.forms import ChannelForm, NameForm, PostalAddressForm
from visavis.people.models import User

router = Router(tags=["account"])
READ = Scope.ACCOUNT_READ


# How one is reached -------------------------------------------------------------------------------------


@operation(router.get, "/account/reach", scope=READ)
def read_reach(request: HttpRequest) -> ReachOut:
    """Read one’s name and how one is reached."""
    return reached(callers.of(request).user)


@operation(router.put, "/account/reach", scope=Scope.REACH_WRITE)
def change_reach(request: HttpRequest, sent: ReachIn) -> ReachOut:
    """Change one’s name, one’s postal address or how one is reached."""
    said = sent.model_dump(exclude_none=True)
    kinds = {"name": NameForm, "channel": ChannelForm, "postal_address": PostalAddressForm}
    given = {name: checked(kinds[name](said))[name] for name in said}
    with grave.acting(request) as person:
        actor = User.objects.get(pk=person.pk)
        if "name" in given:
            people.change_name(user=actor, name=given["name"], by=actor)
        if given.keys() & {"channel", "postal_address"}:
            now = {"channel": actor.channel, "postal_address": actor.postal_address}
            reach_otherwise(user=actor, by=actor, **{name: given.get(name, now[name]) for name in now})
    return reached(actor)


def checked(form: forms.Form) -> dict[str, str]:
    """Return what a form of the page found right, else say what is wrong."""
    if not form.is_valid():
        raise Problem(problems.INVALID, errors=wording.of_form(form))
    return form.cleaned_data


def reached(user: User) -> ReachOut:
    pages = {f"{one}_page": settings.SITE_URL + reverse(f"people:{one}") for one in ("email", "phone")}
    return filled(ReachOut, user, **pages)


# Who may act for one ------------------------------------------------------------------------------------


@operation(router.get, "/account/mandates", scope=READ)
def list_mandates(request: HttpRequest) -> MandatesOut:
    """List who may act for one, or might."""
    actor = callers.of(request).user
    rows = Mandate.objects.visible_to(actor).filter(person=actor).with_words()
    return MandatesOut(items=[shown(row) for row in rows])


@operation(router.post, "/account/mandates", scope=Scope.MANDATES_WRITE, status=201)
def offer_mandate(request: HttpRequest, sent: MandateIn) -> Status[OfferedOut]:
    """Prepare a mandate: the code, told this once, is for who will help."""
    asked = Asked(sent.days, errands.whole(sent.errands))
    with grave.acting(request) as actor:
        row, code = mandates.offer(person=actor, asked=asked, by=actor, way=Way.PROGRAM)
    return Status(201, OfferedOut(mandate=shown(row), code=code))


@operation(router.post, "/account/mandates/{int:mandate_id}/end", scope=Scope.MANDATES_WRITE)
def end_mandate(request: HttpRequest, mandate_id: Id) -> MandateOut:
    """End a mandate at once."""
    actor = callers.of(request).user
    row = get_object_or_404(Mandate.objects.visible_to(actor).filter(person=actor), pk=mandate_id)
    with grave.acting(request):
        mandates.end(mandate=row, by=actor, way=Way.PROGRAM)
    return shown(Mandate.objects.with_words().get(pk=row.pk))


def shown(row: Mandate) -> MandateOut:
    return filled(
        MandateOut,
        row,
        helper=row.helper.name if row.helper else None,
        organisation=row.organisation.name if row.organisation else None,
    )


# What one agreed to -------------------------------------------------------------------------------------


@operation(router.get, "/account/consents", scope=READ)
def list_consents(request: HttpRequest) -> ConsentsOut:
    """List what one may agree to, with the words, and which yes stands."""
    return agreed(callers.of(request).user)


@operation(router.post, "/account/consents/{slug:purpose}", scope=Scope.CONSENTS_WRITE)
def give_consent(request: HttpRequest, purpose: str, sent: ConsentIn) -> ConsentsOut:
    """Say yes to the words that were shown: their SHA-256 comes back with it."""
    if purpose not in PURPOSES:
        raise Http404
    if consents.digest(consents.words_of(purpose)) != sent.words_sha256:
        raise Problem(problems.STALE)
    with grave.acting(request) as actor:
        consents.give(user=actor, purpose=purpose, by=actor)
    return agreed(actor)


@operation(router.delete, "/account/consents/{slug:purpose}", scope=Scope.CONSENTS_WRITE)
def take_consent_back(request: HttpRequest, purpose: str) -> ConsentsOut:
    """Take a yes back: nothing is used any more from now on."""
    if purpose not in PURPOSES:
        raise Http404
    with grave.acting(request) as actor:
        consents.withdraw(user=actor, purpose=purpose, by=actor)
    return agreed(actor)


def agreed(user: User) -> ConsentsOut:
    """Return every purpose with its words in the language of the request, and the yes that stands."""
    rows = {row.purpose: row for row in Consent.objects.visible_to(user).in_force()}
    items = []
    for code, purpose in PURPOSES.items():
        words = consents.words_of(code)
        standing = filled(StandingOut, rows[code]) if code in rows else None
        digest = consents.digest(words)
        title = str(purpose.title)
        items.append(
            ConsentOut(purpose=code, title=title, words=words, words_sha256=digest, standing=standing)
        )
    return ConsentsOut(items=items)


# Leaving ------------------------------------------------------------------------------------------------


@operation(router.post, "/account/data", scope=Scope.DATA_READ)
def take_data(request: HttpRequest) -> HttpResponse:
    """Take away all that is kept about one: a ZIP of a page to read, a file for programs and what one sent."""
    with grave.acting(request) as actor:
        # What writes the description of the programs' doors knows answers of one kind only.
        return cast(HttpResponse, taking.download(actor, by=actor))


@operation(router.get, "/account/closing", scope=READ)
def read_closing(request: HttpRequest) -> ClosingOut:
    """Read what would end with one’s account, before closing it."""
    return would_end(callers.of(request).user)


@operation(router.post, "/account/close", scope=Scope.ACCOUNT_CLOSE)
def close_account(request: HttpRequest, sent: CloseIn) -> ClosedOut:
    """Close one’s account, once one has read what ends with it. For thirty days it can be opened again."""
    if would_end(callers.of(request).user).version != sent.version:
        raise Problem(problems.STALE)
    with grave.acting(request) as actor:
        closing = leaving.close(user=actor, by=actor)
    page = settings.SITE_URL + leaving.reopen_url(actor)
    return ClosedOut(erased_on=closing.erased_on, reopen_page=page)


def would_end(user: User) -> ClosingOut:
    """Return what closing would do now, and a mark of all of it."""
    found = [EndingOut(why=str(one.why), names=one.names) for one in leaving.endings(user)]
    read = json.dumps([user.pk, [one.model_dump() for one in found]], ensure_ascii=False)
    version = hashlib.sha256(read.encode()).hexdigest()
    return ClosingOut(days=UNDONE_FOR.days, endings=found, version=version)
