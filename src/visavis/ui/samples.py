"""Invented content for the style page: every component once, as a real page would fill it."""

from dataclasses import dataclass, field

from django import forms
from django.core.paginator import Page, Paginator
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visavis.ui import plots
from visavis.ui.widgets import SuggestInput

TRANSPORTS = [
    ("walk", gettext_lazy("On foot")),
    ("bike", gettext_lazy("By bike")),
    ("transit", gettext_lazy("By bus, tram or train")),
    ("car", gettext_lazy("By car")),
]
OCCUPATIONS = [
    ("M1805", gettext_lazy("Software developer")),
    ("G1602", gettext_lazy("Cook")),
    ("K1304", gettext_lazy("Home help")),
    ("F1703", gettext_lazy("Bricklayer")),
    ("N1103", gettext_lazy("Warehouse worker")),
]


class QuestionForm(forms.Form):
    transport = forms.ChoiceField(
        label=gettext_lazy("How do you travel to work?"),
        help_text=gettext_lazy("We only show openings that you can reach. You can change this at any time."),
        choices=TRANSPORTS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one way of travelling, or skip this question.")},
    )


class SampleForm(QuestionForm):
    occupation = forms.CharField(
        label=gettext_lazy("What work do you look for?"),
        help_text=gettext_lazy("Type any title, for example “cook”."),
        widget=SuggestInput(url=reverse_lazy("ui:suggestions")),
        error_messages={"required": gettext_lazy("Write the work you look for.")},
    )
    hours = forms.DecimalField(label=gettext_lazy("How many hours a week?"), required=False)
    licences = forms.MultipleChoiceField(
        label=gettext_lazy("Which licences do you hold?"),
        choices=[("B", gettext_lazy("B: car")), ("C", gettext_lazy("C: lorry"))],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "two"}),
        required=False,
    )
    department = forms.ChoiceField(
        label=gettext_lazy("Which department?"),
        choices=[("44", "Loire-Atlantique"), ("35", "Ille-et-Vilaine")],
    )
    words = forms.CharField(
        label=gettext_lazy("Is there something else we should know?"),
        max_length=300,
        widget=forms.Textarea,
        required=False,
    )
    agrees = forms.BooleanField(label=gettext_lazy("Call me when an opening suits me."), required=False)


@dataclass(frozen=True, slots=True)
class Fit:
    part: float
    words: str


@dataclass(frozen=True)
class Opening:
    id: str
    title: str
    employer: str
    line: list[str]
    fit: Fit
    reasons: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    url: str = "#"


def openings(prefix: str) -> list[Opening]:
    return [
        Opening(
            id=f"{prefix}-cook",
            title=_("Cook in a school canteen"),
            employer=_("Town of Rezé"),
            line=["Rezé · 18 min", _("Permanent, 35 h"), _("€13.20 an hour")],
            fit=Fit(0.82, _("suits very well")),
            reasons=[
                _("You cooked for 4 years"),
                _("18 minutes by bike"),
                _("No work on Sunday, as you wish"),
            ],
            missing=[_("Food hygiene certificate")],
        ),
        Opening(
            id=f"{prefix}-help",
            title=_("Kitchen assistant"),
            employer=_("Restaurant Les Tilleuls"),
            line=["Nantes · 35 min", _("Fixed term, 6 months"), _("€12.10 an hour")],
            fit=Fit(0.55, _("suits well")),
            reasons=[_("Close to the work you look for"), _("They train new people")],
            notes=[_("Two evenings a week")],
        ),
    ]


def answers() -> list[dict[str, object]]:
    return [
        {"label": _("The work you look for"), "lines": [_("Cook"), _("Home help")], "url": "#"},
        {"label": _("How you travel"), "value": _("By bike, 30 minutes at most"), "url": "#"},
        {"label": _("Lowest pay"), "value": "", "url": "#"},
    ]


def facts() -> list[dict[str, str]]:
    return [
        {"label": _("Contract"), "value": _("Permanent contract")},
        {"label": _("Place"), "value": "Rezé (44)"},
    ]


def dot_plot() -> plots.DotPlot:
    words = plots.DotWords(
        title=_("Skills of the people hired as cooks"),
        label=_("Skill"),
        mean=_("people hired"),
        span=_("nine in ten"),
        own=_("you"),
    )
    rows = [
        plots.DotRow(_("Prepare cold dishes"), 3.1, 2.4, 3.7, 3.0),
        plots.DotRow(_("Plan menus"), 2.2, 1.2, 3.2, 2.8),
        plots.DotRow(_("Keep to food hygiene"), 3.4, 2.9, 3.8, 1.0),
        plots.DotRow(_("Lead a team"), 1.4, 0.6, 2.4, None),
    ]
    return plots.dots(rows, axis=(0, 4), words=words)


def bar_plot() -> plots.BarPlot:
    rows = [
        plots.BarRow(_("Less than a week"), 142, "142"),
        plots.BarRow(_("1 to 3 weeks"), 96, "96"),
        plots.BarRow(_("A month or more"), 31, "31", is_soft=True),
    ]
    return plots.bars(
        rows, title=_("People waiting for an answer"), label_words=_("Since"), value_words=_("People")
    )


def page_of_many() -> "Page[int]":
    return Paginator(range(240), 12).page(5)


def filters() -> list[dict[str, object]]:
    return [
        {"url": "#", "label": _("Waiting for my answer"), "count": 7, "is_current": True, "is_hot": True},
        {"url": "#", "label": _("New to me"), "count": 3},
        {"url": "#", "label": _("Meeting today"), "count": 5},
        {"url": "#", "label": _("No contact for 8 weeks"), "count": 12, "is_hot": True},
    ]


def people() -> list[dict[str, str]]:
    return [
        {
            "name": "Inès Moreau",
            "since": _("Waiting since 4 days"),
            "next": _("Answer her message"),
            "kind": "wait",
        },
        {
            "name": "Karim Benali",
            "since": _("New today"),
            "next": _("First meeting at 10:30"),
            "kind": "info",
        },
        {
            "name": "Rose-Marie Le Goff",
            "since": _("Seen yesterday"),
            "next": _("Share the minutes"),
            "kind": "good",
        },
        {
            "name": "Tomasz Kowalski",
            "since": _("Waiting since 9 days"),
            "next": _("Phone him"),
            "kind": "bad",
        },
    ]
