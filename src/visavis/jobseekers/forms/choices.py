"""Questions answered with ticks: licences, contracts, work conditions, interests."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visavis.catalog.enums import Condition, ContractKind, Licence
from visavis.catalog.models import Interest
from visavis.consents import services as consents
from visavis.folding import fold_words
from visavis.jobseekers import agreed
from visavis.jobseekers.forms.question import Choices, QuestionForm

TYPES = "RIASEC"
ARTICLES = frozenset({"l", "la", "le", "les", "the"})
BOTH = _("You ticked “none” and something else. Keep only what is true.")


def without_article(label: str) -> str:
    """Return the words by which a label is looked for in a list: "La cuisine" stands at C."""
    return " ".join(word for word in fold_words(label).split() if word not in ARTICLES)


def in_words(label: str) -> str:
    """Return what a type means without its name: "Social : aider, soigner" is "Aider, soigner"."""
    meaning = label.partition(":")[2].strip() or label
    return meaning[0].upper() + meaning[1:]


class WithNothing(QuestionForm):
    """Ticks, and one tick that says "none of these"."""

    ticks = ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("nothing") and cleaned.get(self.ticks):
            self.add_error("nothing", BOTH)
        return cleaned


class LicencesForm(WithNothing):
    ticks = "licences"

    licences = Choices(label=_("Licences and certificates"), choices=Licence.choices)
    nothing = forms.BooleanField(label=_("I have none of these"), required=False)


class ContractsForm(WithNothing):
    ticks = "contracts"

    contracts = Choices(
        label=_("Contracts that suit you"),
        help_text=_("Tick all that you would accept."),
        choices=ContractKind.choices,
    )
    nothing = forms.BooleanField(label=_("Any contract suits me"), required=False)


class ConditionsForm(WithNothing):
    ticks = "conditions"

    conditions = Choices(
        label=_("What you cannot or do not want to do"),
        help_text=_("We hide the openings that have what you tick. Leave out what you could live with."),
        choices=[choice for choice in Condition.choices if choice[0] != Condition.REMOTE],
    )
    nothing = forms.BooleanField(label=_("I avoid nothing of all this"), required=False)


class InterestsForm(WithNothing):
    """What she likes: used with her yes only, to the words that the page says and whose digest comes back."""

    ticks = "interests"

    interests = Choices(label=_("What you like"), choices=[])
    nothing = forms.BooleanField(label=_("None of these says who I am"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        wanted = set(cleaned.get("interests") or ())
        is_yes = agreed.is_yes(self.jobseeker, before=set(self.stored["interests"]), now=wanted)
        if is_yes and not consents.is_read(agreed.INTERESTS, self.data.get(consents.SHOWN)):
            self.add_error("interests", consents.NOT_READ)
        return cleaned

    def prepare(self) -> None:
        """Offer them type by type, so that a long list is read in six short ones.

        A whole type, which cards put into the file, is offered to who holds it: nothing of hers goes unseen.
        """
        held = self.initial.get("interests", ())
        known = list(Interest.objects.all())
        titles = {one.riasec: in_words(one.label) for one in known if one.kind == Interest.Kind.RIASEC}
        types: dict[str, list[tuple[str, str]]] = {letter: [] for letter in TYPES}
        for one in known:
            if one.kind == Interest.Kind.CENTRE or one.pk in held:
                types.setdefault(one.riasec, []).append((one.pk, one.label))
        self.fields["interests"].choices = [  # type: ignore[attr-defined]
            (titles.get(letter, ""), sorted(offered, key=lambda choice: without_article(choice[1])))
            for letter, offered in types.items()
            if offered
        ]
