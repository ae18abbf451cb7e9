"""Open a file for a person, ask for an employer’s account, let colleagues into a team."""

from django.db import transaction
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router, Status

from visavis.api import callers, grave, problems, wording
from visavis.api.declaring import operation
from visavis.api.problems import Problem, Wrong
from visavis.api.scopes import Scope
from visavis.api.shapes.common import Id
from visavis.api.shapes.hire.begin import (
    AskedOut,
    CodeOut,
    EmployerIn,
    FileIn,
    FileOut,
    JoiningIn,
    JoiningOut,
    MemberOut,
    TeamOut,
    TeamsOut,
)
from visavis.employers import members, services
from visavis.employers.forms import AskForm, PersonFields
from visavis.employers.models import Account, Joining
from visavis.employers.views.desk import person_of
from visavis.jobseekers import assigning, permissions
from visavis.jobseekers import services as jobseekers
from visavis.jobseekers.forms.people import NewcomerForm
from visavis.people.enums import Role
from visavis.people.models import User

router = Router(tags=["team"])


@operation(router.post, "/people/new", scope=Scope.PEOPLE_WRITE, status=201)
def open_file(request: HttpRequest, sent: FileIn) -> Status[FileOut]:
    """Open a file for somebody at the counter or on the phone."""
    actor = callers.of(request).user
    if not permissions.can_register_people(actor):
        raise Http404
    said = sent.model_dump() | {"agency": sent.agency_id, "counsellor": sent.counsellor_id or ""}
    form = NewcomerForm(said, by=actor)
    if not form.is_valid():
        raise Problem(problems.INVALID, errors=wording.of_form(form))
    chosen = form.cleaned_data
    try:
        row = jobseekers.register(
            newcomer=form.newcomer, agency=chosen["agency"], counsellor=chosen["counsellor"], by=actor
        )
    except (jobseekers.AlreadyKnown, assigning.NotHere) as refusal:
        raise Problem(problems.REFUSED, str(refusal)) from refusal
    return Status(201, FileOut(id=row.pk, name=row.user.name))


@operation(router.post, "/employer-accounts", scope=Scope.EMPLOYERS_ASK, status=201)
def ask_employer_account(request: HttpRequest, sent: EmployerIn) -> Status[AskedOut]:
    """Ask for an employer’s account: for oneself, or by the agency for who telephones. It is checked first."""
    actor = callers.of(request).user
    form = AskForm(sent.model_dump(exclude={"contact"}), user=actor)
    if not form.is_valid():
        raise Problem(problems.INVALID, errors=wording.of_form(form))
    is_agency = actor.has_role(Role.COUNSELLOR, Role.HEAD)
    if is_agency != (sent.contact is not None):
        said = _("Say who speaks for the employer.") if is_agency else _("You ask for yourself: name nobody.")
        raise Problem(problems.INVALID, errors=[Wrong("body", "contact", said)])
    with transaction.atomic():
        contact = spoken_for(sent, actor) if is_agency else actor
        made = services.ask(asked=form.asked(), contact=contact, by=actor)
    return Status(201, asked(made))


@operation(router.post, "/employer-accounts/{int:account_id}/withdraw", scope=Scope.EMPLOYERS_ASK)
def withdraw_employer_account(request: HttpRequest, account_id: Id) -> AskedOut:
    """Take one’s own request back before it is decided."""
    actor = callers.of(request).user
    row = get_object_or_404(Account.objects.visible_to(actor).filter(contact=actor), pk=account_id)
    return asked(services.withdraw(account=row, by=actor))


@operation(router.get, "/team", scope=Scope.TEAM_READ)
def read_team(request: HttpRequest) -> TeamsOut:
    """Read who belongs to one’s team, who asks to join, and where one’s requests stand."""
    actor = callers.of(request).user
    own = list(Account.objects.joined_by(actor).select_related("employer"))
    others = Account.objects.filter(contact=actor).exclude(pk__in=[row.pk for row in own])
    return TeamsOut(items=[team(row, actor) for row in own], requests=[asked(row) for row in others])


@operation(router.post, "/team/{int:account_id}/codes", scope=Scope.TEAM_WRITE, status=201)
def invite_colleague(request: HttpRequest, account_id: Id) -> Status[CodeOut]:
    """Make a code for one colleague: told this once, it works for a week."""
    row = get_object_or_404(Account.objects.joined_by(callers.of(request).user), pk=account_id)
    with grave.acting(request) as actor:
        return Status(201, CodeOut(code=members.invite(account=row, by=actor)))


@operation(router.post, "/team/joinings/{int:joining_id}/answer", scope=Scope.TEAM_WRITE)
def answer_joining(request: HttpRequest, joining_id: Id, sent: JoiningIn) -> TeamsOut:
    """Say yes or no to somebody who asks to join one’s team."""
    actor = callers.of(request).user
    mine = Account.objects.joined_by(actor)
    row = get_object_or_404(Joining.objects.visible_to(actor).filter(account__in=mine), pk=joining_id)
    with grave.acting(request):
        members.answer(joining=row, accepted=sent.is_accepted, by=actor)
    return read_team(request)


def spoken_for(sent: EmployerIn, by: User) -> User:
    """Return the account of who speaks for the employer, as the agency's page finds or opens it."""
    form = PersonFields(sent.contact.model_dump() if sent.contact else {})
    if not form.is_valid():
        wrong = [Wrong(one.where, f"contact.{one.field}", one.detail) for one in wording.of_form(form)]
        raise Problem(problems.INVALID, errors=wrong)
    return person_of(form, by)


def asked(row: Account | Joining) -> AskedOut:
    """Return where a request stands."""
    if isinstance(row, Joining):
        return AskedOut(account_id=None, joining_id=row.pk, name=row.account.name, state=row.state)
    return AskedOut(account_id=row.pk, joining_id=None, name=row.name, state=row.state)


def team(account: Account, actor: User) -> TeamOut:
    """Return the people of an account, and who asks to be one of them."""
    waiting = Joining.objects.answerable_by(actor).filter(account=account).select_related("user")
    return TeamOut(
        account_id=account.pk,
        name=account.name,
        members=[MemberOut(name=one.user.name, since=one.starts_on) for one in account.members()],
        joinings=[JoiningOut(id=one.pk, name=one.user.name, asked_at=one.asked_at) for one in waiting],
    )
