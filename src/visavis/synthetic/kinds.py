"""The kinds of employers of a made-up market, and who hires whom."""

from dataclasses import dataclass

from visavis.synthetic import tables


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of employer.

    `label_fr` follows `notre`, `label_en` follows `a` or `our`. In `names`, `{family}`, `{of_town}` and `{word}`
    are filled in. `hires` are the occupations, with the share of that occupation's vacancies found at this kind.
    """

    code: str
    section: str
    label_fr: str
    label_en: str
    names: tuple[str, ...]
    hires: dict[str, float]


def _kind(row: dict[str, str]) -> Kind:
    shares = dict(one.split(":") for one in row["hires"].split())
    return Kind(
        row["code"],
        row["section"],
        row["label_fr"],
        row["label_en"],
        tuple(row["names"].split("; ")),
        {occupation: float(share) for occupation, share in shares.items()},
    )


BY_CODE = {row["code"]: _kind(row) for row in tables.rows("kinds.csv")}
TEMPORARY = BY_CODE.pop("temporary_agency")
KINDS = tuple(BY_CODE.values())
