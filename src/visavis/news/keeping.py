"""What is kept of what people were told."""

from visavis.common.keeping import PUBLIC_TASK, Erased, Kept, Rows
from visavis.news.models import News

KEPT = [
    Kept(
        what="news told (never what)",
        until="as the introduction",
        why="proof that silence had its word",
        law=PUBLIC_TASK,
        how="deleted with it, by the night's run, or `visavis forget`",
        erased=Erased.WITH_ACCOUNT,
        tables=(Rows(News, "user"),),
    )
]
