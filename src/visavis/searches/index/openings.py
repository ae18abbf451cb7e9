"""Every opening's facts as columns, laid out once for a search and its counts."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visavis.catalog.enums import ContractKind, Licence
from visavis.engine.facts.occupations import joint
from visavis.engine.search.coded import Coded
from visavis.vacancies.ads.facts import PART_TIME_MOST
from visavis.vacancies.models.vacancy import VacancyQuerySet

type Bools = NDArray[np.bool_]
type Numbers = NDArray[np.int64]
type Floats = NDArray[np.float64]

CONTRACTS = tuple(ContractKind.values)
LICENCES = tuple(Licence.values)
NOT_SAID = -1
NEVER = 2**31 - 1
FIELDS = (
    "pk", "contract", "hours_min", "hours_max", "pay_min_hour", "pay_max_hour", "licences", "conditions",
    "latitude", "longitude", "precision_km", "published_at", "occupation_id", "commune_id", "department_id",
    "commune__department_id", "closes_on", "other_occupations",
)  # fmt: skip


@dataclass(frozen=True)
class Openings:
    """N openings. Numbers are NaN, codes -1 or empty, where an opening does not say."""

    ids: Numbers
    contract: NDArray[np.int8]  # place in CONTRACTS
    is_part: Bools
    is_full: Bools
    pay: Floats  # the highest pay it may come to, gross euros an hour
    licences: Numbers  # bits of LICENCES it demands
    is_night: Bools
    is_weekend: Bools
    points: Floats  # (N, 2): latitude and longitude
    off_km: Floats
    published: Floats  # seconds since 1970
    closes: NDArray[np.int32]  # its last day, as an ordinal
    occupation: Coded  # all it is, the foremost first, joined
    department: Coded
    commune: Coded

    def __len__(self) -> int:
        return len(self.ids)

    def cut(self, places: Numbers) -> "Openings":
        """Keep those at some places, in that order."""
        columns: dict[str, Any] = {one.name: getattr(self, one.name) for one in fields(self)}
        for name, some in columns.items():
            columns[name] = some.cut(places) if isinstance(some, Coded) else some[places]
        return Openings(**columns)

    def in_towns(self, places: Numbers) -> tuple[tuple[str, int], ...]:
        """Return how many of those at some places stand in each commune, the fullest first."""
        codes = self.commune.names
        counts = np.bincount(self.commune.at[places], minlength=len(codes))
        fullest = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)].tolist()
        return tuple((codes[row], int(counts[row])) for row in fullest if codes[row])

    @classmethod
    def of(cls, rows: VacancyQuerySet) -> "Openings":
        """Read the facts of vacancies."""
        return cls.of_rows(list(rows.order_by("pk").values_list(*FIELDS)))

    @classmethod
    def of_rows(cls, rows: Sequence[tuple[Any, ...]]) -> "Openings":
        """Lay rows of `FIELDS` out."""
        columns = list(zip(*rows, strict=True)) if rows else [()] * len(FIELDS)
        said: dict[str, tuple[Any, ...]] = dict(zip(FIELDS, columns, strict=True))
        least, most = floats(said["hours_min"]), floats(said["hours_max"])
        conditions = [set(codes) for codes in said["conditions"]]
        departments = zip(said["department_id"], said["commune__department_id"], strict=True)
        return cls(
            ids=np.array(said["pk"], np.int64),
            contract=np.array([place(CONTRACTS, code) for code in said["contract"]], np.int8),
            is_part=np.fmin(least, most) <= PART_TIME_MOST,
            is_full=np.fmax(least, most) > PART_TIME_MOST,
            pay=np.fmax(floats(said["pay_min_hour"]), floats(said["pay_max_hour"])),
            licences=np.array([bits(codes) for codes in said["licences"]], np.int64),
            is_night=np.array(["night" in codes for codes in conditions], bool),
            is_weekend=np.array([bool({"saturday", "sunday"} & codes) for codes in conditions], bool),
            points=np.stack([floats(said["latitude"]), floats(said["longitude"])], axis=1),
            off_km=floats(said["precision_km"]),
            published=np.array([at.timestamp() if at else 0 for at in said["published_at"]], np.float64),
            closes=np.array([day.toordinal() if day else NEVER for day in said["closes_on"]], np.int32),
            occupation=Coded.of(
                joint([code, *others]) if code else ""
                for code, others in zip(said["occupation_id"], said["other_occupations"], strict=True)
            ),
            department=Coded.of(own or of_town or "" for own, of_town in departments),
            commune=Coded.of(code or "" for code in said["commune_id"]),
        )

    @classmethod
    def joined(cls, parts: Sequence["Openings"]) -> "Openings":
        """Put parts one behind the other."""
        columns: dict[str, Any] = {}
        for one in fields(cls):
            some = [getattr(part, one.name) for part in parts]
            columns[one.name] = Coded.joined(some) if isinstance(some[0], Coded) else np.concatenate(some)
        return cls(**columns)


def floats(values: tuple[object, ...]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], np.float64)


def place(among: tuple[str, ...], code: str) -> int:
    return among.index(code) if code in among else NOT_SAID


def bits(codes: list[str]) -> int:
    return sum(1 << LICENCES.index(code) for code in codes if code in LICENCES)
