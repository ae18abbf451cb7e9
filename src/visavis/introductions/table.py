"""The state machine, as data: what may happen in which state, for which side, and where it leads.

Whatever is not in the table is refused. The property tests walk it; docs/introductions.md draws it.
"""

from visavis.acts.table import Rule, Table, rule
from visavis.introductions.enums import BOTH_SAID_YES, OPEN, Act, Side, State

J, E, C, S = Side.JOBSEEKER, Side.EMPLOYER, Side.COUNSELLOR, Side.SERVICE

RULES: dict[tuple[State | None, Act], Rule[State, Side]] = {
    (None, Act.WANT): rule({J}, State.WANTED),
    (None, Act.PROPOSE): rule({C}, State.PROPOSED),
    (None, Act.ASK): rule({E}, State.PROPOSED),
    (State.PROPOSED, Act.ACCEPT): rule({J}, State.WANTED, State.AGREED),
    (State.PROPOSED, Act.DECLINE): rule({J}, State.DECLINED),
    (State.PROPOSED, Act.WITHDRAW): rule({C, E}, State.WITHDRAWN),
    (State.WANTED, Act.PUT): rule({S}, State.PUT),
    (State.WANTED, Act.WITHDRAW): rule({J}, State.WITHDRAWN),
    (State.PUT, Act.WITHDRAW): rule({J}, State.WITHDRAWN),
    (State.PUT, Act.AGREE): rule({E}, State.AGREED),
    (State.PUT, Act.REFUSE): rule({E}, State.DECLINED),
    # Noted by one person: another one confirms it, or nobody stops it; the employer can still say no.
    (State.AGREED, Act.SECOND): rule({J, E, C, S}, State.AGREED),
    (State.AGREED, Act.REFUSE): rule({E}, State.DECLINED),
    (State.AGREED, Act.TAKE_TIME): rule({J, E}, State.INTERVIEW),
    (State.AGREED, Act.OTHER_TIME): rule({J, E}, State.AGREED),
    (State.INTERVIEW, Act.CANCEL): rule({J, E}, State.AGREED),
    **{
        (state, act): rule(sides, *targets)
        for state in BOTH_SAID_YES
        for act, sides, targets in (
            (Act.SET_TIME, {J, E}, [State.AGREED]),
            (Act.WITHDRAW, {J}, [State.WITHDRAWN]),
            (Act.NOT_HIRE, {J, E}, [State.NOT_HIRED]),
            (Act.DECLARE, {J, E, C}, [state]),
            (Act.DISPUTE, {J, E}, [state]),
            (Act.CONFIRM, {J, E, C}, [State.HIRED]),
        )
    },
    **{(state, Act.EXPIRE): rule({S}, State.EXPIRED) for state in OPEN},
    **{(state, Act.CLOSE): rule({S}, State.WITHDRAWN) for state in OPEN},
}
TABLE: Table[State, Act, Side] = Table(RULES)
