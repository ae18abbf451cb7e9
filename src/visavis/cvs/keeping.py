"""What is kept of CVs that were read."""

from visavis.common.keeping import PUBLIC_TASK, Erased, Kept, Rows
from visavis.cvs import services
from visavis.cvs.models import CvReading

KEPT = [
    Kept(
        what="CVs read, not their files",
        until="thirty days",
        why="to check what was understood",
        law=PUBLIC_TASK,
        how="each reading deletes the old ones; the night's run, or `visavis forget`",
        erased=Erased.WITH_ACCOUNT,
        tables=(Rows(CvReading, "jobseeker__user"),),
        forget={"cvs": services.forget},
    )
]
