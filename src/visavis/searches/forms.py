"""The two fields of a search; the filters are drawn with their counts (`pages/showing.py`)."""

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

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
