"""A scanned sheet: the form of a printed one, filled with what was read for certain; what is doubtful is asked."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from visavis.jobseekers.cards.deck import Deck
from visavis.jobseekers.cards.read import A_LITTLE, FILE, LIKE, SheetRead
from visavis.jobseekers.cards.sorting import Pile
from visavis.jobseekers.forms.cards import SheetForm
from visavis.jobseekers.forms.question import NOT_OFFERED

# So many doubtful cards are asked one by one; of a sheet with more the others are named, and typed.
MOST_ASKED = 12
COLUMNS = {"like": LIKE, "a_little": A_LITTLE, "file": FILE}
PILES = [("like", _("I like")), ("a_little", _("A little")), ("none", _("Neither"))]
FILES = [("yes", _("Yes")), ("no", _("No"))]


class ScannedSheetForm(SheetForm):
    """What the machine read stands in the lists; of each doubtful card nothing is chosen, and has to be."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        deck: Deck,
        read: SheetRead,
        words: str | None = None,
    ) -> None:
        super().__init__(data, deck=deck)
        self.read_there = read
        self.on_sheet = words
        if words is not None:
            del self.fields["words"]
        self.fields["edition"].widget = forms.HiddenInput()
        for name, column in COLUMNS.items():
            self.initial[name] = " ".join(str(number) for number in read.certain[column])
        for number in self.asked:
            if number in read.piles:
                self.fields[f"pile_{number}"] = forms.ChoiceField(
                    label=gettext("Card %(n)s: which pile is ticked?") % {"n": number},
                    choices=PILES,
                    widget=forms.RadioSelect,
                    error_messages=look(number),
                )
            if number in read.files:
                self.fields[f"file_{number}"] = forms.ChoiceField(
                    label=gettext("Card %(n)s: is “File” ticked?") % {"n": number},
                    choices=FILES,
                    widget=forms.RadioSelect,
                    error_messages=look(number),
                )

    @property
    def number_of_words(self) -> str:
        """Return what the code of the sheet says, whatever is typed; what is typed, where no code was read."""
        return super().number_of_words if self.on_sheet is None else self.on_sheet

    @property
    def asked(self) -> list[int]:
        """Return the doubtful cards that are asked one by one."""
        return self.read_there.doubtful[:MOST_ASKED]

    @property
    def named(self) -> list[int]:
        """Return the doubtful cards that are only named."""
        return self.read_there.doubtful[MOST_ASKED:]

    @property
    def open_fields(self) -> dict[int, list[forms.BoundField]]:
        """Return for each doubtful card what is asked of it."""
        names = {number: (f"pile_{number}", f"file_{number}") for number in self.asked}
        return {
            number: [self[name] for name in both if name in self.fields] for number, both in names.items()
        }

    def also(self, name: str) -> list[int]:
        if name == "file":
            return [number for number in self.asked if self.cleaned_data.get(f"file_{number}") == "yes"]
        return [number for number in self.asked if self.cleaned_data.get(f"pile_{number}") == name]

    def is_right(self, said: int, typed: int) -> bool:
        """Say whether the count fits: that of a sheet of which a page is missing counts its ticks too."""
        return said >= typed if self.read_there.missing else said == typed

    @property
    def piles(self) -> dict[str, Pile]:
        """Return the pile of every card that came: of a page that is missing nothing is known."""
        typed = {number for name in ("like", "a_little") for number in self.cleaned_data[name]}
        known = self.read_there.there | typed
        whole = super().piles
        return {card.code: whole[card.code] for card in self.deck.cards if card.number in known}


def look(number: int) -> dict[str, Any]:
    said = gettext("Card %(n)s: look at the row, then choose.") % {"n": number}
    return {"required": said, "invalid_choice": NOT_OFFERED}
