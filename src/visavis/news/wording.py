"""What a piece of news says: each app names its own kinds with `name_news`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from visavis.common.addresses import address
from visavis.news.models import News
from visavis.people.delivery import Answers
from visavis.people.models import User

type Words = str | Promise
type Page = Callable[[HttpRequest, News, str], HttpResponse]


@dataclass(frozen=True)
class Sender:
    """Who writes a letter: the lines at its head, and the number to call."""

    lines: tuple[str, ...]
    phone: str


ALOUD: dict[tuple[str, str], Words] = {}
STOPS: dict[str, Callable[[News], str]] = {}
ANSWERS: dict[str, Callable[[News], Answers]] = {}
LETTERS: dict[str, Callable[[News], Sequence[str]]] = {}
"""What stands in a letter; without it the words that are said aloud."""
PAGES: dict[str, Page] = {}
"""What the code of a letter opens, without an account: the request, the news, and the address of the page."""
ENTERED: dict[str, Callable[[News], str]] = {}
"""Where the agency enters an answer, when that is not the page to which the news leads."""
AT_WORK: dict[str, tuple[str, str]] = {}
"""A page that is only hers → that at which the service does the same for her, and by which number it finds her."""
SENDERS: list[Callable[[User], Sender | None]] = []
"""Who writes to somebody: her agency, or the agency in which somebody works. An app above that knows it adds itself."""


def name_news(
    thing: str,
    aloud: Mapping[str, Words],
    stop: Callable[[News], str] | None = None,
    answers: Callable[[News], Answers] | None = None,
) -> None:
    """Say how the kinds of news about a thing are said on the phone, where they are stopped, and how answered."""
    if answers:
        ANSWERS[thing] = answers
    ALOUD.update({(thing, kind): words for kind, words in aloud.items()})
    if stop:
        STOPS[thing] = stop


def stop_url(news: News) -> str:
    """Return the address at which she stops news about this thing; empty where they cannot be."""
    stop = STOPS.get(news.thing)
    return stop(news) if stop else ""


def answers_of(news: News) -> Answers | None:
    """Return how news is answered without signing in; nothing where it cannot be."""
    answers = ANSWERS.get(news.thing)
    return answers(news) if answers else None


def said_aloud(news: News) -> str:
    """Return a piece of news as a counsellor says it on the phone."""
    return str(ALOUD[news.thing, news.kind])


def name_letter(thing: str, words: Callable[[News], Sequence[str]], page: Page | None = None) -> None:
    """Say what a letter about a thing tells, and what its code opens."""
    LETTERS[thing] = words
    if page is not None:
        PAGES[thing] = page


def entered_at(news: News) -> str:
    """Return the page at which somebody of the service reads with her what she was told, and enters her answer."""
    if ask := ENTERED.get(news.thing):
        return ask(news)
    try:
        page = resolve(urlsplit(news.link).path).view_name
    except Resolver404:
        return news.link
    if page not in AT_WORK:
        return news.link
    name, key = AT_WORK[page]
    number = news.user_id if key == "user_id" else news.user.jobseeker.pk
    return address(name, **{key: number})


def on_paper(news: News) -> list[str]:
    """Return the paragraphs of a letter, in the language that is on."""
    if ask := LETTERS.get(news.thing):
        return [str(one) for one in ask(news)]
    return [of_it(news.title, said_aloud(news)) if news.title else said_aloud(news)]


def of_it(title: str, words: str) -> str:
    """Say something of a thing that has a name, with the colon of the language that is on."""
    return _("%(title)s: %(words)s") % {"title": title, "words": words}


def has_page(news: News) -> bool:
    """Say whether the code of its letter opens something."""
    return news.thing in PAGES
