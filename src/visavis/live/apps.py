from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "visavis.live"

    def ready(self) -> None:
        """Let everybody who is signed in hear what is told to him alone, and say whether it is served."""
        from visavis.common.signs import SIGNS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.live import signs, topics  # noqa: PLC0415  (the apps must be loaded)

        topics.TOPICS["me"] = topics.is_me
        SIGNS["live"] = signs.live
