"""What is drawn in Python is what templates draw, to the letter."""

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.template import Context, Template
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from visavis.ui.drawn import DRAWN, plain_field
from visavis.ui.renderer import FormRenderer

THEIRS = DjangoTemplates()
WORDS = st.text(max_size=12) | st.sampled_from(
    ["<b>&\"'</b>", mark_safe("<b>"), gettext_lazy("Name"), "", "é{{ x }}"]
)
ATTRS = st.dictionaries(
    st.sampled_from(["id", "class", "data-x", "required", "min", "a&b"]),
    WORDS | st.booleans() | st.none() | st.integers(),
    max_size=4,
)
VALUES = WORDS | st.integers() | st.none() | st.floats(allow_nan=False)
GROUP = st.tuples(st.text(min_size=1, max_size=5), st.lists(st.tuples(VALUES, WORDS), max_size=3))
CHOICES = st.lists(st.tuples(VALUES, VALUES) | GROUP, max_size=4)
# How choices to tick look, as a template would write them.
TICKS = """\
<div class="choices{% if widget.attrs.class %} {{ widget.attrs.class }}{% endif %}"\
{% if widget.attrs.id %} id="{{ widget.attrs.id }}"{% endif %}>\
{% for group, options, index in widget.optgroups %}{% if group %}
  <p class="h3">{{ group }}</p>{% endif %}{% for option in options %}
  <label class="choice"{% if option.attrs.id %} for="{{ option.attrs.id }}"{% endif %}>\
<input type="{{ option.type }}" name="{{ option.name }}" value="{{ option.value|stringformat:"s" }}"\
{% for name, value in option.attrs.items %}{% if value is not False and name != "aria-invalid" %} {{ name }}\
{% if value is not True %}="{{ value|stringformat:"s" }}"{% endif %}{% endif %}{% endfor %}>
<span>{{ option.label }}</span></label>{% endfor %}{% endfor %}
</div>"""


def same(widget: forms.Widget, name: str, value: Any, attrs: dict[str, Any]) -> None:
    ours, theirs = (widget.render(name, value, attrs, renderer) for renderer in (FormRenderer(), THEIRS))
    assert ours == theirs


INPUTS = (
    forms.TextInput, forms.NumberInput, forms.EmailInput, forms.HiddenInput, forms.PasswordInput, forms.DateInput,
    forms.TimeInput, forms.URLInput, forms.Textarea,
)  # fmt: skip


@given(st.sampled_from(INPUTS), WORDS, VALUES, ATTRS)
def test_an_input_is_drawn_as_django_draws_it(
    kind: type[forms.Widget], name: str, value: Any, attrs: dict[str, Any]
) -> None:
    same(kind(), name, value, attrs)


SELECTS = (forms.Select, forms.SelectMultiple, forms.NullBooleanSelect)


@given(st.sampled_from(SELECTS), CHOICES, WORDS, VALUES, ATTRS)
def test_a_list_to_choose_from_is_drawn_as_django_draws_it(
    kind: type[forms.Select], choices: list[Any], name: str, value: Any, attrs: dict[str, Any]
) -> None:
    widget = kind()
    widget.choices = choices
    same(widget, name, [value] if kind is forms.SelectMultiple else value, attrs)


WRONG = st.sampled_from([{}, {"aria-invalid": "true"}])


@given(
    st.sampled_from([forms.RadioSelect, forms.CheckboxSelectMultiple]), CHOICES, WORDS, VALUES, ATTRS, WRONG
)
def test_choices_to_tick_are_drawn_as_a_template_would(
    kind: type[Any], choices: list[Any], name: str, value: Any, attrs: dict[str, Any], wrong: dict[str, str]
) -> None:
    widget = kind(choices=choices)
    told = attrs | wrong
    context = widget.get_context(name, [value] if kind is forms.CheckboxSelectMultiple else value, told)
    assert widget.template_name
    assert DRAWN[widget.template_name](context) == Template(TICKS).render(Context(context))


class SomeFields(forms.Form):
    words = forms.CharField(label="<Words>", help_text=mark_safe("<b>Few</b>"))
    plain = forms.CharField(label=gettext_lazy("Name"), help_text="<b>", required=False)
    one_of = forms.ChoiceField(choices=[(1, "one")])
    day = forms.DateField(widget=forms.DateInput(attrs={"id": "other"}))
    text = forms.CharField(widget=forms.Textarea, max_length=20)
    yes = forms.BooleanField()
    ticked = forms.ChoiceField(choices=[(1, "one")], widget=forms.RadioSelect)


def test_a_field_with_its_label_hint_and_error() -> None:
    renderer = FormRenderer()
    for name in SomeFields.base_fields:
        for number in ("id_%s", False):
            for data in (None, {}, {"words": "<&", "one_of": "7", "day": "never"}):
                bound = SomeFields(data, auto_id=number, renderer=renderer)[name]
                written = renderer.get_template("ui/forms/field.html").render({"field": bound}).strip()
                assert bound.as_field_group() == written
                assert (plain_field({"field": bound}) is None) == (name in {"text", "yes", "ticked"})
                assert plain_field({"field": bound, "heading": True}) is None
    # A promise is kept when it is drawn; every template that is stood for is one of Django's.
    same(forms.TextInput(), "q", SimpleLazyObject(lambda: "<b>"), {})
    assert all(THEIRS.get_template(name) for name in DRAWN)
