"""What is typed of meetings, and into plans."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visavis.casefiles import marking
from visavis.casefiles.enums import Colour, Hurdle, Kind, Met, Purpose, Way, Whose
from visavis.casefiles.models import Mark, Minutes, Note, PlanItem
from visavis.casefiles.plans import Wanted
from visavis.casefiles.services import Text
from visavis.common import clock
from visavis.ui.fields import A_DAY, DayToCome
from visavis.vacancies.questions.form import Words

# How far ahead one is reminded.
FARTHEST = dt.timedelta(days=731)
# As the person reads it herself.
HERS = [(Whose.PERSON, _("Me")), (Whose.US, _("My counsellor")), (Whose.PARTNER, _("Somebody else"))]


class MinutesForm(forms.Form):
    """The draft. `version` says which one the page showed."""

    use_required_attribute = False

    body = Words(
        label=_("What was said"),
        help_text=_("The person reads this once you share it: write to her, in plain words."),
        widget=forms.Textarea(attrs={"rows": 12}),
        max_length=Minutes.LONGEST,
        required=False,
    )
    agreed = Words(
        label=_("What was agreed"),
        help_text=_("One line for each: who does what, until when."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=Minutes.LONGEST_AGREED,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=10**9)

    @property
    def text(self) -> Text:
        return Text(self.cleaned_data["body"], self.cleaned_data["agreed"])

    @property
    def seen(self) -> int:
        return self.cleaned_data.get("version") or 0


class NoteForm(forms.Form):
    """A note for colleagues: why, and what."""

    use_required_attribute = False

    purpose = forms.ChoiceField(
        label=_("What is this note for?"),
        choices=Purpose.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the note is for.")},
    )
    words = Words(
        label=_("What do colleagues have to know?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=Note.LONGEST,
        error_messages={"required": _("Write the note.")},
    )
    form = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class MarkForm(forms.Form):
    """The mark on a file; nothing of it has to be said, and with nothing it is taken away."""

    use_required_attribute = False

    colour = forms.ChoiceField(
        label=_("How is it marked?"),
        choices=[("", _("No mark")), *Colour.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    remind_on = forms.DateField(
        label=_("Remind me on"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "medium"}),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"],
        error_messages={"invalid": A_DAY},
        required=False,
    )
    words = forms.CharField(label=_("In a few words"), max_length=Mark.LONGEST, required=False)

    def clean_remind_on(self) -> dt.date | None:
        """Take a day of today or of the next two years, or the day that stands there already."""
        day: dt.date | None = self.cleaned_data["remind_on"]
        if (
            day is not None
            and day != self.initial.get("remind_on")
            and not clock.today() <= day <= clock.today() + FARTHEST
        ):
            raise forms.ValidationError(_("Choose today or a later day, of the next two years."))
        return day

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("words") and not said.get("colour") and not said.get("remind_on") and not self.errors:
            self.add_error("words", _("Choose a mark or a day as well: words alone are not kept here."))
        return said

    @property
    def wanted(self) -> marking.Wanted:
        said = self.cleaned_data
        colour = Colour(said["colour"]) if said["colour"] else None
        return marking.Wanted(colour, said["remind_on"], said["words"])


class MeetingForm(forms.Form):
    """A meeting that nobody had booked: how, and on which day."""

    use_required_attribute = False

    met = forms.ChoiceField(label=_("How you met"), choices=Met.choices, initial=Met.PHONE)
    day = forms.DateField(
        label=_("On which day"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "medium"}),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"],
        error_messages={"invalid": A_DAY, "required": A_DAY},
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, initial={"day": clock.today()}, **more)

    def clean_day(self) -> Any:
        """Keep a day that has come."""
        day = self.cleaned_data["day"]
        if day > clock.today():
            raise forms.ValidationError(
                _("This day is still to come. Choose a day until today."), code="to-come"
            )
        if day.year < 2000:
            raise forms.ValidationError(A_DAY, code="long-ago")
        return day


class ItemForm(forms.Form):
    """A goal or an action. `version` says which one the page showed."""

    use_required_attribute = False

    words = Words(
        label=_("In a few words"),
        max_length=PlanItem.LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say in a few words what you want to reach or do.")},
    )
    whose = forms.ChoiceField(label=_("Who does it"), choices=Whose.choices, initial=Whose.PERSON)
    partner = Words(
        label=_("Who, if it is somebody else"),
        help_text=_("For example “the town’s library”."),
        max_length=80,
        required=False,
    )
    due_on = DayToCome(label=_("Until which day"), required=False)
    goal = forms.ChoiceField(label=_("For which goal"), required=False)
    way = forms.ChoiceField(
        label=_("How it was decided"),
        choices=[
            (Way.SITE, _("I propose it: the person is asked")),
            (Way.COUNTER, _("We agreed on it at the agency")),
            (Way.PHONE, _("We agreed on it by phone")),
            (Way.PAPER, _("We agreed on it on paper")),
        ],
        initial=Way.SITE,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=10**9)

    def __init__(self, data: Any, *, kind: Kind, sheet: Any, item: PlanItem | None = None) -> None:
        self.item = item
        told = (
            {name: getattr(item, name) for name in ("words", "whose", "partner", "due_on", "version")}
            if item
            else {}
        )
        super().__init__(data, initial=told | ({"goal": item.goal_id} if item else {}))
        goals = sheet.plan.items.filter(kind=Kind.GOAL) if sheet.plan else ()
        self.goals = {str(one.pk): one for one in goals if one.is_open or (item and item.goal_id == one.pk)}
        named: Any = self.fields["goal"]
        named.choices = [
            ("", _("None in particular")),
            *((key, one.words) for key, one in self.goals.items()),
        ]
        if kind == Kind.GOAL or not self.goals:
            del self.fields["goal"]
        if kind == Kind.GOAL:
            del self.fields["whose"], self.fields["partner"]
        if sheet.is_hers:
            del self.fields["way"]
            if kind == Kind.ACTION:
                whose: Any = self.fields["whose"]
                whose.choices = HERS
        if item and item.due_on and item.due_on < clock.today():
            # A day that is past stays as it is until another is chosen.
            self.fields["due_on"] = forms.DateField(
                label=_("Until which day"),
                required=False,
                widget=self.fields["due_on"].widget,
                error_messages={"invalid": A_DAY},
            )

    def clean(self) -> dict[str, Any]:
        """Ask who, where it is somebody else."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("whose") == Whose.PARTNER and not given.get("partner"):
            self.add_error("partner", _("Say who does it."))
        return given

    @property
    def wanted(self) -> Wanted:
        given = self.cleaned_data
        return Wanted(
            given["words"],
            Whose(given.get("whose") or Whose.PERSON),
            given.get("partner") or "",
            given.get("due_on"),
            self.goals.get(given.get("goal") or ""),
        )

    @property
    def seen(self) -> int:
        return self.cleaned_data.get("version") or 0


class WhyForm(forms.Form):
    """Why something is given up."""

    use_required_attribute = False

    why = Words(label=_("Why"), max_length=PlanItem.LONGEST, required=False)


class HurdlesForm(forms.Form):
    """What stands in the way. She says as well what her counsellor does not see."""

    use_required_attribute = False

    shown = forms.MultipleChoiceField(
        label=_("My counsellor knows about it"),
        choices=Hurdle.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    hidden = forms.MultipleChoiceField(
        label=_("I keep it for myself"),
        help_text=_("Only you see it here. It changes nothing of what you are offered."),
        choices=Hurdle.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, data: Any, *, sheet: Any) -> None:
        known = sheet.plan.hurdles if sheet.plan else []
        initial = {
            "shown": [code for code, is_shown in known if is_shown],
            "hidden": [code for code, is_shown in known if not is_shown],
        }
        super().__init__(data, initial=initial)
        if not sheet.is_hers:
            del self.fields["hidden"]
            self.fields["shown"].label = _("What the person said")


class ReviewForm(forms.Form):
    """The day on which both look at the plan again."""

    use_required_attribute = False

    day = DayToCome(label=_("Look at the plan again on"))
