"""How the catalogue calls what has a code: asked for once in a process, until the next import."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet

from visavis.catalog.cache import PerEdition
from visavis.catalog.models import Interest, Occupation, Skill, Title
from visavis.common.prepared import Prepared

MOST = 4_000
"""So many codes of a kind are kept at most, a few hundred bytes each; with one more all of the kind are forgotten."""

# What is kept of every kind, by its question.
_KEPT: PerEdition[dict[int, dict[str, list[Any]]]] = PerEdition(lambda: defaultdict(dict), Occupation)


class ByCode[Row: tuple[Any, ...]]:
    """The rows of some codes, which are their first column; a code without rows is kept as well."""

    def __init__(self, ask: Callable[[Any], QuerySet[Any, Row]]) -> None:
        self._ask = Prepared(ask)

    def __call__(self, codes: Iterable[str]) -> list[Row]:
        """Return the rows of these codes, in the order of the codes."""
        kept, wanted = _KEPT()[id(self)], list(dict.fromkeys(codes))
        # Whatever another thread forgets meanwhile, what is returned is held here.
        found = {code: kept[code] for code in wanted if code in kept}
        if missing := [code for code in wanted if code not in found]:
            asked: dict[str, list[Row]] = {code: [] for code in missing}
            for row in self._ask(missing):
                asked[row[0]].append(row)
            if len(kept) + len(asked) > MOST:
                kept.clear()
            kept |= asked
            found |= asked
        return [row for code in wanted for row in found[code]]


def _labelled(model: type[Occupation | Skill | Interest]) -> ByCode[tuple[str, str, str]]:
    """Ask for the label of each code in French and in English."""
    return ByCode(
        lambda codes: model.objects.order_by().filter(pk__in=codes).values_list("pk", "label_fr", "label_en")
    )


OCCUPATIONS, SKILLS, INTERESTS = _labelled(Occupation), _labelled(Skill), _labelled(Interest)
TITLES = ByCode(
    lambda codes: Title.objects.order_by().filter(occupation__in=codes).values_list("occupation", "label")
)
