"""Draws every form of the site: label, hint, error and field, linked for whoever listens to the page."""

from typing import Any

from django.forms.renderers import DjangoTemplates

from visavis.ui.drawn import DRAWN, plain_field

OURS = {
    "django/forms/errors/list/default.html": "ui/forms/errors.html",
    "django/forms/errors/list/ul.html": "ui/forms/errors.html",
}


class FormRenderer(DjangoTemplates):
    """Django's own renderer, with our templates where ours say more."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

    def render(self, template_name: str, context: Any, request: Any = None) -> str:
        if draw := DRAWN.get(template_name):
            return draw(context)
        if template_name == self.field_template_name and (written := plain_field(context)) is not None:
            return written
        return super().render(template_name, context, request)

    def get_template(self, template_name: str) -> Any:
        return super().get_template(OURS.get(template_name, template_name))
