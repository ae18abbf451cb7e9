from django.apps import AppConfig


class TracesConfig(AppConfig):
    name = "visavis.traces"

    def ready(self) -> None:
        """Add to her own export what is kept of her here, and to the night what is deleted."""
        from visavis.common.forgetting import ALSO  # noqa: PLC0415  (the apps must be loaded)
        from visavis.jobseekers import taking  # noqa: PLC0415  (the apps must be loaded)
        from visavis.traces import permits, receiving  # noqa: PLC0415  (the apps must be loaded)

        taking.HERS_ALONE["permits"] = permits.export
        ALSO["private reports already counted"] = receiving.forget_counted
