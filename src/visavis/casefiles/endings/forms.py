"""What is typed to end a follow-up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visavis.casefiles.endings import services
from visavis.casefiles.endings.enums import NOTED, Reason, Side, Way
from visavis.casefiles.endings.services import Origin, Wanted
from visavis.casefiles.models import Ending
from visavis.people.models import User
from visavis.ui.fields import DayToCome
from visavis.vacancies.questions.form import Words

# As she says it herself; that she does not answer, nobody says of herself.
HERS = [
    (Reason.AT_WORK, _("I work")),
    (Reason.TRAINING, _("I am in training")),
    (Reason.MOVED, _("I live elsewhere now")),
    (Reason.RETIRED, _("I am retired")),
    (Reason.NO_WISH, _("I do not wish to be followed")),
    (Reason.OTHER, _("Something else")),
]


class ReasonForm(forms.Form):
    """Why a follow-up is to end: as she says it."""

    use_required_attribute = False
    no_words: Any = _("Say in a few words why.")

    reason = forms.ChoiceField(
        label=_("Why"),
        choices=HERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason."), "invalid_choice": _("Choose a reason.")},
    )
    words = Words(
        label=_("In a few words, if you like"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=Ending.LONGEST,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for words where the list has none."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("reason") == Reason.OTHER and not given.get("words"):
            self.add_error("words", self.no_words)
        return given

    @property
    def wanted(self) -> Wanted:
        given = self.cleaned_data
        return Wanted(Reason(given["reason"]), given.get("words") or "", given.get("ends_on"))


class ProposeForm(ReasonForm):
    """The same, as the agency says it, with the day; or as somebody of the service writes it down for her."""

    no_words = services.NoWords.words

    ends_on = DayToCome(label=_("Not before which day"))
    way = forms.ChoiceField(
        label=_("Whose wish it is"),
        choices=[
            (Way.SITE, _("I propose it")),
            (Way.PHONE, _("The person asked for it by phone")),
            (Way.COUNTER, _("The person asked for it at the agency")),
            (Way.PAPER, _("The person asked for it by letter")),
        ],
        initial=Way.SITE,
    )

    def __init__(self, data: Any = None, *, reason: str = "") -> None:
        first = {"ends_on": services.first_day()} | ({"reason": reason} if reason in Reason.values else {})
        super().__init__(data, initial=first)
        named: Any = self.fields["reason"]
        named.choices = Reason.choices
        self.fields["words"].label = _("In a few words, if the list does not say enough")
        self.fields["words"].help_text = _(
            "The person reads it. Write plainly, and nothing of health or belief."
        )

    def origin(self, by: User) -> Origin:
        """Return whose word it is: the agency's, or hers as somebody heard it."""
        way = Way(self.cleaned_data["way"])
        return Origin(by, Side.PERSON if way in NOTED else Side.AGENCY, way)
