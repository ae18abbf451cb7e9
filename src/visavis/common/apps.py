from django.apps import AppConfig
from django.core.checks import register


class CommonConfig(AppConfig):
    name = "visavis.common"

    def ready(self) -> None:
        """Look at the files' modes whenever a command starts; keep the numbers of requests, and words of statements."""
        from visavis.common import numbers, statements  # noqa: PLC0415  (the settings must be loaded)
        from visavis.common.private import only_we_read_our_files  # noqa: PLC0415  (the settings must be loaded)

        register(only_we_read_our_files)
        numbers.follow_jobs()
        statements.keep_words()
