"""The state machine of a plan, as data: who changes it waits for the other side's yes."""

from visavis.acts.table import Table, rule
from visavis.casefiles.enums import Act, Side, State

P, A = Side.PERSON, Side.AGENCY

TABLE: Table[State, Act, Side] = Table({(None, Act.BEGIN): rule({P, A}, *State)})
for here in State:
    TABLE[here, Act.ADD] = TABLE[here, Act.CHANGE] = rule({P, A}, *State)
    for act in (Act.END, Act.REOPEN, Act.HURDLES, Act.REVIEW):
        TABLE[here, act] = rule({P, A}, here)
TABLE[State.TO_PERSON, Act.AGREE] = rule({P}, State.AGREED)
TABLE[State.TO_US, Act.AGREE] = rule({A}, State.AGREED)
