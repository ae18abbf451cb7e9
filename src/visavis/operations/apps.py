from django.apps import AppConfig
from django.conf import settings


class OperationsConfig(AppConfig):
    name = "visavis.operations"

    def ready(self) -> None:
        """Give the signs of the machine, first, and tell the head when one is wrong."""
        from visavis.common.signs import SIGNS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.operations import retention, unreached  # noqa: PLC0415  (the apps must be loaded)
        from visavis.operations.health import machine  # noqa: PLC0415  (the apps must be loaded)
        from visavis.operations.waiting import Service  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.waiting import APPS  # noqa: PLC0415  (the apps must be loaded)

        APPS.append(Service())
        SIGNS.update(
            database=machine.database,
            disk=machine.disk,
            worker=machine.worker,
            backup=machine.backup,
            retention=retention.sign,
            unreached=unreached.sign,
            drill=machine.drill,
        )
        if settings.VISAVIS_CONTINUOUS:
            SIGNS["continuous"] = machine.continuous
