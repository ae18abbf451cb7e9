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


def said(text: str, language: str, **context: str) -> str:
    with translation.override(language):
        return Template(text).render(Context(context))


def by_django(text: str, language: str, monkeypatch: pytest.MonkeyPatch, **context: str) -> str:
    with monkeypatch.context() as patch:
        patch.setattr("visavis.ui.said.is_constant", lambda node: False)
        return said(text, language, **context)


@pytest.mark.parametrize("text", TEXTS)
def test_each_language_has_its_own_words(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    template = Template(text)
    for language in ("fr", "en", "fr", "en"):
        with translation.override(language):
            found = template.render(Context({"word": "Sign out"}))
        assert found == by_django(text, language, monkeypatch, word="Sign out")


def test_a_sentence_is_looked_up_once_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    template, asked = Template(TEXTS[0] * 2), []
    render = TranslateNode.render
    monkeypatch.setattr(
        TranslateNode, "render", lambda node, context: asked.append(1) or render(node, context)
    )
    for language in ("fr", "en", "fr"):
        with translation.override(language):
            template.render(Context())
    assert len(asked) == 4


def test_words_of_the_page_are_never_kept() -> None:
    template = Template("{% translate word %}")
    with translation.override("fr"):
        assert template.render(Context({"word": "Sign out"})) != template.render(Context({"word": "Sign in"}))


ADDRESSES = (
    '{% url "portal:home" %}',
    '{% url "portal:desk_person" jobseeker_id=number %}',
    '{% url "introductions:still_there" introduction_id=number months=3 %}',
    '{% url "jobseekers:question" question=word %}',
    '{% url "portal:desk_person" number %}',
    '{% url "portal:desk_person" jobseeker_id=number as there %}<{{ there }}>',
    "{% url page %}",
)


@pytest.mark.parametrize("text", ADDRESSES)
def test_an_address_is_that_of_django(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    template = Template(text)
    with monkeypatch.context() as patch:
        patch.setattr("visavis.ui.said.Addressed", lambda node: node)
        by_django = Template(text)
    for number in (7, 0, "7", 12_345_678_901_234):
        for prefix in ("/", "/for/7/"):
            set_script_prefix(prefix)
            try:
                context = {"number": number, "word": "place", "page": "portal:home"}
                assert template.render(Context(context)) == by_django.render(Context(context))
            finally:
                set_script_prefix("/")


def test_an_address_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    template = Template(ADDRESSES[1])
    template.render(Context({"number": 1}))
    monkeypatch.setattr("visavis.common.addresses.reverse", None)
    assert template.render(Context({"number": 27})) == "/desk/people/27/"


@pytest.mark.parametrize("number", [-1, "a/b", None])
def test_what_is_no_address_is_refused_as_before(number: object) -> None:
    with pytest.raises(NoReverseMatch):
        Template(ADDRESSES[1]).render(Context({"number": number}))
