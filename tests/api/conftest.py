"""Programs of the town's people."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.personas import Town
from visavis.api import tokens
from visavis.api.scopes import GRAVE, GRAVE_DAYS, Scope, grantable
from visavis.journal.models import Entry

ROOT = "/api/v1"


@dataclass
class Program:
    """Asks in somebody's name, or in nobody's."""

    client: Client
    key: str = ""
    language: str = "en"

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        sent: dict[str, Any] = {"headers": {"Accept-Language": self.language, **headers}}
        if self.key:
            sent["headers"].setdefault("Authorization", f"Bearer {self.key}")
        if body is not None:
            sent |= {"data": body, "content_type": "application/json"}
        return getattr(self.client, method)(f"{ROOT}{path}", **sent)

    def get(self, path: str, **headers: str) -> Any:
        return self.ask("get", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.ask("post", path, body, **headers)

    def send(self, path: str, name: str, content: bytes, **said: str) -> Any:
        """Send a file, and what is said beside it, as a form."""
        headers = {"Accept-Language": self.language, "Authorization": f"Bearer {self.key}"}
        data = {"file": SimpleUploadedFile(name, content), **said}
        return self.client.post(f"{ROOT}{path}", data, headers=headers)

    def put(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.ask("put", path, body, **headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self.ask("delete", path, **headers)


type MakeProgram = Callable[..., Program]


@pytest.fixture(autouse=True)
def nothing_counted() -> Iterator[None]:
    """No request of another test counts."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def program(town: Town) -> MakeProgram:
    """Make the program of a persona, with every scope she may grant or those named."""

    def make(persona: str = "visitor", *scopes: Scope, second_factor: bool = True) -> Program:
        client = Client()
        if persona == "visitor":
            return Program(client)
        user = town.people[persona]
        granted = scopes or grantable(user)
        said = {"days": GRAVE_DAYS if GRAVE & set(granted) else 30, "has_second_factor": second_factor}
        _token, key = tokens.create(user=user, name="my program", scopes=granted, **said)
        return Program(client, key)

    return make


def stamped(town: Town, *things: str, who: str = "amelie") -> bool:
    """Say whether all that somebody did to such things says by which key."""
    acts = Entry.objects.filter(thing__in=things, actor_id=town.people[who].pk).exclude(action="signed-out")
    return acts.exists() and not acts.filter(token_id__isnull=True).exists()
