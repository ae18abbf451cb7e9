from django.apps import AppConfig


class JobseekersConfig(AppConfig):
    name = "visavis.jobseekers"

    def ready(self) -> None:
        """Open the profile of whoever signs up: a person who has answered nothing is seen all the same."""
        from visavis.jobseekers import services  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people import services as accounts  # noqa: PLC0415  (the apps must be loaded)

        accounts.AFTER_SIGN_UP.append(services.open_own)
