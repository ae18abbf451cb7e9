"""The addresses of an app, asked only for paths whose first word one of them has.

The site has some six hundred addresses, of thirty apps; tried one after the other, as Django does, they cost a page
nearly a millisecond before anything is done.
"""

from functools import cached_property
from typing import Any

from django.urls import URLPattern, URLResolver, include
from django.urls.resolvers import ResolverMatch, RoutePattern


class Part(URLResolver):
    """The addresses of an app, which hang at the root of the site."""

    @cached_property
    def _by_word(self) -> dict[str | None, URLResolver]:
        """Return, for each first word, its addresses in their order; under None those that may begin with any."""
        words = [(_first_word(one), one) for one in self.url_patterns]
        return {
            word: self._of([one for its, one in words if its in {word, None}]) for word, _one in words
        } | {None: self._of([one for its, one in words if its is None])}

    def _of(self, some: list[Any]) -> URLResolver:
        return URLResolver(self.pattern, some, self.default_kwargs, self.app_name, self.namespace)

    def resolve(self, path: Any) -> ResolverMatch:
        """Return what a path opens. Raises Resolver404, which tells what was tried, where it opens nothing here."""
        asked = str(path)
        word, _slash, _rest = asked.partition("/")
        return (self._by_word.get(word) or self._by_word[None]).resolve(asked)


def part(addresses: str) -> Part:
    """Return the addresses of an app at the root, as `path("", include(…))` would."""
    module, app_name, namespace = include(addresses)
    return Part(RoutePattern("", is_endpoint=False), module, app_name=app_name, namespace=namespace)


def _first_word(one: URLPattern | URLResolver) -> str | None:
    """Return the word with which every path of an address begins, up to a slash or its end; None if there is none."""
    if not isinstance(one.pattern, RoutePattern):
        return None
    word, slash, _rest = str(one.pattern).partition("/")
    is_whole = bool(slash) or isinstance(one, URLPattern)
    return word if is_whole and "<" not in word else None
