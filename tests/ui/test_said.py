"""What stands between quotes in a template is looked up once a language, and says what Django's own tag says."""

import pytest
from django.template import Context, Template
from django.templatetags.i18n import TranslateNode
from django.urls import NoReverseMatch, set_script_prefix
from django.utils import translation

TEXTS = (
    '{% translate "Sign out" %}',
    '{% translate "More" context "pages" %}',
    '{% translate "More" context "acts" %}',
    '{% translate "Sign out" as out %}<{{ out }}>',
    "{% translate word %}",
    '{% translate "Sign out"|upper %}',
)


def said(template: Template, language: str, **context: str) -> str:
    with translation.override(language):
        return template.render(Context(context))


def test_each_language_has_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    for text in TEXTS:
        template = Template(text)
        with monkeypatch.context() as patch:
            patch.setattr("visavis.ui.said.is_constant", lambda node: False)
            by_django = Template(text)
        for language in ("fr", "en", "fr", "en"):
            for word in ("Sign out", "Sign in"):
                assert said(template, language, word=word) == said(by_django, language, word=word), text
    asked: list[int] = []
    render = TranslateNode.render
    monkeypatch.setattr(
        TranslateNode, "render", lambda node, context: asked.append(1) or render(node, context)
    )
    twice = Template(TEXTS[0] * 2)
    for language in ("fr", "en", "fr"):
        said(twice, language)
    assert len(asked) == 4, "a sentence is looked up once a language"


ADDRESSES = (
    '{% url "portal:home" %}',
    '{% url "portal:desk_person" jobseeker_id=number %}',
    '{% url "introductions:still_there" introduction_id=number months=3 %}',
    '{% url "jobseekers:question" question=word %}',
    '{% url "portal:desk_person" number %}',
    '{% url "portal:desk_person" jobseeker_id=number as there %}<{{ there }}>',
    "{% url page %}",
)


def test_an_address_is_that_of_django_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("visavis.ui.said.Addressed", lambda node: node)
        by_django = [Template(text) for text in ADDRESSES]
    ours = [Template(text) for text in ADDRESSES]
    for number in (7, 0, "7", 12_345_678_901_234):
        context = Context({"number": number, "word": "place", "page": "portal:home"})
        for prefix in ("/", "/for/7/"):
            set_script_prefix(prefix)
            try:
                assert [one.render(context) for one in ours] == [one.render(context) for one in by_django]
            finally:
                set_script_prefix("/")
    for nowhere in (-1, "a/b", None):
        with pytest.raises(NoReverseMatch):
            Template(ADDRESSES[1]).render(Context({"number": nowhere}))
    monkeypatch.setattr("visavis.common.addresses.reverse", None)
    assert ours[1].render(Context({"number": 27})) == "/desk/people/27/"
