"""Every page that links lead to says in English what it says in French."""

import re
from collections import Counter
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Page

from tests.common.at_once import IS_FULL
from tests.common.examples import first_of
from tests.journeys import speaking
from tests.journeys.conftest import Open
from tests.journeys.site import Site
from tests.journeys.walking import NOT_PAGES, ROLES, kind_of
from visavis.demo.followed_up import ACTIONS, GOALS

pytestmark = pytest.mark.journey

MOST_READ = 90 if IS_FULL else 20
MOST_COMPARED = 10 if IS_FULL else 1
# For how many roles each kind of page was compared.
compared: Counter[str] = Counter()
NAMES = (
    "select name from people_user union select title from vacancies_vacancy union select name from agencies_agency "
    "union select name from appointments_kind "
    "union select name from vacancies_employer union select name from employers_account "
    "union select name from catalog_commune "
    "union select address from agencies_agency union select name from catalog_department "
    "union select typed from jobseekers_wantedoccupation union select title from jobseekers_experience "
    # As she was told it, in her language, whoever calls her or answers her reads it.
    "union select title from news_news union select subject from mailboxes_thread"
)


# What people wrote into their plans rests sealed: the demonstration's own words.
PLANNED = {*GOALS, *(words for words, _whose, _partner in ACTIONS)}


def walked(page: Page) -> dict[str, str]:
    """Return one page of each kind, by address."""
    waiting, seen, found = [page.url], {kind_of(page.url)}, {}
    while waiting and len(found) < MOST_READ:
        address = waiting.pop(0)
        answer = page.request.get(address)
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        found[address] = answer.text()
        for link in re.findall(r'<a [^>]*href="([^"#]+)', found[address]):
            there = urljoin(address, link.replace("&amp;", "&"))
            same_site = urlsplit(there).netloc == urlsplit(address).netloc
            if same_site and not NOT_PAGES.search(urlsplit(there).path) and kind_of(there) not in seen:
                seen.add(kind_of(there))
                waiting.append(there)
    return found


@pytest.mark.parametrize(
    "role",
    first_of(["jobseeker", *(role for role in ROLES if role != "jobseeker")]),
    ids=lambda role: role or "visitor",
)
def test_every_page_says_in_english_what_it_says_in_french(role: str, opened: Open, site: Site) -> None:
    # A language is offered under its own name.
    data = {str(name) for (name,) in site.rows(NAMES)} | {"English", "Français"} | PLANNED
    page = opened(role)
    french = walked(page)
    page.locator("header button[name=language][value=en]").click()
    wrong = []
    for address, html in french.items():
        compared[kind_of(address)] += 1
        if compared[kind_of(address)] > MOST_COMPARED:
            continue
        english = page.request.get(address).text()
        found = set(speaking.untranslated(html, english, data=data))
        wrong += [f"{urlsplit(address).path}: {one}" for one in sorted(found)]
    page.locator("header button[name=language][value=fr]").click()
    assert not wrong, "\n".join(["", *wrong])
    assert len(french) >= 4
