"""What changes people: their account, their roles, the way to reach them. Every change is journalled."""

import datetime as dt
from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.base import SessionBase
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.common.listeners import Listeners
from visavis.journal.models import Entry
from visavis.journal.services import Act, record
from visavis.people import outgoing
from visavis.people.addresses import Address
from visavis.people.enums import Channel, Role
from visavis.people.models import Membership, Organisation, Session, User
from visavis.people.sessions import own

SECOND_FACTOR_KEY = "second_factor_done"
CHANGED, CREATED = Entry.Action.CHANGED, Entry.Action.CREATED


# What else opens her account, and ends with her sessions: all or nothing, unlike what a listener does.
ENDED_WITH_SESSIONS: list[Callable[[User, User | None], object]] = []

AFTER_SIGN_UP = Listeners[User]()
"""Called with who has just opened her own account, after the commit."""


class AddressTaken(Refused):
    """Another account has this address already."""


class CannotBeReached(Refused):
    """The channel asked for has no address on this account."""


class AlreadyHasRole(Refused):
    """She holds this role there today."""


def register(*, name: str, address: Address | None, language: str, by: User | None = None) -> User:
    """Open an account for a jobseeker. `by` is the staff member at the counter, or nobody: herself.

    Raises AddressTaken when the address opens another account.
    """
    with transaction.atomic():
        user = open_account(name=name, address=address, language=language, by=by)
        give_role(user=user, role=Role.JOBSEEKER, by=by or user)
        if by is None:
            AFTER_SIGN_UP.call(user)
    return user


def open_account(
    *,
    name: str,
    address: Address | None,
    language: str,
    by: User | None = None,
    channel: Channel | None = None,
) -> User:
    """Open an account without a role. Raises AddressTaken."""
    fields: dict[str, str] = {} if address is None else {address.kind: address.value}
    usual = Channel.COUNTER if address is None else Channel.WEB if address.kind == "email" else Channel.SMS
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                name.strip(),
                language=language,
                channel=channel or usual,
                phone_is_verified=by is None and "phone" in fields,
                **fields,
            )
            record(Act(CREATED, "account", user.pk, user.pk), by=(by or user).pk)
    except IntegrityError as error:
        raise AddressTaken(_("This address opens another account already.")) from error
    return user


def give_role(
    *,
    user: User,
    role: Role,
    by: User | None,
    organisation: Organisation | None = None,
    starts_on: dt.date | None = None,
) -> Membership:
    """Give a role from a day on, today if none is given. Raises AlreadyHasRole."""
    day = starts_on or clock.today()
    with transaction.atomic():
        held = (
            Membership.objects.select_for_update()
            .filter(user=user, role=role, organisation=organisation)
            .first()
        )
        if held and (held.ends_on is None or held.ends_on >= day):
            raise AlreadyHasRole(_("This person has this role already."))
        if held:
            held.starts_on, held.ends_on = day, None
            held.save(update_fields=["starts_on", "ends_on"])
        else:
            held = Membership.objects.create(user=user, role=role, organisation=organisation, starts_on=day)
        record(Act(CREATED, "membership", held.pk, user.pk, note=role.value), by=by.pk if by else None)
    user.__dict__.pop("current_memberships", None)
    return held


def end_role(*, membership: Membership, by: User | None) -> None:
    """End a role at once: the next page asked for is refused, and every session of hers is over."""
    user, today = membership.user, clock.today()
    with transaction.atomic():
        record(
            Act(Entry.Action.DELETED, "membership", membership.pk, user.pk, note=membership.role),
            by=by.pk if by else None,
        )
        if membership.starts_on < today:
            membership.ends_on = today - dt.timedelta(days=1)
            membership.save(update_fields=["ends_on"])
        else:
            membership.delete()
        end_sessions(user=user, by=by)
    user.__dict__.pop("current_memberships", None)


def end_sessions(*, user: User, by: User | None = None) -> None:
    """Sign her out everywhere: every session, what it trusted, and every key that a program has of her."""
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(sign_outs=F("sign_outs") + 1)
        own.end(user)
        for end in ENDED_WITH_SESSIONS:
            end(user, by)


def change_name(*, user: User, name: str, by: User) -> None:
    user.name = name.strip()
    _keep(user, "name", "folded_name", "name_key", by=by)


def change_language(*, user: User, language: str, by: User) -> None:
    user.language = language
    _keep(user, "language", by=by, note=f"language:{language}")


def change_channel(*, user: User, channel: Channel, by: User) -> None:
    """Reach her another way from now on. Raises CannotBeReached when the account lacks the address."""
    if channel == Channel.WEB and not user.email:
        raise CannotBeReached(_("Add your e-mail first, then choose this way."))
    if channel in {Channel.SMS, Channel.PHONE} and not user.phone:
        raise CannotBeReached(_("Add your phone number first, then choose this way."))
    if channel == Channel.POST and not user.postal_address:
        raise CannotBeReached(_("Add your postal address first, then choose this way."))
    user.channel = channel
    _keep(user, "channel", by=by, note=f"channel:{channel.value}")


