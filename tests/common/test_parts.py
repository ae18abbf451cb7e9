"""What a path opens is what Django would find by trying every address, only sooner."""

import re
from collections.abc import Iterator

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, include, path
from django.urls.resolvers import RegexPattern, RoutePattern

from visavis.common.parts import Part, part
from visavis.config import urls

STAND_INS = {
    "int": "7",
    "slug": "a-b",
    "str": "a.b",
    "uuid": "b9d7c7a0-0000-4000-8000-000000000000",
    "path": "a/b",
}


def plain() -> URLResolver:
    """Return the same addresses as Django tries them."""
    all_of_them = [
        URLResolver(one.pattern, one.urlconf_name, app_name=one.app_name, namespace=one.namespace)
        if isinstance(one, Part)
        else one
        for one in urls.urlpatterns
    ]
    return URLResolver(RegexPattern(r"^/"), all_of_them)


def paths(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """Give a path for each address that is written as a route."""
    stands_in = lambda of: STAND_INS.get(of[1] or "str", "1")
    for one in resolver.url_patterns:
        if isinstance(one.pattern, RoutePattern):
            filled = before + re.sub(r"<(?:(\w+):)?\w+>", stands_in, str(one.pattern))
            yield from paths(one, filled) if isinstance(one, URLResolver) else [filled]


def opened(by: URLResolver, asked: str) -> object:
    try:
        found = by.resolve(asked)
    except Resolver404:
        return None
    return found.func, found.kwargs, found.view_name, found.route


def test_every_address_opens_what_django_opens() -> None:
    everywhere, ours = [*paths(get_resolver(urls))], get_resolver(urls)
    assert len(everywhere) > 500
    django = plain()
    for known in everywhere:
        for asked in (f"/{known}", f"/{known}x", f"/{known.rstrip('/')}", f"/x{known}"):
            assert opened(ours, asked) == opened(django, asked), asked
    assert sum(opened(ours, f"/{known}") is not None for known in everywhere) > 0.9 * len(everywhere)
    for asked in ("/", "//", "/nothing/", "/api/v1/nothing", "/api/v1/a\nb", "/%", "/é/"):
        assert opened(ours, asked) == opened(django, asked), asked


def test_a_path_of_another_word_is_tried_nowhere_and_any_word_is_kept() -> None:
    apart = Part(
        RoutePattern("", is_endpoint=False),
        [path("a/", len), path("<slug:any>/", str), path("b", include([path("c/", int)])), path("a/", float)],
    )
    assert apart.resolve("a/").func is len and apart.resolve("z/").func is str
    # What begins like a word, without a slash, is no word.
    assert apart.resolve("bc/").func is str
    with pytest.raises(Resolver404) as told:
        part("visavis.catalog.urls").resolve("desk/people/7/")
    assert not told.value.args[0]["tried"]
    assert all(isinstance(one, URLPattern | URLResolver) for one in apart.url_patterns)
