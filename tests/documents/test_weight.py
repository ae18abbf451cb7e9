"""What the page where documents are given weighs in all, as a phone on a slow network fetches it for the first time."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.hostile.doors import Standing
from tests.personas import Town

pytestmark = pytest.mark.django_db

# 2G carries some 4 kB a second: four seconds.
MOST = 15_000
LINKED = re.compile(r'(?:href|src)="/static/([^"#?]+\.(?:css|js|svg|woff2))')
AT_ONCE = re.compile(r'^import [^;]*"\./([\w.-]+\.js)"', re.M)
ASKED = re.compile(r'(data-visavis-[\w-]+)[^\n]*?import\("\./([\w-]+\.js)"\)')


def fetched(client: Client, url: str) -> dict[str, int]:
    """Return what a browser fetches for a page, and how many bytes each is on the wire."""
    page = client.get(url).content
    names = set(LINKED.findall(page.decode()))
    weights = {"the page": len(gzip.compress(page, 6))}
    while names:
        name = names.pop()
        path = Path(finders.find(name))
        weights[name] = len(brotli.compress(path.read_bytes()))
        if name.endswith(".js"):
            there = {f"{Path(name).parent}/{one}" for one in imported(path.read_text(), page.decode())}
            names |= there - weights.keys()
    return weights


def imported(script: str, page: str) -> list[str]:
    """Return what a module imports: at once, or because the page has its attribute."""
    return [*AT_ONCE.findall(script), *(name for mark, name in ASKED.findall(script) if mark in page)]


@pytest.mark.parametrize("page", ["hers", "letter", "phone"])
def test_the_page_where_documents_are_given_weighs_less_than_fifteen_thousand_bytes(
    page: str, town: Town, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    standing = Standing(town)
    client = standing.browser("amelie" if page == "hers" else page)
    url = standing.places.get(page) or reverse("documents:mine")
    weights = fetched(client, url)
    assert {"documents/parts.js", "documents/tus.js", "ui/visavis.css"} <= weights.keys(), "is anything seen?"
    assert sum(weights.values()) < MOST, weights
