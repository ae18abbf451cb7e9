"""What is kept of the programs that people let in."""

from visavis.api.models import Token
from visavis.common.keeping import PUBLIC_TASK, Erased, Kept, Rows

KEPT = [
    Kept(
        what="tokens for programs (a digest, a name, scopes, a last day)",
        until="while the account is open; they end on the day chosen, within a year, or when revoked",
        why="to know what a program was given",
        law=PUBLIC_TASK,
        how="removed with the account",
        erased=Erased.WITH_ACCOUNT,
        tables=(Rows(Token, "user", secret=frozenset({"digest"})),),
    )
]
