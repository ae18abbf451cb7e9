"""Forms beside the five questions: beginning, pasting, publishing, closing."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.people.models import User
from visavis.vacancies import permissions, services
from visavis.vacancies.models import Employer, Why
from visavis.vacancies.questions.form import Words

MOST_PASTED = 20_000


class EmployerForm(forms.Form):
    """For whom: asked of those who write for others, or who belong to several employers."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, actor: User, chosen: Employer | None = None) -> None:
        super().__init__(data)
        self.actor, self.chosen = actor, chosen
        self.own = permissions.own_employers(actor)
        if chosen is not None:
            return
        if permissions.writes_for_others(actor):
            self.fields["employer"] = Words(
                label=_("For which employer?"),
                help_text=_("Its name as it is known. It must have an account: else open one on the phone."),
                max_length=200,
                error_messages={"required": _("Write the name of the employer.")},
            )
        elif len(self.own) > 1:
            self.fields["employer"] = forms.ChoiceField(
                label=_("For which employer?"), choices=[(one.pk, one.name) for one in self.own]
            )
        self.order_fields(["employer"])

    def clean_employer(self) -> Employer:
        said: str = self.cleaned_data["employer"]
        if isinstance(self.fields["employer"], forms.ChoiceField):
            return next(one for one in self.own if str(one.pk) == said)
        try:
            return services.employer_named(name=said)
        except services.UnknownEmployer as refusal:
            raise ValidationError(str(refusal), code="unknown") from refusal

    def employer(self) -> Employer:
        """Return the employer: the one chosen before, her own or the one named."""
        return self.chosen or self.cleaned_data.get("employer") or self.own[0]


class PasteForm(EmployerForm):
    text = Words(
        label=_("Text of the vacancy"),
        help_text=_(
            "From a letter, an e-mail or another site. You check what was understood before anything is published."
        ),
        max_length=MOST_PASTED,
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={
            "required": _("Paste the text of the vacancy."),
            "max_length": _(
                "This text is too long: %(show_value)s characters. We can keep %(limit_value)s: shorten it."
            ),
        },
    )


class PublishForm(forms.Form):
    use_required_attribute = False
    closes_on = forms.DateField(
        label=_("Until which day may people answer?"),
        help_text=_("Ninety days at most. You can close it earlier at any time."),
        widget=forms.DateInput(attrs={"type": "date", "class": "medium"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose a closing day."),
            "invalid": _("Write a date, for example 15/01/2027."),
        },
    )

    def __init__(self, data: Any = None, *, may_except: bool) -> None:
        super().__init__(
            data, initial={"closes_on": clock.today() + dt.timedelta(days=services.MOST_DAYS_OPEN)}
        )
        if may_except:
            self.fields["legal_exception"] = Words(
                label=_("Which legal exception applies?"),
                help_text=_(
                    "Only if the words above must stay, for example an actress for a woman’s part. "
                    "Your reason is recorded with your name."
                ),
                required=False,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 3}),
            )


class CloseForm(forms.Form):
    use_required_attribute = False
    is_filled = forms.ChoiceField(
        label=_("Why do you close it?"),
        choices=[("yes", _("We found someone.")), ("no", _("For another reason."))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )


class ReportForm(forms.Form):
    """What is wrong with an ad: one of the reasons, or words."""

    use_required_attribute = False
    why = forms.ChoiceField(
        choices=Why.choices,
        error_messages={"required": _("Choose what is wrong."), "invalid_choice": _("Choose what is wrong.")},
    )
    words = Words(
        label=_("What is wrong?"),
        help_text=_("In your words. Give neither your name nor your number: you stay unknown."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class HideForm(forms.Form):
    """Why an ad is hidden: its employer reads it."""

    use_required_attribute = False
    why = forms.ChoiceField(
        label=_("Why do you hide it?"),
        choices=Why.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why: the employer reads it.")},
    )
    words = Words(
        label=_("A word to the employer"),
        help_text=_("What to change, for instance. Say nothing of who reported it."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
