from django.apps import AppConfig
from django.core.checks import Tags, register


class VaultConfig(AppConfig):
    name = "visavis.vault"

    def ready(self) -> None:
        from visavis.vault.checks import keys_fit  # noqa: PLC0415  (the models are there only now)

        # Before every change of the database, and in `visavis check --database default`.
        register(keys_fit, Tags.database)
