"""What is kept of work, and of those who may be called about it."""

from visavis.common.keeping import PUBLIC_TASK, Erased, Kept, Rows
from visavis.vacancies.models import FeedUpload

KEPT = [
    Kept(
        what="files put on the page of the feeds",
        until="until they are read, a day at most",
        why="to look at them first",
        law=PUBLIC_TASK,
        how="the sweep of `visavis work`",
        erased=Erased.NEVER,
        tables=(Rows(FeedUpload),),
    )
]
