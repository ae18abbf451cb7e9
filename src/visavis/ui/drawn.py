"""Inputs and lists to choose from, drawn as Django's templates draw them: a form of eight fields has some hundred tags.

The templates `django/forms/widgets/` took half of a page of fields; `tests/ui/test_drawn.py` compares.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.formats import localize
from django.utils.html import conditional_escape


def drawn(value: Any) -> str:
    """Write a value within a tag: escaped, unless it says itself that it is."""
    return conditional_escape(value if isinstance(value, str) else str(value))


def attributes(attrs: Mapping[str, Any]) -> str:
    """Write attributes: one that is false is left out, one that is true is named only."""
    return "".join(
        f" {drawn(name)}" if value is True else f' {drawn(name)}="{drawn(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def field(context: Mapping[str, Any]) -> str:
    """Draw one input."""
    widget = context["widget"]
    value = "" if widget["value"] is None else f' value="{drawn(widget["value"])}"'
    return (
        f'<input type="{widget["type"]}" name="{drawn(widget["name"])}"{value}{attributes(widget["attrs"])}>'
    )


def choice(context: Mapping[str, Any]) -> str:
    """Draw one option of a list."""
    option = context["widget"]
    label = option["label"] if isinstance(option["label"], str) else localize(option["label"])
    return f'<option value="{drawn(option["value"])}"{attributes(option["attrs"])}>{drawn(label)}</option>\n'


def choices(context: Mapping[str, Any]) -> str:
    """Draw a list to choose from, in groups where it has some."""
    widget, parts = context["widget"], []
    for group, options, _index in widget["optgroups"]:
        parts += [f'\n  <optgroup label="{drawn(group)}">'] if group else []
        parts += [f"\n  {choice({'widget': option})}" for option in options]
        parts += ["\n  </optgroup>"] if group else []
    name = f'name="{drawn(widget["name"])}"'
    return f"<select {name}{attributes(widget['attrs'])}>{''.join(parts)}\n</select>"


INPUTS = ("text", "number", "email", "url", "tel", "search", "hidden", "password", "date", "datetime", "time")
DRAWN: dict[str, Callable[[Mapping[str, Any]], str]] = {
    **{f"django/forms/widgets/{name}.html": field for name in INPUTS},
    "django/forms/widgets/select.html": choices,
}
"""What is drawn here, by the template that it stands for."""
