"""The state machine of a ticket, as data."""

from visavis.acts.table import Table, rule
from visavis.queues.enums import Act, Side, State

S, P, A = Side.SERVICE, Side.PERSON, Side.AGENCY

TABLE: Table[State, Act, Side] = Table(
    {
        (None, Act.COME_IN): rule({P, A}, State.WAITING),
        (State.WAITING, Act.CALL): rule({A}, State.CALLED),
        (State.ON_HOLD, Act.CALL): rule({A}, State.CALLED),
        (State.MISSED, Act.CALL): rule({A}, State.CALLED),
        (State.CALLED, Act.CALL): rule({A}, State.CALLED),
        (State.CALLED, Act.BEGIN): rule({A}, State.SERVING),
        (State.CALLED, Act.MISS): rule({A}, State.MISSED),
        (State.CALLED, Act.HOLD): rule({A}, State.ON_HOLD),
        (State.SERVING, Act.HOLD): rule({A}, State.ON_HOLD),
        (State.WAITING, Act.HOLD): rule({A}, State.ON_HOLD),
        (State.WAITING, Act.PASS): rule({A}, State.WAITING),
        (State.CALLED, Act.PASS): rule({A}, State.WAITING),
        (State.SERVING, Act.PASS): rule({A}, State.WAITING),
        (State.ON_HOLD, Act.PASS): rule({A}, State.WAITING),
        (State.ON_HOLD, Act.BACK): rule({A}, State.WAITING),
        (State.MISSED, Act.BACK): rule({P, A}, State.WAITING),
        (State.SERVING, Act.LONGER): rule({A}, State.WAITING),
        (State.SERVING, Act.FINISH): rule({A}, State.FINISHED),
        (State.WAITING, Act.LEAVE): rule({P, A, S}, State.LEFT),
        (State.CALLED, Act.LEAVE): rule({P, A, S}, State.LEFT),
        (State.SERVING, Act.LEAVE): rule({S}, State.LEFT),
        (State.ON_HOLD, Act.LEAVE): rule({P, A, S}, State.LEFT),
        (State.MISSED, Act.LEAVE): rule({P, A, S}, State.LEFT),
    }
)
