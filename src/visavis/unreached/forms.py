"""What became of it."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.ui.fields import DayToCome
from visavis.unreached.closing import Noted
from visavis.unreached.enums import CHOSEN, Outcome, Way
from visavis.unreached.models import Attempt

FARTHEST = dt.timedelta(days=92)


class HereForm(forms.Form):
    """What a person says at the counter of how she is reached."""

    use_required_attribute = False

    outcome = forms.ChoiceField(
        label=_("What did the person say?"),
        choices=[
            (Outcome.REACHED.value, _("What we have is right, and works")),
            (Outcome.NEW_ADDRESS.value, _("Another way works now, and I have noted it")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the person said.")},
    )
    form = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    @property
    def noted(self) -> Noted:
        """Return what was said, by who came."""
        return Noted(Outcome(self.cleaned_data["outcome"]), Way.VISIT)


class OutcomeForm(forms.Form):
    """How somebody tried, and what became of it."""

    use_required_attribute = False

    outcome = forms.ChoiceField(
        label=_("What became of it?"),
        choices=[(one.value, one.label) for one in CHOSEN],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what became of it.")},
    )
    way = forms.ChoiceField(label=_("How did you try?"), choices=[("", "–"), *Way.choices], required=False)
    again_on = DayToCome(
        label=_("Try again on"), help_text=_("Only when the person was not reached."), required=False
    )
    words = forms.CharField(
        label=_("In a few words"),
        help_text=_("The person may ask for it and read it."),
        max_length=Attempt.LONGEST,
        required=False,
    )
    form = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean(self) -> dict[str, Any]:
        """Ask how, of whom somebody has reached; ask for a day of the next three months, of what is tried again."""
        said = self.cleaned_data
        outcome = said.get("outcome")
        if outcome == Outcome.REACHED and not said.get("way"):
            self.add_error("way", _("Say how you reached the person."))
        if outcome == Outcome.LATER and "again_on" not in self.errors:
            day, today = said.get("again_on"), clock.today()
            if day is None or not today < day <= today + FARTHEST:
                self.add_error("again_on", _("Choose a day after today, of the next three months."))
        return said

    @property
    def noted(self) -> Noted:
        """Return what was said."""
        said = self.cleaned_data
        outcome = Outcome(said["outcome"])
        return Noted(
            outcome,
            Way(said["way"]) if said["way"] else None,
            said["words"],
            said["again_on"] if outcome == Outcome.LATER else None,
        )
