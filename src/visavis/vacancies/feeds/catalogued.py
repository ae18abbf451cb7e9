"""What a feed needs of the catalogue, fetched once for a run."""

from visavis.catalog.models import Commune, Department, Postcode, Region, Skill
from visavis.vacancies.feeds.places import AreaRow, CommuneRow, PlaceIndex
from visavis.vacancies.words.text import fold


def places() -> PlaceIndex:
    """Return every place of the catalogue, in memory."""
    postcodes: dict[str, list[str]] = {}
    for code, commune in Postcode.objects.order_by("code").values_list("code", "commune_id").iterator():
        postcodes.setdefault(commune, []).append(code)
    columns = ("code", "name", "department_id", "latitude", "longitude", "population", "precision_km")
    communes = Commune.objects.values_list(*columns).iterator()
    return PlaceIndex(
        (CommuneRow(*row[:7], tuple(postcodes.get(row[0], ()))) for row in communes),
        [AreaRow(*row) for row in Department.objects.values_list("code", "name", "region_id")],
        [AreaRow(*row) for row in Region.objects.values_list("code", "name")],
    )


class Skills:
    """Codes of the catalogue's skills, by code and by label."""

    def __init__(self) -> None:
        self.codes: set[str] = set()
        self.by_label: dict[str, str] = {}
        for code, label_fr, label_en in Skill.objects.values_list("code", "label_fr", "label_en").iterator():
            self.codes.add(code)
            for label in (label_fr, label_en):
                if label:
                    self.by_label.setdefault(fold(label), code)

    def find(self, code: str, label: str) -> str | None:
        """Return the code of a skill known by its code or by its label."""
        return code if code in self.codes else self.by_label.get(fold(label))
