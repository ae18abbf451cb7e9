"""Nothing is left of one test in the next: rate limits, messages, the language."""

from collections.abc import Iterator

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from tests.sms import MemoryGateway


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    cache.clear()
    MemoryGateway.sent.clear()
    yield
    cache.clear()
    mail.outbox.clear()
    translation.activate("fr")


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"accept-language": "en"})
