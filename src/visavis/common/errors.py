"""What a service raises when it refuses."""

from django.utils.functional import Promise


class Refused(Exception):
    """A rule of the trade says no. The message is translated and may be shown to the person.

    A refusal that always says the same has it as `words`.
    """

    words: str | Promise = ""

    def __init__(self, message: str | Promise = "") -> None:
        self.message = message or self.words
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)
