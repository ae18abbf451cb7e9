from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "visavis.people"
