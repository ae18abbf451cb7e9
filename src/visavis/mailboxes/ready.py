"""Texts that an agency keeps ready: one a title; the last written stands."""

from django.utils.translation import gettext_lazy as _

from visavis.agencies.models import Agency
from visavis.common.errors import Refused
from visavis.mailboxes.models import ReadyText
from visavis.people.enums import Role
from visavis.people.models import User

MOST = 50


class TooMany(Refused):
    """A list that nobody reads to its end helps nobody."""

    words = _("There are 50 ready texts already. Take one away first.")


def keep(*, title: str, body: str, by: User) -> ReadyText:
    """Keep a text for the colleagues of the agency; of a title that is there the words are changed. Raises TooMany."""
    agency = Agency.objects.filter(organisation__in=by.organisation_ids(Role.COUNSELLOR)).earliest("pk")
    kept = ReadyText.objects.filter(agency=agency)
    if not kept.filter(title=title).exists() and kept.count() >= MOST:
        raise TooMany
    return ReadyText.objects.update_or_create(agency=agency, title=title, defaults={"body": body})[0]
