"""The cards of what one change would open: eight of a page, each with a form of its own."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from visavis.ui.drawn import drawn

register = template.Library()

CARD = (
    '\n        <li class="card"><p class="h3">%(sentence)s</p><p>%(openings)s<br>%(chance)s</p>'
    "\n          %(examples)s"
    '\n          <form method="post" class="stack tight">%(token)s%(instead)s<div class="buttons">'
    '<button class="button quiet small" name="change" value="%(key)s">%(button)s'
    '<span class="visually-hidden"> – %(sentence)s</span></button></div></form>'
    "\n        </li>\n      "
)
EXAMPLES, EXAMPLE = '<ul class="line">%s</ul>', "<li>%s</li>"
INSTEAD = (
    '<label for="instead-%(turn)s">%(label)s</label><select id="instead-%(turn)s" name="instead" required>'
    '<option value="">%(choose)s</option>%(options)s</select>'
)
OPTION = '<option value="%s">%s</option>'


@register.simple_tag(takes_context=True)
def written_changes(context: template.Context, changes: Iterable[Any]) -> SafeString:
    """Write a card for each change, with the openings it would bring and the button that makes it."""
    token = CsrfTokenNode().render(context)
    cards = (_card(one, turn, token) for turn, one in enumerate(changes, start=1))
    return SafeString("".join(cards))  # nosec B703  (each part is escaped)


def _card(change: Any, turn: int, token: str) -> str:
    examples = "".join(EXAMPLE % drawn(title) for title in change.examples)
    words = {
        name: drawn(getattr(change, name)) for name in ("sentence", "openings", "chance", "key", "button")
    }
    return CARD % {
        **words,
        "examples": EXAMPLES % examples if examples else "",
        "instead": _instead(change.instead_of, turn) if change.instead_of else "",
        "token": token,
    }


def _instead(wishes: Iterable[tuple[int, str]], turn: int) -> str:
    """Ask which occupation gives its place to a new one."""
    return INSTEAD % {
        "turn": turn,
        "label": _("Five occupations are wanted, the most there can be. Which gives its place?"),
        "choose": _("Choose"),
        "options": "".join(OPTION % (number, drawn(words)) for number, words in wishes),
    }
