"""What a service raises when it refuses."""

from django.utils.functional import Promise


class Refused(Exception):
    """A rule of the trade says no. The message is translated and may be shown to the person."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)
