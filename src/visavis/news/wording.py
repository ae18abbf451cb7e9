"""What a piece of news says: each app names its own kinds with `name_news`."""

from collections.abc import Callable, Mapping

from django.utils.functional import Promise

from visavis.news.models import News
from visavis.people.delivery import Answers

type Words = str | Promise

ALOUD: dict[tuple[str, str], Words] = {}
STOPS: dict[str, Callable[[News], str]] = {}
ANSWERS: dict[str, Callable[[News], Answers]] = {}


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
