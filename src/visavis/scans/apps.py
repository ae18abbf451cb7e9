import uuid
from collections.abc import Sequence

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScansConfig(AppConfig):
    name = "visavis.scans"

    def ready(self) -> None:
        """Name what the journal and the news say, keep the files of pages, and tell the homes what is to be sorted."""
        from visavis.common.signs import SIGNS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.documents import files  # noqa: PLC0415  (the apps must be loaded)
        from visavis.news.wording import name_letter, name_news  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.waiting import APPS  # noqa: PLC0415  (the apps must be loaded)
        from visavis.people.wording import name_thing  # noqa: PLC0415  (the apps must be loaded)
        from visavis.scans import signs, taking, telling, waiting, working  # noqa: PLC0415  (the apps must be loaded)

        name_thing("scan", _("a scan of paper"))
        name_thing("scan-part", _("pages of a scan"))
        name_thing("cover", _("a cover sheet"))
        name_news(telling.THING, telling.ALOUD)
        name_letter(telling.THING, telling.on_paper)
        files.NAMED_BY.append(named_by_scans)
        taking.AFTER_TAKING.add(working.work_on.enqueue)
        APPS.append(waiting.Paper())
        SIGNS["paper_in"] = signs.paper_in


def named_by_scans(names: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Return which of some files a scan or a page of one names."""
    from visavis.scans.models import Scan, ScanPage  # noqa: PLC0415  (the apps must be loaded)

    columns = ((Scan, "file"), (ScanPage, "file"), (ScanPage, "small"))
    found = (
        model.objects.filter(**{f"{column}__in": names}).values_list(column, flat=True)
        for model, column in columns
    )
    return {name for some in found for name in some if name is not None}
