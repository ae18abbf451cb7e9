"""Who may open the list of whom nothing has reached, and one of them."""

from tests.access.row import Row

A_FORM = "0b0f5c3e-9f3c-4f8e-9a53-3d4f2f2b7c22"
LISTS = frozenset({"bruno", "dario", "hugo"})
HERS: dict[str, str | int] = {"jobseeker_id": "jobseeker"}
LOST: dict[str, str | int] = {"jobseeker_id": "lost_one"}

ROWS: list[Row] = [
    Row("unreached:list", LISTS),
    Row("unreached:one", frozenset({"bruno", "hugo"}), HERS),
    Row("unreached:here", frozenset({"rosa"}), LOST),
    Row(
        "unreached:here",
        frozenset({"rosa"}),
        LOST,
        method="post",
        data={"outcome": "reached", "form": A_FORM},
    ),
    Row(
        "unreached:one",
        frozenset({"bruno", "hugo"}),
        HERS,
        method="post",
        data={"outcome": "reached", "way": "phone", "form": A_FORM},
    ),
]
