"""What people type in threads."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visavis.mailboxes.enums import Way
from visavis.mailboxes.models import Message
from visavis.people.models import User
from visavis.ui.fields import DayToCome
from visavis.vacancies.questions.form import Words

NOT_OFFERED = _("Choose one of the answers of the page.")
WRITE = _("Write your message, then send it.")


class Body(Words):
    """The words of a message."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("label", _("Your message"))
        more["error_messages"] = {"required": WRITE}
        super().__init__(widget=forms.Textarea(attrs={"rows": 6}), max_length=Message.LONGEST, **more)


class MessageForm(forms.Form):
    """One message. `form` marks the page: sent twice it is one message."""

    use_required_attribute = False

    form = forms.UUIDField(widget=forms.HiddenInput, required=False)
    body = Body()

    def __init__(self, data: Any = None, **more: Any) -> None:
        initial = {"form": uuid.uuid4(), **more.pop("initial", {})}
        super().__init__(data, initial=initial, **more)

    @property
    def key(self) -> uuid.UUID:
        """Return the mark of the page; one of our own when the page has none."""
        found: uuid.UUID = self.cleaned_data.get("form") or uuid.uuid4()
        return found


class KeyForm(forms.Form):
    """The key of a form that writes once."""

    form = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class NewForm(MessageForm):
    """The first message of a thread, and what it is about."""

    subject = Words(
        label=_("What is it about?"),
        help_text=_("A few words, for example “My meeting on Tuesday”."),
        max_length=120,
        error_messages={"required": _("Say in a few words what it is about.")},
    )
    field_order: tuple[str, ...] = ("subject", "body", "form")


class ReplyForm(MessageForm):
    """An answer of the service: it may expect one, until a day."""

    expects_answer = forms.BooleanField(label=_("I expect an answer"), required=False)
    due_on = DayToCome(required=False, label=_("Until"), help_text=_("Leave it empty if no day matters."))
    field_order: tuple[str, ...] = ("body", "expects_answer", "due_on", "form")

    def clean(self) -> dict[str, Any]:
        """Take a day as what it says: until then an answer is expected."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        return given | ({"expects_answer": True} if given.get("due_on") else {})


class NewReplyForm(NewForm, ReplyForm):
    """The first message of a thread that the service begins."""

    field_order = ("subject", "body", "expects_answer", "due_on", "form")


class SeveralForm(NewReplyForm):
    """A message written once for several people; who is ticked stands beside it, by number."""


class NotedForm(NewForm):
    """What was said by phone or at the counter, written down by who heard it."""

    body = Body(label=_("What was said"))
    way = forms.ChoiceField(
        label=_("How was it said?"),
        choices=[
            (Way.PHONE.value, _("By phone")),
            (Way.COUNTER.value, _("At the counter")),
            (Way.POST.value, _("By a letter")),
        ],
        initial=Way.PHONE.value,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": NOT_OFFERED, "required": NOT_OFFERED},
    )
    field_order = ("way", "subject", "body", "form")


class MoveForm(forms.Form):
    """To whom a thread goes, or until when it is put off."""

    use_required_attribute = False

    holder = forms.TypedChoiceField(label=_("Give it to"), coerce=int, empty_value=None, required=False)

    def __init__(self, data: Any = None, *, colleagues: list[User], **more: Any) -> None:
        super().__init__(data, **more)
        choices: list[tuple[Any, Any]] = [
            ("0", _("The team")),
            *((str(one.pk), one.name) for one in colleagues),
        ]
        field: Any = self.fields["holder"]
        field.choices = choices
        field.error_messages = {"invalid_choice": NOT_OFFERED}


class PutOffForm(forms.Form):
    """Until when a thread is put off."""

    use_required_attribute = False

    until = DayToCome(required=False, label=_("Show it again on"))


class ReadyTextForm(forms.Form):
    """A text kept ready."""

    use_required_attribute = False

    title = Words(label=_("Title"), max_length=80, error_messages={"required": _("Give the text a title.")})
    body = Body(label=_("Text"))
