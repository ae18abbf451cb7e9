"""What waits for the agency and for an employer's people."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.common.prepared import Prepared
from visavis.employers import wording
from visavis.employers.enums import State
from visavis.employers.models import Account, Joining
from visavis.people.asked import AskedBy
from visavis.people.enums import Role
from visavis.people.models import Membership, User
from visavis.people.waiting import App, Waiting
from visavis.vacancies.models import Vacancy

JOINING = AskedBy(lambda actor: Joining.objects.answerable_by(actor).select_related("account", "user"))
REQUESTS = Prepared(lambda user: Account.objects.filter(contact=user).exclude(state=State.OPEN))
JOINING_BY = Prepared(
    lambda user: Joining.objects.filter(user=user, state=Joining.State.ASKED).select_related("account")
)
TO_CHECK = Prepared(lambda: Account.objects.to_check().order_by().values_list("pk", flat=True))
# Of an account that stands open, and to which nobody belongs today who could answer.
ASKED_OF_NOBODY = Prepared(
    lambda: (
        Joining.objects.filter(state=Joining.State.ASKED, account__state=State.OPEN)
        .exclude(
            Exists(
                Membership.objects.current().filter(
                    organisation=OuterRef("account__employer__organisation"), role=Role.EMPLOYER
                )
            )
        )
        .select_related("account")
    )
)
TO_CONFIRM = AskedBy(lambda actor: Vacancy.objects.editable_by(actor).to_confirm().only("title"))


def to_check() -> list[Waiting]:
    """Return, in one line, the requests that the agency has to check."""
    number = TO_CHECK.count()
    if not number:
        return []
    text = ngettext(
        "%(number)s employer asks for an account: call a number that you find yourself.",
        "%(number)s employers ask for an account: call numbers that you find yourself.",
        number,
    )
    url = reverse("employers:desk")
    title = _("Employers to check")
    return [Waiting(text % {"number": number}, url, title=title, label=_("See who asks"), is_hot=True)]


def without_anybody() -> list[Waiting]:
    """Return who asks to join an employer with nobody left, or one that only the agency can answer."""
    return [
        Waiting(
            _("Somebody asks to join, and nobody is left to answer."),
            row.account.url,
            title=row.account.name,
            label=row.account.name,
        )
        for row in ASKED_OF_NOBODY()
    ]


def to_answer(actor: User) -> list[Waiting]:
    """Return who asks to join her employers, and what the agency wrote for them."""
    url = reverse("employers:mine")
    asks = [
        Waiting(_("%(name)s asks to join your team.") % {"name": row.user.name}, url, title=row.account.name)
        for row in JOINING(actor)
    ]
    written = [
        Waiting(
            _("We wrote this vacancy for you: say that it is right, or correct it."),
            reverse("vacancies:confirm", kwargs={"vacancy_id": row.pk}),
            title=row.title,
        )
        for row in TO_CONFIRM(actor)
    ]
    return asks + written


class Employers(App):
    """What accounts say to the home pages."""

    def waiting_for(self, actor: User, role: Role) -> list[Waiting]:
        if role == Role.EMPLOYER:
            return to_answer(actor)
        return to_check() + without_anybody() if role in (Role.COUNSELLOR, Role.HEAD) else []

    def home(self, request: HttpRequest, role: Role | None) -> dict[str, Any]:
        return asked(request) if role is None else {}


def asked(request: HttpRequest) -> dict[str, Any]:
    """Return where the requests of somebody stand who asked for an employer's account and has none."""
    actor = request.user
    if not isinstance(actor, User) or actor.has_role(Role.EMPLOYER):
        return {}
    requests, joinings = REQUESTS(actor.pk), JOINING_BY(actor.pk)
    if not requests and not joinings:
        return {}
    told = [{"row": row, "story": wording.story(row)} for row in requests]
    return {"requests": told, "joinings": joinings}
