from typing import Any

from django.apps import AppConfig

from visavis.ui import catalogues


class UiConfig(AppConfig):
    name = "visavis.ui"
    verbose_name = "Pages"

    def __init__(self, app_name: str, app_module: Any) -> None:
        """Join the catalogues before models are read: some of them say a sentence, which loads all there are."""
        super().__init__(app_name, app_module)
        catalogues.join()
