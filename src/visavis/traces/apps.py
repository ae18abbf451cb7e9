from django.apps import AppConfig


class TracesConfig(AppConfig):
    name = "visavis.traces"

    def ready(self) -> None:
        """Add to her own export what is kept of her here, and to what she agreed to where permits are stopped."""
        from visavis.consents.purposes import OTHERS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.jobseekers import taking  # noqa: PLC0415  (the apps must be loaded)
        from visavis.traces import keys, models, permits  # noqa: PLC0415  (the apps must be loaded)
        from visavis.vault import turning  # noqa: PLC0415  (the apps must be loaded)

        turning.OTHERWISE.append(
            turning.Otherwise(models.Period, ("sealed_key",), "secret", keys.is_of_former, keys.seal_anew)
        )
        taking.HERS_ALONE["permits"] = permits.export
        OTHERS.append(permits.agreed)
