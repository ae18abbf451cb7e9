"""The two fields of a search; the filters are drawn with their counts (`pages/showing.py`)."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from visavis.searches.asked import LONGEST_WORDS, Asked
from visavis.searches.models import Alert
from visavis.searches.pages import asking
from visavis.ui.widgets import SuggestInput


class SearchForm(forms.Form):
    use_required_attribute = False
    q = forms.CharField(
        label=_("A work, or what you like to do"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    place = forms.CharField(
        label=_("Town, postcode or department"),
        required=False,
        widget=SuggestInput(url=reverse_lazy("catalog:suggest_communes"), into="id_commune"),
    )
    commune = forms.CharField(required=False, widget=forms.HiddenInput)
    km = forms.ChoiceField(label=_("How far?"), required=False)


class AlertForm(forms.Form):
    """How often: once a week at most, for whom a person of the service calls or writes."""

    use_required_attribute = False
    rhythm = forms.ChoiceField(
        label=_("How often?"),
        widget=forms.RadioSelect,
        choices=Alert.Rhythm.choices,
        initial=Alert.Rhythm.DAILY,
        error_messages={"required": _("Choose one of the two.")},
    )

    def __init__(self, data: Any = None, *, is_by_hand: bool) -> None:
        super().__init__(data)
        if is_by_hand:
            only = [one for one in Alert.Rhythm.choices if one[0] == Alert.Rhythm.WEEKLY]
            self.fields["rhythm"].choices = only  # type: ignore[attr-defined]
            self.initial["rhythm"] = Alert.Rhythm.WEEKLY
            self.fields["rhythm"].help_text = _("A person calls or writes: once a week at most.")


class CounterForm(AlertForm):
    """What somebody at the counter looks for, where, and how often to be told."""

    field_order = ("q", "place", "rhythm")
    q = SearchForm.base_fields["q"]
    place = SearchForm.base_fields["place"]
    commune = SearchForm.base_fields["commune"]

    def clean(self) -> dict[str, Any]:
        """Find the place; a search of nothing would tell of every opening."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        words, place = cleaned.get("q", ""), cleaned.get("place", "")
        if len(words) > LONGEST_WORDS:
            said = _("At most %(most)s characters: a few words find more.") % {"most": LONGEST_WORDS}
            self.add_error("q", said)
        read = asking.placed(Asked(words=words, commune=cleaned.get("commune", "")), words, place)
        if read.wrong:
            self.add_error("place", read.wrong)
        if not words and not place:
            self.add_error("q", _("Write a work, or a place below: one of the two is enough."))
        self.asked = read.asked
        return cleaned
