"""The state machine of an appointment, as data."""

from visavis.acts.table import Table, rule
from visavis.appointments.enums import Act, Side, State

P, A, S = Side.PERSON, Side.AGENCY, Side.SERVICE

TABLE: Table[State, Act, Side] = Table(
    {
        (State.HELD, Act.BOOK): rule({P, A}, State.BOOKED),
        (State.BOOKED, Act.MOVE): rule({P, A, S}, State.BOOKED),
        (State.BOOKED, Act.GIVE): rule({A, S}, State.BOOKED),
        (State.BOOKED, Act.EXCUSE): rule({P, A}, State.EXCUSED),
        (State.BOOKED, Act.REVOKE): rule({A, S}, State.REVOKED),
        (State.BOOKED, Act.SEE): rule({A}, State.SEEN),
        (State.BOOKED, Act.MISS): rule({A}, State.NO_SHOW),
        # What was noted by mistake is noted again.
        (State.SEEN, Act.MISS): rule({A}, State.NO_SHOW),
        (State.NO_SHOW, Act.SEE): rule({A}, State.SEEN),
    }
)
