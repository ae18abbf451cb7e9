"""What reception says before a person's pages open."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visavis.counter.enums import Ground

NOT_OFFERED = _("Choose among the answers of the page.")


class OpenForm(forms.Form):
    """What she showed, where no ticket of hers is at this desk; and that it is she, where others share her name."""

    use_required_attribute = False

    shown = forms.ChoiceField(
        label=_("What did the person show?"),
        choices=[
            (Ground.CARD.value, _("The card for the stations")),
            (Ground.PAPER.value, _("An identity paper: I looked at the picture and the name")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say what the person showed. Without it nothing opens."),
            "invalid_choice": NOT_OFFERED,
        },
    )
    code = forms.CharField(
        label=_("Code of the card"),
        help_text=_("Ten signs, under the picture. Only for a card."),
        max_length=40,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    is_this_one = forms.BooleanField(
        error_messages={"required": _("Compare first: another person has the same name.")}
    )

    def __init__(self, *given: Any, has_ticket: bool, marks: str, **more: Any) -> None:
        super().__init__(*given, **more)
        if has_ticket:
            del self.fields["shown"], self.fields["code"]
        if marks:
            self.fields["is_this_one"].label = _("I compared: it is the person with %(marks)s") % {
                "marks": marks
            }
        else:
            del self.fields["is_this_one"]
