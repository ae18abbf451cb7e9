from django.apps import AppConfig


class ProposingConfig(AppConfig):
    name = "visavis.proposing"
