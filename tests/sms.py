"""Text messages kept in memory."""

from typing import ClassVar


class MemoryGateway:
    """Keeps messages in memory."""

    sent: ClassVar[list[tuple[str, str]]] = []

    def send(self, to: str, text: str, number: str = "") -> None:
        self.sent.append((to, text))
