"""The state machines of an interview, of a seat and of a call in its place, as data."""

from visavis.acts.table import Table, rule
from visavis.interviews.enums import Act, CallAct, CallState, SeatAct, SeatState, Side, State

P, A, S = Side.PERSON, Side.AGENCY, Side.SERVICE

TABLE: Table[State, Act, Side] = Table(
    {
        (None, Act.OPEN): rule({P, A, S}, State.TO_COME),
        (State.TO_COME, Act.BEGIN): rule({A}, State.RUNNING),
        (State.RUNNING, Act.END): rule({A, S}, State.ENDED),
        (State.TO_COME, Act.END): rule({A, S}, State.ENDED),
        # Ended by mistake: within its time one goes on.
        (State.ENDED, Act.RESUME): rule({A}, State.RUNNING),
    }
)

SEATS: Table[SeatState, SeatAct, Side] = Table(
    {
        (None, SeatAct.INVITE): rule({P, A, S}, SeatState.INVITED),
        # The person says yes to who sits beside.
        (SeatState.INVITED, SeatAct.AGREE): rule({P}, SeatState.INVITED),
        (SeatState.WAITING, SeatAct.AGREE): rule({P}, SeatState.WAITING),
        (SeatState.INVITED, SeatAct.ARRIVE): rule({P, A}, SeatState.WAITING, SeatState.ADMITTED),
        (SeatState.LEFT, SeatAct.ARRIVE): rule({P, A}, SeatState.WAITING, SeatState.ADMITTED),
        (SeatState.WAITING, SeatAct.ADMIT): rule({A}, SeatState.ADMITTED),
        (SeatState.WAITING, SeatAct.LEAVE): rule({P, A, S}, SeatState.LEFT),
        (SeatState.ADMITTED, SeatAct.LEAVE): rule({P, A, S}, SeatState.LEFT),
        (SeatState.INVITED, SeatAct.PUT_OUT): rule({P, A}, SeatState.OUT),
        (SeatState.WAITING, SeatAct.PUT_OUT): rule({P, A}, SeatState.OUT),
        (SeatState.ADMITTED, SeatAct.PUT_OUT): rule({P, A}, SeatState.OUT),
        (SeatState.LEFT, SeatAct.PUT_OUT): rule({P, A}, SeatState.OUT),
        # Put out by mistake: only who did it lets the seat wait again.
        (SeatState.OUT, SeatAct.INVITE): rule({A}, SeatState.INVITED),
    }
)

CALLS: Table[CallState, CallAct, Side] = Table(
    {
        (None, CallAct.ASK): rule({P, A}, CallState.WANTED),
        (CallState.WANTED, CallAct.REACH): rule({A}, CallState.REACHED),
        # Nobody answered: it stays on the list.
        (CallState.WANTED, CallAct.MISS): rule({A}, CallState.WANTED),
        (CallState.WANTED, CallAct.GIVE_UP): rule({A}, CallState.UNREACHED),
        (CallState.WANTED, CallAct.RENEW): rule({A}, CallState.NEW_TIME),
        # By herself, or with the appointment that is cancelled.
        (CallState.WANTED, CallAct.TAKE_BACK): rule({P, S}, CallState.TAKEN_BACK),
    }
)
