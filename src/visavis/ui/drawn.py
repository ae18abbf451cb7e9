"""Inputs and lists to choose from, drawn as Django's templates draw them: a form of eight fields has some hundred tags.

The templates `django/forms/widgets/` took half of a page of fields; `tests/ui/test_drawn.py` compares.
"""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from django.utils.formats import localize
from django.utils.safestring import SafeString


def drawn(value: Any) -> str:
    """Write a value within a tag: escaped, unless it says itself that it is."""
    # As `conditional_escape`, which asks first whether it is to wait for a language: a page has hundreds of these.
    text = value if isinstance(value, str) else str(value)
    if hasattr(text, "__html__"):
        written: str = text.__html__()
        return written
    return SafeString(escape(text))  # nosec B703  (escaped)


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


def shown(value: Any) -> str:
    """Write a value that stands between tags: a number as the language writes it."""
    return drawn(value if isinstance(value, str) else localize(value))


def ticked(option: Mapping[str, Any]) -> str:
    """Draw one choice to tick, inside its own words; what is wrong is said of the whole list."""
    attrs = {name: value for name, value in option["attrs"].items() if name != "aria-invalid"}
    to = f' for="{shown(attrs["id"])}"' if attrs.get("id") else ""
    kind, name, value = shown(option["type"]), shown(option["name"]), drawn(option["value"])
    return (
        f'\n  <label class="choice"{to}><input type="{kind}" name="{name}" value="{value}"{attributes(attrs)}>\n'
        f"<span>{shown(option['label'])}</span></label>"
    )


def ticks(context: Mapping[str, Any]) -> str:
    """Draw choices to tick, one or several, under the names of their groups."""
    widget, attrs = context["widget"], context["widget"]["attrs"]
    kind = f" {shown(attrs['class'])}" if attrs.get("class") else ""
    number = f' id="{shown(attrs["id"])}"' if attrs.get("id") else ""
    parts = [f'<div class="choices{kind}"{number}>']
    for group, options, _index in widget["optgroups"]:
        parts += [f'\n  <p class="h3">{shown(group)}</p>'] if group else []
        parts += [ticked(option) for option in options]
    return "".join([*parts, "\n</div>"])


def words(context: Mapping[str, Any]) -> str:
    """Draw a field of several lines."""
    widget = context["widget"]
    value = shown(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{shown(widget["name"])}"{attributes(widget["attrs"])}>\n{value}</textarea>'


def plain_field(context: Mapping[str, Any]) -> str | None:
    """Draw a field of one input or list with its label, hint and error, as `ui/forms/field.html`; no other kind."""
    bound = context["field"]
    if len(context) > 1 or bound.use_fieldset or bound.widget_type in ("checkbox", "textarea"):
        return None
    hint, errors = bound.help_text, bound.errors
    number = f' id="{bound.auto_id}_helptext"' if bound.auto_id else ""
    return PLAIN_FIELD % (
        " wrong" if errors else "",
        drawn(bound.id_for_label),
        drawn(bound.label),
        f'<div class="hint"{number}>{drawn(hint)}</div>' if hint else "",
        errors or "",
        bound,
    )


PLAIN_FIELD = (
    '<div class="field%s">\n  \n    <label class="name" for="%s">%s\n</label>'
    "\n    %s\n\n    %s\n    %s\n    \n  \n</div>"
)
INPUTS = ("text", "number", "email", "url", "tel", "search", "hidden", "password", "date", "datetime", "time")
DRAWN: dict[str, Callable[[Mapping[str, Any]], str]] = {
    **{f"django/forms/widgets/{name}.html": field for name in INPUTS},
    "django/forms/widgets/select.html": choices,
    "django/forms/widgets/textarea.html": words,
    "django/forms/widgets/radio.html": ticks,
    "django/forms/widgets/checkbox_select.html": ticks,
}
"""What is drawn here, by the template that it stands for."""
