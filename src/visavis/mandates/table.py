"""The state machine of a mandate, as data."""

from visavis.acts.table import Table, rule
from visavis.mandates.enums import Act, Side, State

P, H, A, S = Side.PERSON, Side.HELPER, Side.AGENCY, Side.SERVICE

TABLE: Table[State, Act, Side] = Table(
    {
        (None, Act.OFFER): rule({P, A}, State.OFFERED),
        # The helper types the code, or the agency records the signed paper.
        (State.OFFERED, Act.GIVE): rule({H, A}, State.GIVEN),
        (State.OFFERED, Act.DROP): rule({P, A, S}, State.DROPPED),
        (State.GIVEN, Act.REVOKE): rule({P, H, A}, State.REVOKED),
        (State.GIVEN, Act.END): rule({S}, State.ENDED),
    }
)
