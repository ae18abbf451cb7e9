"""The state machine of an account, as data; docs/employers.md draws it."""

from visavis.acts.table import Rule, Table, rule
from visavis.employers.enums import TO_CHECK, Act, Side, State

E, A = Side.EMPLOYER, Side.AGENCY

RULES: dict[tuple[State | None, Act], Rule[State, Side]] = {
    (None, Act.ASK): rule({E, A}, State.ASKED),
    (State.ASKED, Act.TAKE_UP): rule({A}, State.CHECKING),
    **{
        (state, act): rule({side}, target)
        for state in sorted(TO_CHECK)
        for act, side, target in (
            (Act.CHECK, A, State.CHECKING),
            (Act.REFUSE, A, State.REFUSED),
            (Act.WITHDRAW, E, State.WITHDRAWN),
        )
    },
    (State.CHECKING, Act.OPEN): rule({A}, State.OPEN),
    (State.OPEN, Act.TAKE_DOWN): rule({A}, State.DOWN),
}
TABLE: Table[State, Act, Side] = Table(RULES)
# What the agency may take back, for as long as nothing followed it.
TAKEN_BACK = frozenset({Act.REFUSE, Act.TAKE_DOWN})
