"""What a person does to come in by another service."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.people.identity.twisted import Provider


def begin(client: Client, slot: str = "people", *, link: bool = False, then: str = "") -> str:
    """Go to the provider; return the address her browser is sent to."""
    url = reverse("people:identity_link" if link else "identity_begin", kwargs={"slot": slot})
    answer = client.get(url + (f"?next={then}" if then else ""))
    assert answer.status_code == 302, answer.status_code
    return str(answer.headers["Location"])


def come_back(client: Client, brought: dict[str, str], slot: str = "people") -> HttpResponse:
    """Come back with what the provider gave, and press the button."""
    url = reverse("identity_answer", kwargs={"slot": slot})
    page = client.get(url, brought)
    assert page.status_code == 200
    return client.post(url, brought)


def go(client: Client, provider: Provider, sub: str, slot: str = "people", **more: Any) -> HttpResponse:
    """The whole way, to the page after it."""
    link, then = more.pop("link", False), more.pop("then", "")
    address = begin(client, slot, link=link, then=then)
    return come_back(client, provider.consent(address, sub, **more), slot)


def link(client: Client, provider: Provider, sub: str, slot: str = "people") -> HttpResponse:
    """Link an identity, signed in."""
    go(client, provider, sub, slot, link=True)
    return client.post(reverse("people:identity_keep"))


def said(client: Client, answer: HttpResponse) -> str:
    """Return the page after an answer."""
    return client.get(answer.headers["Location"], follow=True).content.decode()
