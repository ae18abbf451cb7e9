"""What is kept of private reports, and of who was let send one."""

from visavis.common.keeping import CONSENT, NOBODY, PUBLIC_TASK, Erased, Kept, Rows
from visavis.traces import receiving
from visavis.traces.models import Figure, Period, Permit, Report, Standing, Stop, Tally

KEPT = [
    Kept(
        what="permits for private reports (who, which quarter, ε)",
        until="while the account is open",
        why="the cap for life",
        law=CONSENT,
        how="removed with the account; what was signed is forgotten when the quarter is counted",
        erased=Erased.WITH_ACCOUNT,
        tables=(Rows(Permit, "user"),),
    ),
    Kept(
        what="no permit wanted any more (who)",
        until="until taken back",
        why="to obey",
        law=PUBLIC_TASK,
        how="removed with the account",
        erased=Erased.WITH_ACCOUNT,
        tables=(Rows(Stop, "user"),),
    ),
    Kept(
        what="private reports (no person)",
        until="until thirty days after their quarter",
        why="to be counted",
        law=CONSENT,
        how="counted, then deleted by the night's run, or `visavis forget`",
        erased=Erased.NEVER,
        tables=(Rows(Report),),
        forget={"private reports already counted": receiving.forget_counted},
    ),
    Kept(
        what="counts and figures of reports",
        until="as long as the service",
        why="to show what many people like",
        law=NOBODY,
        how="never deleted",
        erased=Erased.NEVER,
        tables=(Rows(Period), Rows(Tally), Rows(Standing), Rows(Figure)),
    ),
]
