"""What each role sees first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from visavis.agencies.models import Agency
from visavis.jobseekers import of_agency
from visavis.journal.models import Entry
from visavis.people import waiting, wording
from visavis.people.asked import AskedBy
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.requests import actor_of
from visavis.portal.desk import caseload
from visavis.ui import plots

# Whose home page says what waits.
WAITED_FOR = (Role.JOBSEEKER, Role.COUNSELLOR, Role.RECEPTION, Role.HEAD, Role.EMPLOYER)


AGENCIES = AskedBy(lambda actor: Agency.objects.of(actor).select_related("commune"))


@dataclass(frozen=True)
class Section:
    """One role's part of the home page: a template and what it shows."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


def sections(request: HttpRequest) -> list[Section]:
    """Return the parts for all roles of a person, in a fixed order."""
    actor = actor_of(request)
    makers: dict[Role, Callable[[User], Section]] = {
        Role.JOBSEEKER: lambda actor: Section("portal/jobseeker.html"),
        Role.COUNSELLOR: counsellor,
        Role.RECEPTION: reception,
        Role.HEAD: head,
        Role.EMPLOYER: lambda actor: Section("portal/employer.html"),
        Role.PROTECTION: protection,
        Role.HELPER: lambda actor: Section("mandates/helped.html"),
    }
    # What somebody asked for and has not yet stands first.
    asked = waiting.home(request, None)
    made = [Section("portal/asked.html", asked)] if asked else []
    for role, make in makers.items():
        if role in actor.roles:
            section = make(actor)
            said: dict[str, Any] = {}
            if role in WAITED_FOR:
                said["waiting"] = waiting.waiting_for(actor, role)
                said["meetings"] = waiting.meetings_of(actor, role)
            made.append(replace(section, context=section.context | said | waiting.home(request, role)))
    return made


def counsellor(actor: User) -> Section:
    """The ready filters with their counts, who cannot wait, and who said something last."""
    whole, desk = caseload.Caseload(actor), reverse("portal:desk")
    return Section(
        "portal/counsellor.html",
        {
            # All of them, those that hold nobody too, stand at the desk.
            "filters": [one for one in whole.filters(None) if one["count"] or one["url"] == desk],
            "urgent": whole.urgent(),
        },
    )


def reception(actor: User) -> Section:
    """The agency's hours and the way to a person's file."""
    return Section("portal/reception.html", {"agencies": AGENCIES(actor)})


def head(actor: User) -> Section:
    """Figures of the agency, without names; each that counts people leads to the list that it counts."""
    loads = of_agency.loads(of_agency.desks_of(actor))
    counts = of_agency.counts(actor, loads)
    return Section(
        "portal/head.html",
        {
            "people": counts.everybody,
            "unassigned": counts.unassigned,
            "load": load_plot(of_agency.by_counsellor(loads)),
            "agencies": AGENCIES(actor),
        },
    )


def load_plot(load: Sequence[tuple[str, int]]) -> plots.BarPlot:
    """Draw how many people each counsellor follows."""
    rows = [plots.BarRow(name, float(number), str(number)) for name, number in load]
    return plots.bars(
        rows,
        title=_("People followed by each counsellor"),
        label_words=_("Counsellor"),
        value_words=_("People"),
    )


def protection(actor: User) -> Section:
    """What was done and read lately, in numbers."""
    counts = Entry.objects.values_list("action").annotate(number=Count("pk")).order_by("-number")
    rows = [{"action": wording.action(code), "number": number} for code, number in counts]
    return Section("portal/protection.html", {"counts": rows})


def retention() -> list[dict[str, str]]:
    """Return what is kept, for how long and why: the table of docs/operations.md in plain words."""
    return [
        {
            "label": _("Your profile"),
            "value": _(
                "As long as you use your account. After two years without use it is closed, and erased 30 days"
                " later: we tell you before. You can take it away or correct it at any time."
            ),
        },
        {
            "label": _("Your opinions of openings"),
            "value": _(
                "As long as your profile. Your counsellor reads them. An employer learns only that somebody"
                " is interested, without a name."
            ),
        },
        {
            "label": _("Your introductions and hires"),
            "value": _(
                "As long as your profile. Your counsellor reads them, and the employer those put to him:"
                " without your name until you have both said yes, and for a year after their end. Hires are"
                " counted, without names, in what"
                " people hired for a work have in common."
            ),
        },
        {
            "label": _("The searches you keep"),
            "value": _(
                "Until you remove them, or six months after you stopped them. Other searches are not kept:"
                " nobody writes down what you look for."
            ),
        },
        {
            "label": _("The lists shown"),
            "value": _(
                "At least six months: what was shown, from what, by which version. The law asks for it."
            ),
        },
        {"label": _("Who read your file"), "value": _("Twelve months. You can read it in your account.")},
        {"label": _("Your interests"), "value": _("Only those you put in your file. No employer sees them.")},
    ]
