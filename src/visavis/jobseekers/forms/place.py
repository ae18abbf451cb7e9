"""Where she lives and how far she goes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visavis.catalog.enums import Transport
from visavis.catalog.models import Commune
from visavis.jobseekers import lookup
from visavis.jobseekers.enums import ReachUnit
from visavis.jobseekers.forms.question import Choice, HiddenCode, Number, QuestionForm, Words
from visavis.ui.widgets import SuggestInput

UNKNOWN_PLACE = _("We know no town by this name or postcode. Check the spelling, or try the postcode.")
SEVERAL_PLACES = _("Several towns match. Choose yours in the list.")
LIMITS = {ReachUnit.KM: (1, 1000), ReachUnit.MINUTES: (5, 240)}
OUT_OF_LIMITS = {
    ReachUnit.KM: _("Write a distance between 1 and 1,000 kilometres."),
    ReachUnit.MINUTES: _("Write a time between 5 and 240 minutes: four hours at most."),
}


class PlaceForm(QuestionForm):
    answer_names = ("commune",)

    place = Words(
        label=_("Town or postcode"),
        help_text=_(
            "For example “Valence” or “26000”. We do not need your street."
            " No home of your own? Give the commune where you usually are."
        ),
        max_length=120,
        widget=SuggestInput(url=lookup.PLACES_URL, into="id_code", attrs={"autocomplete": "off"}),
    )
    code = HiddenCode()

    def prepare(self) -> None:
        """When several towns bear the name that was typed, offer them."""
        self.matching: list[Commune] = []
        if not self.is_bound or self.known_commune():
            return
        self.matching = lookup.places(str(self.data.get("place", ""))[:120].replace("\0", ""))
        if len(self.matching) > 1:
            self.fields["which"] = Choice(
                label=_("Your town"),
                choices=[(place.pk, lookup.place_words(place)) for place in self.matching],
            )

    def known_commune(self) -> Commune | None:
        """Return the town chosen among the suggestions, or the stored one when nothing was changed.

        Without JavaScript the code stays in the page when another name is typed: the name decides.
        """
        typed = str(self.data.get("place", "")).replace("\0", "").strip()
        code = HiddenCode().clean(self.data.get("code"))
        if not typed:
            return None
        commune = self.jobseeker.commune
        if commune and typed == lookup.place_words(commune):
            return commune
        chosen = Commune.objects.select_related("department").filter(pk=code).first() if code else None
        return chosen if chosen and lookup.is_named(chosen, typed) else None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        typed = cleaned.get("place")
        cleaned["commune"] = self.known_commune() or self.chosen()
        if typed and cleaned["commune"] is None:
            self.add_error(
                *(("which", SEVERAL_PLACES) if "which" in self.fields else ("place", UNKNOWN_PLACE))
            )
        return cleaned

    def chosen(self) -> Commune | None:
        if len(self.matching) == 1:
            return self.matching[0]
        which = self.cleaned_data.get("which")
        return next((place for place in self.matching if which and place.pk == which), None)


class ReachForm(QuestionForm):
    unit = Choice(label=_("How do you prefer to say it?"), choices=ReachUnit.choices)
    distance = Number(label=_("How many minutes or kilometres, one way?"))
    transport = Choice(
        label=_("How do you travel?"),
        help_text=_("A travel time depends on it. A distance does not."),
        choices=Transport.choices,
        widget=forms.RadioSelect(attrs={"class": "two"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        unit, distance = cleaned.get("unit"), cleaned.get("distance")
        if distance is not None and not unit and "unit" not in self.errors:
            self.add_error("unit", _("Say whether you mean minutes or kilometres."))
        if unit and distance is None and "distance" not in self.errors:
            self.add_error("distance", _("Write how many."))
        if unit and distance is not None:
            self.check_limits(ReachUnit(unit), distance)
        if unit == ReachUnit.MINUTES and not cleaned.get("transport") and "transport" not in self.errors:
            self.add_error(
                "transport", _("Say how you travel: twenty minutes on foot or by car reach other places.")
            )
        return cleaned

    def check_limits(self, unit: ReachUnit, distance: Any) -> None:
        least, most = LIMITS[unit]
        if not least <= distance <= most:
            self.add_error("distance", OUT_OF_LIMITS[unit])
