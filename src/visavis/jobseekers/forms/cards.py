"""The cards: a pack to sort, what goes into the file, and a printed sheet to enter."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from visavis.consents import services as consents
from visavis.jobseekers import agreed
from visavis.jobseekers.agreed import INTERESTS
from visavis.jobseekers.cards.codes import code_of, read_code
from visavis.jobseekers.cards.deck import Card, Deck, editions
from visavis.jobseekers.cards.sorting import Pile
from visavis.jobseekers.enums import SheetChannel
from visavis.jobseekers.forms.question import NOT_OFFERED, STRANGE_SIGN, Choice, Choices, HiddenCode, Words

PILES = [
    (str(int(Pile.LIKE)), _("I like")),
    (str(int(Pile.A_LITTLE)), _("A little")),
    (str(int(Pile.NOT_FOR_ME)), _("Not for me")),
]
NO_WORDS = _(
    "This sheet does not say which words the person read. Read those of today to the person, or call first."
    " Then tick here, or leave “File” empty."
)
OTHER_WORDS = _(
    "The words on this sheet are no longer those of today. Call the person and read those of today, then tick here."
    " Or print a new sheet."
)
LONGEST_LIST = 1_000
MOST_TOLD = 5
NUMBER = re.compile(r"[0-9]{1,4}")
SEPARATORS = re.compile(r"[\s,;./·]+")


class PackForm(forms.Form):
    """One pack: a pile for each card, or none yet."""

    use_required_attribute = False

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, cards: list[Card], piles: Mapping[str, Pile]
    ) -> None:
        super().__init__(data)
        self.cards = cards
        for card in cards:
            initial = str(int(piles[card.code])) if card.code in piles else None
            self.fields[name_of(card)] = Choice(label=card.label, choices=PILES, initial=initial)

    @property
    def drawn(self) -> list[dict[str, Any]]:
        """Return each card with its field, for the page."""
        return [{"card": card, "field": self[name_of(card)]} for card in self.cards]

    @property
    def piles(self) -> dict[str, Pile]:
        """Return where each card was laid; those not laid are left out."""
        said = ((card.code, self.cleaned_data.get(name_of(card))) for card in self.cards)
        return {code: Pile(int(pile)) for code, pile in said if pile}


def name_of(card: Card) -> str:
    return f"card_{card.number}"


class ApprovalForm(forms.Form):
    """What is offered for the file; nothing is ticked but what is there already."""

    use_required_attribute = False
    version = HiddenCode()
    kept = Choices(label=_("What goes into the file"), choices=[])

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, offered: Mapping[str, str], in_file: set[str]
    ) -> None:
        super().__init__(data, initial={"kept": sorted(in_file)})
        self.fields["kept"].choices = list(offered.items())  # type: ignore[attr-defined]

    def clean_kept(self) -> list[str]:
        kept: list[str] = self.cleaned_data["kept"]
        if kept and not consents.is_read(INTERESTS, self.data.get(consents.SHOWN)):
            raise forms.ValidationError(consents.NOT_READ)
        return kept

    @property
    def ticked(self) -> set[str]:
        """Return what is ticked, as it was typed when the form is wrong."""
        return {str(code) for code in self["kept"].value() or []}


class SheetForm(forms.Form):
    """A printed sheet: the numbers of each column, and how many ticks the sheet says there are."""

    use_required_attribute = False
    columns = ("like", "a_little", "file")

    edition = forms.ChoiceField(
        label=_("Edition, at the foot of the sheet"),
        widget=forms.Select(attrs={"class": "short"}),
        error_messages={"required": NOT_OFFERED, "invalid_choice": NOT_OFFERED},
    )
    channel = forms.ChoiceField(
        label=_("How did the sheet come?"),
        choices=SheetChannel,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how the sheet came."), "invalid_choice": NOT_OFFERED},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, deck: Deck) -> None:
        super().__init__(data, initial={"edition": deck.edition})
        self.deck = deck
        self.fields["edition"].choices = [(name, name) for name in reversed(editions())]  # type: ignore[attr-defined]
        heads = {"like": _("“I like”"), "a_little": _("“A little”"), "file": _("“File”")}
        for name, head in heads.items():
            self.fields[name] = Words(
                label=gettext("Numbers ticked under %(head)s") % {"head": head},
                max_length=LONGEST_LIST,
                # On a phone all of them are seen; its keys of figures have a comma only where a point may stand.
                widget=forms.Textarea(attrs={"rows": 3, "inputmode": "decimal", "autocomplete": "off"}),
            )
            # Nobody counts the signs that are left of a list of numbers.
            del self.fields[name].widget.attrs["maxlength"]
            self.fields[f"{name}_count"] = Words(
                label=gettext("Count on the sheet for %(head)s") % {"head": head}, max_length=10
            )
            self.fields[f"{name}_count"].widget.attrs |= {
                "inputmode": "numeric",
                "autocomplete": "off",
                "class": "short",
            }
        self.fields["words"] = Words(
            label=gettext("Number of the words, at the head of the sheet"),
            help_text=gettext("No number there? Leave it empty."),
            max_length=20,
        )
        self.fields["words"].widget.attrs |= {"autocomplete": "off", "class": "short"}
        self.fields["is_heard"] = forms.BooleanField(
            label=gettext("I read these words to the person, there or by phone, and heard yes"),
            required=False,
        )
        self.fields["like"].help_text = _("Type the numbers with blanks between them: 3 17 42.")

    @property
    def drawn(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return each list of numbers with its count, for the page."""
        return [(self[name], self[f"{name}_count"]) for name in self.columns]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.columns:
            if name in cleaned:
                cleaned[name] = self.read(name, cleaned[name])
        both = sorted(set(cleaned.get("like") or ()) & set(cleaned.get("a_little") or ()))
        if both:
            self.add_error("a_little", twice_on(both))
        if cleaned.get("file") and not consents.is_read(INTERESTS, self.data.get(consents.SHOWN)):
            self.add_error("file", consents.NOT_READ)
        elif cleaned.get("file") and not (cleaned["is_heard"] or self.language):
            self.add_error("is_heard", OTHER_WORDS if self.number_of_words else NO_WORDS)
        return cleaned

    @property
    def number_of_words(self) -> str:
        """Return the number of the words that the sheet says, as it is printed."""
        return "".join(SEPARATORS.split(self.cleaned_data.get("words") or "")).upper()

    @property
    def language(self) -> str:
        """Return in which language the sheet says the words of today; nothing where it says others, or none."""
        return agreed.language_of(self.number_of_words) if self.number_of_words else ""

    def read(self, name: str, text: str) -> list[int]:
        """Return the numbers of a column; what is not a card, stands twice or does not fit the count is told."""
        typed = [word for word in SEPARATORS.split(text) if word]
        known = self.deck.by_number()
        wrong = [word for word in typed if not NUMBER.fullmatch(word) or int(word) not in known]
        if wrong:
            self.add_error(name, no_card(wrong, self.deck.edition))
        numbers = [*(int(word) for word in typed if word not in wrong), *self.also(name)]
        doubled = sorted({number for number in numbers if numbers.count(number) > 1})
        if doubled:
            self.add_error(name, doubled_words(doubled))
        if not wrong and not doubled:
            self.check_count(name, len(numbers))
        return numbers

    def also(self, name: str) -> list[int]:
        """Return the numbers of a column that are said elsewhere than in its list."""
        return []

    def check_count(self, name: str, typed: int) -> None:
        field = f"{name}_count"
        if field not in self.cleaned_data:
            return
        said = self.cleaned_data[field].strip()
        if not said and not typed:
            return
        if not NUMBER.fullmatch(said):
            self.add_error(field, _("Write the count of the sheet, in figures. None there? Count the ticks."))
        elif not self.is_right(int(said), typed):
            words = {"said": int(said), "typed": typed}
            self.add_error(
                field,
                gettext("The sheet says %(said)s, you typed %(typed)s: compare them number by number.")
                % words,
            )

    def is_right(self, said: int, typed: int) -> bool:
        """Say whether the count of the sheet fits what was typed."""
        return said == typed

    @property
    def piles(self) -> dict[str, Pile]:
        """Return the pile of every card: what is not ticked is not for her."""
        like, little = set(self.cleaned_data["like"]), set(self.cleaned_data["a_little"])
        return {
            card.code: Pile.LIKE
            if card.number in like
            else Pile.A_LITTLE
            if card.number in little
            else Pile.NOT_FOR_ME
            for card in self.deck.cards
        }

    @property
    def for_file(self) -> set[str]:
        known = self.deck.by_number()
        return {known[number].code for number in self.cleaned_data["file"]}


