from django.apps import AppConfig


class TriesConfig(AppConfig):
    name = "visavis.tries"
