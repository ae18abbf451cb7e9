from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "visavis.news"

    def ready(self) -> None:
        """Say to the desk what is to be told, and whether messages leave."""
        from visavis.common.signs import SIGNS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.news import signs  # noqa: PLC0415  (the apps must be loaded)
        from visavis.news.waiting import ToTell  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.waiting import APPS  # noqa: PLC0415  (the apps must be loaded)

        APPS.append(ToTell())
        SIGNS["messages"] = signs.messages
