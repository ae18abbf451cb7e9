"""What changes agencies: opening one, its hours, who works there. Every change is journalled."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from visavis.agencies import closures, hours
from visavis.agencies.closures import AFTER_CLOSURE
from visavis.agencies.models import Agency, WeekChange
from visavis.agencies.roles import STAFF, NotHead, only_head
from visavis.catalog.models import Commune
from visavis.common.errors import Refused
from visavis.journal.models import Entry
from visavis.journal.services import Act, record
from visavis.people import services as people
from visavis.people.enums import Role
from visavis.people.models import Membership, Organisation, User

__all__ = ["NotAStaffRole", "NotHead", "change_door", "change_hours", "open_agency", "take_on"]


class NotAStaffRole(Refused):
    """The role is not one of an agency."""


def open_agency(
    *, name: str, address: str, commune: Commune, phone: str, opening_hours: str, by: User | None
) -> Agency:
    """Open an agency. Raises hours.Unreadable before anything is kept."""
    hours.parse(opening_hours)
    with transaction.atomic():
        organisation = Organisation.objects.create(kind=Organisation.Kind.AGENCY, name=name)
        agency = Agency.objects.create(
            organisation=organisation,
            name=name,
            address=address,
            commune=commune,
            phone=phone,
            opening_hours=opening_hours.strip(),
        )
        record(Act(Entry.Action.CREATED, "agency", agency.pk), by=by.pk if by else None)
    return agency


def change_door(*, agency: Agency, name: str, address: str, commune: Commune, phone: str, by: User) -> None:
    """Change what an agency is called, where it is and which number rings there. Raises NotHead."""
    only_head(agency, by)
    told = {"name": name, "address": address, "commune": commune, "phone": phone}
    changed = [field for field, value in told.items() if getattr(agency, field) != value]
    if not changed:
        return
    for field in changed:
        setattr(agency, field, told[field])
    with transaction.atomic():
        agency.save(update_fields=changed)
        if "name" in changed:
            Organisation.objects.filter(pk=agency.organisation_id).update(name=name)
        record(Act(Entry.Action.CHANGED, "agency", agency.pk, note=" ".join(changed)), by=by.pk)


def change_hours(*, agency: Agency, opening_hours: str, by: User) -> None:
    """Change when the door is open, and tell whom it closes. Raises NotHead, or hours.Unreadable: nothing is kept."""
    only_head(agency, by)
    closed = closures.by_another_week(agency=agency, opening_hours=opening_hours, by=by)
    before, agency.opening_hours = agency.opening_hours, opening_hours.strip()
    if agency.opening_hours == before:
        return
    with transaction.atomic():
        agency.save(update_fields=["opening_hours"])
        WeekChange.objects.create(agency=agency, before=before, after=agency.opening_hours, by=by)
        record(Act(Entry.Action.CHANGED, "agency", agency.pk, note="hours"), by=by.pk)
        if closed.stretches:
            AFTER_CLOSURE.call(closed)


def take_on(*, agency: Agency, user: User, role: Role, by: User | None) -> Membership:
    """Let a person work in an agency. Raises NotHead, NotAStaffRole or people.AlreadyHasRole."""
    only_head(agency, by)
    if role not in STAFF:
        raise NotAStaffRole(_("This is not a role of an agency."))
    return people.give_role(user=user, role=role, organisation=agency.organisation, by=by)