def change_address(*, user: User, address: Address, by: User) -> None:
    """Put a proven address in the place of the former one. Raises AddressTaken."""
    if address.kind == "email":
        user.email = address.value
        fields = ["email"]
    else:
        user.phone, user.phone_is_verified = address.value, True
        fields = ["phone", "phone_is_verified"]
    try:
        with transaction.atomic():
            _keep(user, *fields, by=by, note=address.kind)
    except IntegrityError as error:
        raise AddressTaken(_("This address opens another account already.")) from error


def note_phone(*, user: User, phone: str, by: User) -> None:
    """Write down a number that the person told the agency, or that there is none; nobody proved it.

    Raises AddressTaken.
    """
    user.phone, user.phone_is_verified = phone or None, False
    try:
        with transaction.atomic():
            _keep(user, "phone", "phone_is_verified", by=by, note="phone")
    except IntegrityError as error:
        raise AddressTaken(_("This address opens another account already.")) from error


def change_postal_address(*, user: User, postal_address: str, by: User) -> None:
    """Send letters elsewhere from now on. Raises CannotBeReached while letters are how she is reached."""
    if not postal_address and user.channel == Channel.POST:
        raise CannotBeReached(_("Letters are how we reach you. Choose another way first."))
    user.postal_address = postal_address
    _keep(user, "postal_address", by=by)


def change_password(*, user: User, password: str, by: User) -> None:
    """Set another password; every session ends, the one in which it is set begins anew."""
    user.set_password(password)
    with transaction.atomic():
        _keep(user, "password", by=by, note="password")
        own.end(user)


def end_session(*, user: User, name: str) -> int:
    """End one of her own sessions from another, by the name under which it rests; return how many ended."""
    return _ended_by_her(user, own.end(user, one=name))


def end_other_sessions(*, user: User, but: str) -> int:
    """End all of her own sessions but the one she asks from; return how many ended."""
    return _ended_by_her(user, own.end(user, but=but))


def _ended_by_her(user: User, ended: int) -> int:
    if ended:
        record(Act(Entry.Action.SIGNED_OUT, "account", user.pk, user.pk, note="elsewhere"), by=user.pk)
    return ended


def _keep(user: User, *fields: str, by: User, note: str = "") -> None:
    with transaction.atomic():
        user.save(update_fields=list(fields))
        record(Act(CHANGED, "account", user.pk, user.pk, note=note or fields[0]), by=by.pk)


def note_factor_added(*, user: User, kind: str) -> None:
    record(Act(CREATED, "second-factor", None, user.pk, note=kind), by=user.pk)


def note_factor_removed(*, user: User, kind: str) -> None:
    record(Act(Entry.Action.DELETED, "second-factor", None, user.pk, note=kind), by=user.pk)


def reset_second_factor(*, user: User, by: User | None) -> int:
    """Take every second factor away from who lost them, end what they had opened, warn her; return how many."""
    with transaction.atomic():
        count = _take_devices(user, by)
        end_sessions(user=user, by=by)
    outgoing.warn(user)
    return count


def end_devices(*, user: User, by: User | None) -> None:
    """Take away what she came in with as staff, applications and keys, once she works nowhere in the service."""
    if User.objects.get(pk=user.pk).is_service_staff:
        return
    with transaction.atomic():
        if Authenticator.objects.filter(user=user).exists():
            _take_devices(user, by)


def _take_devices(user: User, by: User | None) -> int:
    count: int = Authenticator.objects.filter(user=user).delete()[0]
    act = Act(Entry.Action.DELETED, "second-factor", None, user.pk, note="all")
    record(act, by=by.pk if by else None)
    return count


def note_sign_in(*, user: User, how: str) -> None:
    record(Act(Entry.Action.SIGNED_IN, "account", user.pk, user.pk, note=how), by=user.pk)


def note_sign_out(*, user: User) -> None:
    record(Act(Entry.Action.SIGNED_OUT, "account", user.pk, user.pk), by=user.pk)


def note_refused_sign_in(*, user: User | None, how: str) -> None:
    """Record a failure; nobody is known to be the actor. Of an account that does not exist as well, about nobody:
    the same work, so that how long it takes tells nothing."""
    number = user.pk if user else None
    record(Act(Entry.Action.REFUSED, "account", number, number, note=how), by=None)


def mark_second_factor(session: SessionBase, how: str) -> None:
    """Note in the session that a second factor was given, and which: the only writer of this flag."""
    session[SECOND_FACTOR_KEY] = how


def ended_sessions(now: dt.datetime) -> QuerySet[Session]:
    """Find the sessions that have ended."""
    return Session.objects.filter(expire_date__lt=now)
