from django.apps import AppConfig


class BoardConfig(AppConfig):
    """An app that joins: everybody may hear a board, the people of an agency its own."""

    name = "tests.live.board"
    label = "board"

    def ready(self) -> None:
        from visavis.live.serving import following  # noqa: PLC0415  (the apps must be loaded)
        from visavis.live.topics import TOPICS  # noqa: PLC0415

        # Who has signed out is looked for each second.
        following.BEAT_S = 1
        TOPICS["board"] = lambda user, which: which.isdigit()
        TOPICS["staff"] = lambda user, which: user is not None and user.is_service_staff
