"""A code on paper, for whom no code reaches: made at the counter, it lets her in once, with her name."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.folding import fold_words
from visavis.journal.models import Entry
from visavis.journal.services import Act, record
from visavis.people.enums import Role
from visavis.people.models import Letter, User
from visavis.tries import handed

KEPT = dt.timedelta(days=30)


class NotByLetter(Refused):
    """The account is closed, or opens more than her own file."""

    words = _("A letter opens only a jobseeker's own file. Colleagues and employers sign in by e-mail.")


class WrongLetter(Refused):
    """No letter has this name and this code, or it was used, or it is too old."""

    words = _(
        "This name and this code do not go together, or the letter is too old. Ask the agency for another."
    )


def make(*, user: User, by: User) -> tuple[Letter, str]:
    """Make a letter, and return its code this once; one made before works no more. Raises NotByLetter."""
    if not user.is_active or set(user.roles) - {Role.JOBSEEKER}:
        raise NotByLetter
    code, now = handed.drawn(), clock.now()
    with transaction.atomic():
        # Two desks at once: the later letter is the one that works.
        User.objects.select_for_update().get(pk=user.pk)
        Letter.objects.filter(user=user, ended_at__isnull=True).update(ended_at=now)
        row = Letter.objects.create(user=user, by=by, digest=digest(code, user.name))
        record(Act(Entry.Action.CREATED, "letter", row.pk, user.pk), by=by.pk)
    return row, code


def use(*, name: str, code: str) -> User:
    """Return whom a letter lets in: once, within two weeks, whoever else tries. Raises WrongLetter."""
    lasting = Letter.objects.filter(
        digest=digest(code, name), ended_at__isnull=True, at__gt=clock.now() - Letter.LIFE
    )
    with transaction.atomic():
        row = lasting.select_related("user").filter(user__is_active=True).first()
        if row is None or set(row.user.roles) - {Role.JOBSEEKER} or not lasting.update(ended_at=clock.now()):
            raise WrongLetter
        record(Act(Entry.Action.CHANGED, "letter", row.pk, row.user_id), by=row.user_id)
    return row.user


def digest(code: str, name: str) -> str:
    """Return what is kept of a code and the name it goes with, however both are typed."""
    return handed.digest("people.letter", code, folded(name))


def folded(name: str) -> str:
    """Return a name as it is compared, its words in any order."""
    return " ".join(sorted(fold_words(name).split()))


def of_long_ago(now: dt.datetime) -> QuerySet[Letter]:
    """Find the letters that have not worked for a month."""
    return Letter.objects.filter(at__lt=now - Letter.LIFE - KEPT)
