"""What a feed needs of the catalogue: its places, and its skills once for a run."""

from visavis.catalog.models import Skill
from visavis.catalog.places import gazetteer
from visavis.catalog.pointing import Pointer
from visavis.folding import fold_signs


def places() -> Pointer:
    """Give what finds where work is among the places of the catalogue."""
    return Pointer(gazetteer())


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
