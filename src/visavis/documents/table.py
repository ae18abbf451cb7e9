"""The state machine of a document, as data."""

from visavis.acts.table import Table, rule
from visavis.documents.enums import Act, Side, State

S, P, A = Side.SERVICE, Side.PERSON, Side.AGENCY

TABLE: Table[State, Act, Side] = Table(
    {
        (None, Act.SEND): rule({P, A}, State.RECEIVED),
        (State.RECEIVED, Act.DRAW): rule({S}, State.TO_CHECK),
        (State.RECEIVED, Act.STOP): rule({S}, State.UNSAFE),
        (State.RECEIVED, Act.WITHDRAW): rule({P, A}, State.WITHDRAWN),
        (State.TO_CHECK, Act.WITHDRAW): rule({P, A}, State.WITHDRAWN),
        (State.UNSAFE, Act.WITHDRAW): rule({P, A}, State.WITHDRAWN),
        (State.TO_CHECK, Act.CHECK): rule({A}, State.CHECKED),
        (State.TO_CHECK, Act.REFUSE): rule({A}, State.REFUSED),
    }
)
