from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "visavis.ui"
    verbose_name = "Pages"
