"""One row of the access table: an address, and what it answers to each persona."""

from dataclasses import dataclass, field

from tests.personas import PERSONAS

EVERYBODY = frozenset(PERSONAS)
SIGNED_IN = EVERYBODY - {"visitor"}
STAFF = frozenset({"bruno", "dario", "rosa", "hugo", "nadia"})
JOBSEEKERS = frozenset({"amelie", "gael"})
EMPLOYERS = frozenset({"chloe", "emile"})


@dataclass(frozen=True)
class Row:
    """`name` is the address's name; `arguments` maps each argument to a value or to an attribute of the Town.

    A persona in `allowed` gets 200 (or a redirect to `leads_to` other than the sign-in page) to a
    `method`; the visitor outside `allowed` is sent to the sign-in page; everybody else outside gets
    404, or 403 when `forbidden` says that the refusal is of the act and not of the object.
    """

    name: str
    allowed: frozenset[str] | set[str]
    arguments: dict[str, str | int] = field(default_factory=dict)
    method: str = "get"
    data: dict[str, str] = field(default_factory=dict)
    query: str = ""
    forbidden: frozenset[str] | set[str] = frozenset()
    statuses: tuple[int, ...] = (200, 302, 303)
