"""What a town has of apps whose rows are made elsewhere than in `personas.py`: a mixin an app."""

from tests.town_casefiles import CaseFiles
from tests.town_counter import Counter
from tests.town_interviews import Interviews
from tests.town_mandates import Mandates
from tests.town_merging import Merged
from tests.town_received import Received
from tests.town_sheets import Sheets
from tests.town_unreached import NotReached


class Parts(Received, CaseFiles, Interviews, Mandates, Counter, Sheets, NotReached, Merged):
    """All of them, for `personas.Town`."""
