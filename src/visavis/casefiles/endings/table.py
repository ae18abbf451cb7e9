"""The state machine of the end of a follow-up, as data."""

from visavis.acts.table import Table, rule
from visavis.casefiles.endings.enums import Act, Side, State

P, A, S = Side.PERSON, Side.AGENCY, Side.SERVICE

TABLE: Table[State, Act, Side] = Table(
    {
        (None, Act.PROPOSE): rule({P, A}, State.PROPOSED),
        # A notice that reached nobody is none: its day moves, and only time moves it.
        (State.PROPOSED, Act.MOVE): rule({S}, State.PROPOSED),
        (State.PROPOSED, Act.STAY): rule({P}, State.STAYS),
        (State.PROPOSED, Act.WITHDRAW): rule({A}, State.WITHDRAWN),
        # On its day, or at once at her own word.
        (State.PROPOSED, Act.END): rule({P, S}, State.ENDED),
        (State.ENDED, Act.AGAIN): rule({P, A}, State.AGAIN),
    }
)
