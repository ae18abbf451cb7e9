"""The sentences of all apps that count in the same way stand in one catalogue, as Django means them to.

`TranslationCatalog.update` of Django 6.1 holds the code of one plural rule against the other rule, not its code: no two
are ever the same, and each sentence is looked for in one catalogue an app, forty in French.
"""

from typing import Any

from django.utils.translation.trans_real import TranslationCatalog


def join() -> None:
    """From now on a catalogue that is loaded joins the one before it where both have the same plural rule."""
    TranslationCatalog.update = _update  # type: ignore[assignment,method-assign]


def _update(catalog: Any, other: Any) -> None:
    """Add the sentences of an app; where two say the same one, the last counts."""
    if other.plural.__code__ == catalog._plurals[0].__code__:
        catalog._catalogs[0].update(other._catalog)
    else:
        catalog._catalogs.insert(0, other._catalog.copy())
        catalog._plurals.insert(0, other.plural)
