"""What a piece of news says: each app names its own kinds with `name_news`."""

from collections.abc import Mapping

from django.utils.functional import Promise

from visavis.news.models import News

type Words = str | Promise

ALOUD: dict[tuple[str, str], Words] = {}


def name_news(thing: str, aloud: Mapping[str, Words]) -> None:
    """Say how the kinds of news about a thing are said on the phone."""
    ALOUD.update({(thing, kind): words for kind, words in aloud.items()})


def said_aloud(news: News) -> str:
    """Return a piece of news as a counsellor says it on the phone."""
    return str(ALOUD[news.thing, news.kind])
