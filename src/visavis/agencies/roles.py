"""Who holds which role in an agency, and who decides it."""

from django.utils.translation import gettext_lazy as _

from visavis.agencies.models import Agency
from visavis.common.errors import Refused
from visavis.people.enums import Role
from visavis.people.models import Membership, MembershipQuerySet, User

STAFF = frozenset({Role.COUNSELLOR, Role.RECEPTION, Role.HEAD})


class NotHead(Refused):
    """Only the head of the agency decides this."""


def only_head(agency: Agency, by: User | None) -> None:
    """Refuse everybody but the head; nobody (None) is the installation itself. Raises NotHead."""
    if by is not None and agency.organisation_id not in by.organisation_ids(Role.HEAD):
        raise NotHead(_("Only the head of the agency can do this."))


def held(agency: Agency, user: User | None = None) -> MembershipQuerySet:
    """Return the roles held in an agency today, by everybody or by one."""
    found = Membership.objects.current().filter(organisation=agency.organisation_id, role__in=STAFF)
    return found.filter(user=user) if user is not None else found
