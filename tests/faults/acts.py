"""People who ask for codes, write to their counsellor, and programs that read openings, all the while."""

import http.client
import itertools
import threading
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.common.at_once import IS_FULL
from tests.faults.parts import wait
from tests.faults.service import Service

TIME_OUT_S, PAUSE_S = 60, 0.1 if IS_FULL else 0.4
# Nobody of one crowd has the address, or the machine, of somebody in another.
NUMBERS = itertools.count(1)
# A secret of CSRF that a browser holds and its forms bear.
SECRET = "a" * 32
OPENED = {"csrftoken": SECRET}
BEFORE = {
    "messages": "SELECT id FROM mailboxes_message",
    "codes": "SELECT id FROM faults_gone UNION SELECT id FROM people_outgoing",
}
# How many do each at once.
VISITORS, WRITERS = 2, 2


@dataclass(frozen=True)
class Code:
    """Somebody to whom the service said that a code is under way, and the session in which it may be typed."""

    address: str
    session: str


@dataclass
class Crowd:
    """Acts from several threads until it is told to stop, and keeps what it was told."""

    service: Service
    sessions: list[str]
    codes: list[Code] = field(default_factory=list)
    # Forms that were sent, and those of which it was said that they are kept.
    forms: list[uuid.UUID] = field(default_factory=list)
    written: list[uuid.UUID] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    over: threading.Event = field(default_factory=threading.Event)
    # What others had written and been sent before: it is not this crowd's.
    before: dict[str, set[object]] = field(default_factory=dict)

    def __enter__(self) -> "Crowd":
        for what, sql in BEFORE.items():
            self.before[what] = {one for (one,) in self.service.database.rows(sql)}
        acts = [self._code] * VISITORS + [self._message] * WRITERS + [self._program]
        self.threads = [
            threading.Thread(target=self._act_on, args=(act, place), daemon=True)
            for place, act in enumerate(acts)
        ]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Let everybody end what is begun."""
        self.over.set()
        for thread in self.threads:
            thread.join(2 * TIME_OUT_S)

    @property
    def confirmed(self) -> int:
        return len(self.codes) + len(self.written)

    def more(self, number: int, what: str) -> None:
        """Wait until so many more codes and so many more messages were confirmed."""
        codes, written = len(self.codes) + number, len(self.written) + number
        wait(
            lambda: len(self.codes) >= codes and len(self.written) >= written,
            lambda: f"{what}: {self.answers}\n{self.service.log('web')}",
        )

    def _act_on(self, act: Callable[[int], None], place: int) -> None:
        while not self.over.is_set():
            act(place)
            self.over.wait(PAUSE_S)

    def _code(self, _place: int) -> None:
        """Ask for a code, as somebody new."""
        self.asked["code"] += 1
        address = f"person{next(NUMBERS)}@example.org"
        answer = self._send("/account/sign-in/", {"address": address}, OPENED)
        session = cookies_of(answer).get("sessionid", "") if answer else ""
        if answer and answer.status == http.client.FOUND and session:
            self.codes.append(Code(address, session))

    def _message(self, place: int) -> None:
        """Write a message, send it again until it is confirmed, and once more, as an impatient finger does."""
        self.asked["message"] += 1
        form = uuid.uuid4()
        self.forms.append(form)
        said = {"subject": "Rendez-vous", "body": "Bonjour", "form": str(form)}
        session = self.sessions[place % len(self.sessions)]
        for press in range(2):
            while not self._is_kept(self._send("/messages/new/", said, OPENED | {"sessionid": session})):
                if self.over.is_set():
                    return
            if press == 0:
                self.written.append(form)

    def _is_kept(self, answer: http.client.HTTPResponse | None) -> bool:
        return answer is not None and (answer.headers["Location"] or "").startswith("/messages/")

    def _program(self, _place: int) -> None:
        """Read the newest openings, as a program that is not known does: who asks too often is counted."""
        self.asked["reading"] += 1
        self._send("/api/v1/vacancies", None, {})

    def _send(
        self, path: str, said: dict[str, str] | None, cookies: dict[str, str]
    ) -> http.client.HTTPResponse | None:
        """Send a form, or open a page; count what was answered, and return it unless nobody did."""
        number = next(NUMBERS)
        headers = {
            "X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=TIME_OUT_S)
        try:
            body = None if said is None else urlencode(said | {"csrfmiddlewaretoken": SECRET})
            connection.request("GET" if said is None else "POST", path, body, headers)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.answers[type(error).__name__] += 1
            self.over.wait(0.2)
            return None
        finally:
            connection.close()
        is_honest = answer.status != http.client.SERVICE_UNAVAILABLE or answer.headers["Retry-After"]
        self.answers[str(answer.status) if is_honest else "503 that does not say when"] += 1
        if answer.status == http.client.SERVICE_UNAVAILABLE:
            self.over.wait(0.2)
        return answer


def cookies_of(answer: http.client.HTTPResponse) -> dict[str, str]:
    given = answer.headers.get_all("Set-Cookie") or []
    return dict(one.split(";")[0].split("=", 1) for one in given)
