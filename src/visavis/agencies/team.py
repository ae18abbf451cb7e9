"""Who works in an agency: invited, in another role, gone. Going ends every way in at once."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from visavis.agencies import absences, handing, roles, services
from visavis.agencies.models import Agency, Invitation
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people import services as people
from visavis.people.addresses import Address
from visavis.people.enums import Role
from visavis.people.models import Membership, User
from visavis.tries import handed


class DoesNotWorkHere(Refused):
    """The person has no role in the agency today."""

    words = _("This person does not work in this agency any more.")


class LastHead(Refused):
    """Without her the agency would have no head."""

    words = _("This agency would have no head. Give somebody else this role first.")


class WrongCode(Refused):
    """No invitation has this code and this e-mail, or it is used or too old."""

    words = _(
        "This code and this e-mail do not go together, or the code is older than a week. Ask for a new one."
    )


# Coming ----------------------------------------------------------------------------------------------


def invite(*, agency: Agency, name: str, email: str, role: Role, by: User) -> tuple[Invitation, str]:
    """Invite a colleague; the code is returned this once, to be given on paper. Raises NotHead, NotAStaffRole."""
    roles.only_head(agency, by)
    if role not in roles.STAFF:
        raise services.NotAStaffRole(_("This is not a role of an agency."))
    code = handed.drawn()
    with transaction.atomic():
        row = Invitation.objects.create(
            agency=agency, name=name.strip(), role=role, digest=digest(code, email), by=by
        )
        journal.record(journal.Act(Entry.Action.CREATED, "invitation", row.pk, note=role.value), by=by.pk)
    return row, code


def digest(code: str, email: str) -> str:
    """Return what is kept of a code and the e-mail it goes with."""
    return handed.digest("agencies", code, email.strip().lower())


def take_invitation_back(*, invitation: Invitation, by: User) -> None:
    """End an invitation that nobody has used. Raises NotHead."""
    roles.only_head(invitation.agency, by)
    with transaction.atomic():
        if Invitation.objects.working().filter(pk=invitation.pk).update(ended_at=clock.now()):
            journal.record(journal.Act(Entry.Action.DELETED, "invitation", invitation.pk), by=by.pk)


def accept(*, code: str, email: str, language: str) -> User:
    """Give the role to the account of this e-mail, and open one where there is none. Raises WrongCode.

    The code alone opens nothing: she then signs in by a code sent to this e-mail, and sets up a second factor.
    """
    with transaction.atomic():
        row = Invitation.objects.working().select_related("agency").filter(digest=digest(code, email)).first()
        if row is None or not Invitation.objects.working().filter(pk=row.pk).update(ended_at=clock.now()):
            raise WrongCode
        kept = email.strip().lower()
        user = User.objects.filter(email=kept, is_active=True).first() or people.open_account(
            name=row.name, address=Address("email", kept), language=language
        )
        if not roles.held(row.agency, user).filter(role=row.role).exists():
            services.take_on(agency=row.agency, user=user, role=Role(row.role), by=None)
        journal.record(journal.Act(Entry.Action.CHANGED, "invitation", row.pk, user.pk), by=user.pk)
    return user


# Changing and going ----------------------------------------------------------------------------------


def change_role(*, agency: Agency, user: User, role: Role, by: User) -> None:
    """Give somebody one role in an agency in place of those held; she signs in again.

    Raises NotHead, DoesNotWorkHere, LastHead, NotAStaffRole.
    """
    roles.only_head(agency, by)
    held = _held(agency, user)
    if role != Role.HEAD:
        _check_head(agency, held)
    with transaction.atomic():
        for membership in held:
            if membership.role != role:
                people.end_role(membership=membership, by=by)
        if not any(membership.role == role for membership in held):
            services.take_on(agency=agency, user=user, role=role, by=by)
        if role != Role.COUNSELLOR:
            absences.end_all(agency=agency, user=user, by=by)


def let_go(*, agency: Agency, user: User, by: User | None, to: Sequence[User] = ()) -> int:
    """End all that somebody is in an agency, at once: roles, sessions, tokens, devices, what stands in for others.

    What she held is given to colleagues where some are named; else it is nobody's, and the head's page says so.
    Returns how many roles ended. Raises NotHead, DoesNotWorkHere, LastHead.
    """
    roles.only_head(agency, by)
    held = _held(agency, user)
    if by is not None:
        _check_head(agency, held)
    with transaction.atomic():
        if to and handing.preview(user, agency):
            handing.hand_over(agency=agency, former=user, to=to, by=by)
        for membership in held:
            people.end_role(membership=membership, by=by)
        people.end_devices(user=user, by=by)
        absences.end_all(agency=agency, user=user, by=by)
        Invitation.objects.working().filter(agency=agency, by=user).update(ended_at=clock.now())
    return len(held)


def _held(agency: Agency, user: User) -> list[Membership]:
    found = list(roles.held(agency, user).select_related("user"))
    if not found:
        raise DoesNotWorkHere
    return found


def _check_head(agency: Agency, going: Sequence[Membership]) -> None:
    others = roles.held(agency).filter(role=Role.HEAD).exclude(pk__in=[one.pk for one in going])
    if any(one.role == Role.HEAD for one in going) and not others.exists():
        raise LastHead
