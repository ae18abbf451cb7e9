from django.apps import AppConfig


class ApplyingConfig(AppConfig):
    name = "visavis.applying"
