"""Tags whose words are the same for everybody: looked up once a language, then given as they are.

A sentence between quotes has one translation a language while the site runs, and a symbol one drawing; a list of
twenty openings has some two hundred of them.
"""

from functools import lru_cache

from django.template import Context
from django.template.base import Node, Parser, Token
from django.templatetags.i18n import TranslateNode, do_translate
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

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


@lru_cache(maxsize=256)
def symbol(name: str) -> SafeString:
    """Draw a symbol; a page has up to a hundred of some fifty, and where the sprite lies does not change."""
    return format_html(SYMBOL, static("ui/icons.svg"), name)
