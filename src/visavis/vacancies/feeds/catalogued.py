"""What a feed needs of the catalogue: places kept in memory until they change, skills once for a run."""

from visavis.catalog.cache import PerEdition
from visavis.catalog.models import Commune, Department, Postcode, Region, Skill
from visavis.folding import fold_signs
from visavis.vacancies.feeds.places import AreaRow, CommuneRow, PlaceIndex


def build() -> PlaceIndex:
    """Read every place of the catalogue."""
    postcodes: dict[str, list[str]] = {}
    for code, commune in Postcode.objects.order_by("code").values_list("code", "commune_id").iterator():
        postcodes.setdefault(commune, []).append(code)
    rows = Commune.objects.iterator()
    return PlaceIndex(
        (commune_row(row, tuple(postcodes.get(row.code, ()))) for row in rows),
        [AreaRow(*row) for row in Department.objects.values_list("code", "name", "region_id")],
        [AreaRow(*row) for row in Region.objects.values_list("code", "name")],
    )


places = PerEdition(build, of=Commune)


def commune_row(row: Commune, postcodes: tuple[str, ...]) -> CommuneRow:
    where = (row.department_id, row.latitude, row.longitude)
    return CommuneRow(row.code, row.name, *where, row.population, row.precision_km, postcodes)


class Skills:
    """Codes of the catalogue's skills, by code and by label."""

    def __init__(self) -> None:
        self.codes: set[str] = set()
        self.by_label: dict[str, str] = {}
        for code, label_fr, label_en in Skill.objects.values_list("code", "label_fr", "label_en").iterator():
            self.codes.add(code)
            for label in (label_fr, label_en):
                if label:
                    self.by_label.setdefault(fold_signs(label), code)

    def find(self, code: str, label: str) -> str | None:
        """Return the code of a skill known by its code or by its label."""
        return code if code in self.codes else self.by_label.get(fold_signs(label))
