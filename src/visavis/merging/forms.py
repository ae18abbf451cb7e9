"""Which facts are kept, and how somebody knows that two files are one person's."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visavis.jobseekers.models import Jobseeker
from visavis.merging import facts
from visavis.merging.models import Why
from visavis.merging.services import Wanted

STAYS, GOES = "stays", "goes"
MOST_TYPED = 120


class SearchForm(forms.Form):
    """What is typed to find the second file; nothing typed finds nobody."""

    use_required_attribute = False

    q = forms.CharField(
        label=_("Name, e-mail or phone of the other file"),
        max_length=MOST_TYPED,
        error_messages={"required": _("Type a name, an e-mail or a phone number.")},
    )


class MergeForm(forms.Form):
    """One choice a fact on which the files differ, the reason, and the word that both were looked at."""

    use_required_attribute = False

    why = forms.ChoiceField(
        label=_("How do you know that both are the same person?"),
        choices=Why.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how you know it. The same name alone is not enough.")},
    )
    looked = forms.BooleanField(
        label=_("I have read both files above with the person."),
        error_messages={"required": _("Read both files with the person first.")},
    )
    form = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, data: Any, *, stays: Jobseeker, goes: Jobseeker) -> None:
        super().__init__(data)
        self.facts = facts.differing(stays, goes)
        for fact in self.facts:
            shown = {STAYS: fact.shown(stays), GOES: fact.shown(goes)}
            self.fields[f"fact_{fact.slug}"] = forms.ChoiceField(
                label=str(fact.label),
                choices=[(side, value or _("nothing")) for side, value in shown.items()],
                widget=forms.RadioSelect,
                initial=GOES if facts.usual(fact, stays) else STAYS,
                error_messages={"required": _("Choose what is kept.")},
            )
        self.order_fields([*(f"fact_{fact.slug}" for fact in self.facts), "why", "looked", "form"])

    @property
    def wanted(self) -> Wanted:
        """Return what was chosen."""
        said = self.cleaned_data
        taken = {fact.slug: said[f"fact_{fact.slug}"] == GOES for fact in self.facts}
        return Wanted(Why(said["why"]), said["form"], taken)
