"""What is typed and chosen of documents."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.documents.arriving import partials
from visavis.documents.arriving.entrances import Entrance
from visavis.documents.enums import OF_PEOPLE, Act, Kind, Why
from visavis.documents.models import Expected, Partial
from visavis.documents.services import MOST_FILES

TAKEN = "image/jpeg,image/png,image/webp,image/heic,image/heif,application/pdf,.heic"


class Files(forms.ClearableFileInput):
    """One field for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, in the order in which they were chosen."""

    widget = Files(attrs={"accept": TAKEN, "multiple": True})

    def clean(self, value: Any, initial: Any = None) -> list[Any]:
        chosen = list(value) if isinstance(value, list | tuple) else [value] if value else []
        if not chosen and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return chosen


class SendForm(forms.Form):
    """A document: its files, what it is, and for which request."""

    use_required_attribute = False

    photos = FilesField(
        label=_("Photos, or a PDF file"),
        help_text=_("Several photos make one document, page by page. A phone will do. 15 MB a file."),
        error_messages={"required": _("Choose a photo or a file.")},
    )
    expected = forms.ChoiceField(label=_("What is it for?"), required=False, widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[("", _("Choose")), *Kind.choices],
        required=False,
        error_messages={"invalid_choice": _("Choose one of the kinds.")},
    )
    form = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(
        self, *args: Any, entrance: Entrance, missing: Sequence[Expected] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.entrance, self.whole = entrance, self._whole(entrance)
        self.fields["photos"].required = not self.whole
        self.missing, self.only = {str(one.pk): one for one in missing}, entrance.expected
        if self.only is not None:
            del self.fields["expected"], self.fields["kind"]
            return
        if not missing:
            del self.fields["expected"]
            return
        choices = [
            *((number, one.named) for number, one in self.missing.items()),
            ("", _("For something else")),
        ]
        self.fields["expected"].choices = choices  # type: ignore[attr-defined]
        self.fields["expected"].initial = choices[0][0]
        self.fields["kind"].help_text = _("Only if it is for something else.")

    def _whole(self, entrance: Entrance) -> list[Partial]:
        """Return the files that came before the form, in parts: a script sent them."""
        if not isinstance(self.data, QueryDict):
            return []
        keys = self.data.getlist("whole")[:MOST_FILES]
        return partials.whole(entrance, keys)

    @property
    def begun(self) -> dict[str, float] | None:
        """Say how many files began to arrive and were not sent yet, and how many megabytes of them are here."""
        rows = [one for one in partials.begun(self.entrance) if one not in self.whole]
        came, total = sum(one.offset for one in rows), sum(one.length for one in rows)
        return {"n": len(rows), "came": came / 1e6, "all": total / 1e6} if rows else None

    def contents(self) -> list[bytes]:
        """Return the bytes of each file in order. Raises partials.Damaged."""
        return [*map(partials.content, self.whole), *(one.read() for one in self.cleaned_data["photos"])]

    def throw_away(self) -> None:
        """Throw away what came in parts: it is a document now, or can never be one."""
        partials.drop(self.whole)
        self.whole = []

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned["expected"] = self.only or self.missing.get(cleaned.get("expected") or "")
        if cleaned["expected"] is not None:
            cleaned["kind"] = cleaned["expected"].kind
        elif not cleaned.get("kind") and "kind" not in self.errors:
            self.add_error("kind", _("Say what the document is."))
        return cleaned


class AskForm(forms.Form):
    """Which document is asked for, what for, and until when."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=_("Which document?"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a document."), "invalid_choice": _("Choose a document.")},
    )
    title = forms.CharField(
        label=_("Which one exactly"),
        help_text=_("If the list above does not say enough."),
        required=False,
        max_length=120,
    )
    why = forms.CharField(
        label=_("What it is for"),
        help_text=_("The person reads this sentence."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say what the document is for.")},
    )
    until = forms.DateField(
        label=_("Until when"),
        widget=forms.DateInput(attrs={"type": "date", "class": "medium"}, format="%Y-%m-%d"),
        error_messages={"required": _("Give a day."), "invalid": _("Give a day, such as 24/12/2026.")},
    )
    form = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean_until(self) -> dt.date:
        until: dt.date = self.cleaned_data["until"]
        if until < clock.today():
            raise forms.ValidationError(_("This day is past. Give a day to come."))
        if until > clock.today() + dt.timedelta(days=366):
            raise forms.ValidationError(_("This day is more than a year away."))
        return until


class DecideForm(forms.Form):
    """Whether a document will do, and if not, why."""

    use_required_attribute = False

    why = forms.ChoiceField(
        label=_("Why is it not accepted?"),
        choices=[(one.value, one.label) for one in OF_PEOPLE],
        widget=forms.RadioSelect,
        required=False,
    )
    words = forms.CharField(
        label=_("In words"),
        help_text=_("What to send instead: the person reads it."),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, act: Act = Act.CHECK, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.act = act

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.act == Act.REFUSE:
            if not cleaned.get("why"):
                self.add_error("why", _("Choose why, so that the person knows what to send."))
            elif cleaned["why"] == Why.OTHER and not cleaned.get("words"):
                self.add_error("words", _("Say the reason in a sentence."))
        return cleaned


class KindForm(forms.Form):
    """What a document really is."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=Kind.choices,
        error_messages={
            "required": _("Say what the document is."),
            "invalid_choice": _("Choose one of the kinds."),
        },
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
