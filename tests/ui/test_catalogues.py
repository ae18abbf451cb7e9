"""Sentences of all apps stand in few catalogues, and are the ones that they were in many."""

from typing import Any

import pytest
from django.conf import settings
from django.utils.translation.trans_real import DjangoTranslation, TranslationCatalog

from visavis.ui import catalogues

MOST = 6
COUNTS = (0, 1, 2, 7, 1_000_000)


def apart(catalog: Any, other: Any) -> None:
    """Add the sentences of an app as a catalogue of their own."""
    catalog._catalogs.insert(0, other._catalog.copy())
    catalog._plurals.insert(0, other.plural)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_sentences_are_found_as_in_many_catalogues(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    joined: Any = DjangoTranslation(language)
    monkeypatch.setattr(TranslationCatalog, "update", apart)
    many: Any = DjangoTranslation(language)
    assert len(joined._catalog._catalogs) <= MOST
    keys = {*many._catalog.keys()}
    assert keys == {*joined._catalog.keys()}
    for key in keys:
        if isinstance(key, str):
            assert joined.gettext(key) == many.gettext(key)
        else:
            said = [one.ngettext(key[0], key[0], count) for one in (joined, many) for count in COUNTS]
            assert said[: len(COUNTS)] == said[len(COUNTS) :]


def test_django_still_keeps_each_by_itself() -> None:
    """Where Django joins them itself, `ui/catalogues.py` has done its work and goes."""
    first: Any = DjangoTranslation("fr")
    assert TranslationCatalog.update is catalogues._update
    rule = first._catalog._plurals[0]
    assert rule.__code__ != rule