def listed(words: list[Any]) -> str:
    told = ", ".join(str(word)[:20] for word in words[:MOST_TOLD])
    return f"{told} …" if len(words) > MOST_TOLD else told


def no_card(wrong: list[str], edition: str) -> str:
    sentence = ngettext(
        "There is no card %(numbers)s in edition %(edition)s. Look at the sheet again.",
        "There are no cards %(numbers)s in edition %(edition)s. Look at the sheet again.",
        len(wrong),
    )
    return sentence % {"numbers": listed(wrong), "edition": edition}


def doubled_words(numbers: list[int]) -> str:
    return gettext("You typed these more than once: %(numbers)s.") % {"numbers": listed(numbers)}


def twice_on(numbers: list[int]) -> str:
    sentence = gettext("These stand under “I like” too: %(numbers)s. Ask the person which is meant.")
    return sentence % {"numbers": listed(numbers)}


class CodeForm(forms.Form):
    """The code at the head of a sheet."""

    use_required_attribute = False
    code = forms.CharField(
        label=_("Code at the head of the sheet"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "medium"}),
        error_messages={
            "required": _("Type the code that stands at the head of the sheet."),
            "max_length": _("This code is too long. It looks like this: 00042-69."),
        },
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        for validator in self.fields["code"].validators:
            if isinstance(validator, ProhibitNullCharactersValidator):
                validator.message = STRANGE_SIGN
        self.fields["code"].help_text = gettext("For example: %(code)s") % {"code": code_of(42)}

    def clean_code(self) -> int:
        found = read_code(self.cleaned_data["code"])
        if found is None:
            raise forms.ValidationError(_("This code has a slip: one figure is not right. Read it again."))
        return found
