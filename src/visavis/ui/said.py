"""Tags that say the same to everybody: sentences looked up once a language, addresses but for their numbers once.

A sentence between quotes has one translation a language while the site runs, and a symbol one drawing; a list of
twenty openings has some two hundred of them.
"""

from functools import lru_cache

from django.template import Context
from django.template.base import Node, Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as do_url
from django.templatetags.i18n import TranslateNode, do_translate
from django.templatetags.static import static
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from visavis.common.addresses import address

SYMBOL = (
    '<svg class="icon" width="20" height="20" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>'
)


class Said(Node):
    """A `{% translate %}` whose sentence stands in the template."""

    child_nodelists = ()

    def __init__(self, node: TranslateNode) -> None:
        self.node, self.asvar = node, node.asvar
        self.said: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        """Give the sentence in the reader's language, or keep it under its name."""
        language = get_language()
        if language not in self.said:
            # The same node says it to every thread: what one finds is what the other finds.
            self.said[language] = self._looked_up(context)
        if self.asvar:
            context[self.asvar] = self.said[language]
            return ""
        return self.said[language]

    def _looked_up(self, context: Context) -> str:
        said = self.node.render(context)
        return context[self.asvar] if self.asvar else said


def translate(parser: Parser, token: Token) -> Node:
    """Translate as Django's tag does; a sentence between quotes is looked up once a language."""
    node = do_translate(parser, token)
    return Said(node) if is_constant(node) else node


def is_constant(node: TranslateNode) -> bool:
    """Say whether nothing of the sentence or its context comes from the page."""
    asked = [node.filter_expression, *([node.message_context] if node.message_context else [])]
    return not node.noop and all(
        not one.filters and (isinstance(one.var, str) or one.var.literal is not None) for one in asked
    )


class Addressed(Node):
    """A `{% url %}` of a page that is named in the template, with numbers only: found once (`common/addresses.py`)."""

    child_nodelists = ()

    def __init__(self, node: URLNode) -> None:
        self.node, self.name = node, str(node.view_name.var)

    def render(self, context: Context) -> str:
        """Give the address; where something else than numbers stands in it, as Django's tag does."""
        numbers = {name: value.resolve(context) for name, value in self.node.kwargs.items()}
        if any(type(one) is not int or one < 0 for one in numbers.values()):
            return self.node.render(context)
        try:
            found = address(self.name, **numbers)
        except NoReverseMatch:
            # One that takes certain numbers only.
            return self.node.render(context)
        return conditional_escape(found) if context.autoescape else found


def url(parser: Parser, token: Token) -> Node:
    """Give an address as Django's tag does."""
    node: URLNode = do_url(parser, token)
    is_named = not node.view_name.filters and isinstance(node.view_name.var, str)
    return Addressed(node) if is_named and not node.args and not node.asvar else node


@lru_cache(maxsize=256)
def symbol(name: str) -> SafeString:
    """Draw a symbol; a page has up to a hundred of some fifty, and where the sprite lies does not change."""
    return format_html(SYMBOL, static("ui/icons.svg"), name)
