"""Two files of Amélie that became one, made when a test asks: a part of `personas.Town`."""

import uuid
from types import SimpleNamespace
from typing import TYPE_CHECKING

from tests import factories
from visavis.common import clock
from visavis.jobseekers.models import Jobseeker
from visavis.merging import linked
from visavis.merging.models import Merge
from visavis.people.models import User

if TYPE_CHECKING:
    from visavis.agencies.models import Agency


class Merged:
    """A second file of Amélie's."""

    if TYPE_CHECKING:
        people: dict[str, User]
        agency: Agency

    @property
    def twin(self) -> Jobseeker:
        """Her second file; there is none until a test asks."""
        found = Jobseeker.objects.filter(user__email="twin@example.org").first()
        if found is not None:
            return found
        user = factories.UserFactory(name="Amélie", email="twin@example.org", role="jobseeker")
        return factories.JobseekerFactory(user=user, agency=self.agency)

    @property
    def merge(self) -> Merge:
        """The second went into the first; it did not until a test asks."""
        pair = {"stays": self.people["amelie"], "goes": self.twin.user}
        found = Merge.objects.filter(**pair).first()
        if found is not None:
            return found
        User.objects.filter(pk=self.twin.user_id).update(is_active=False)
        return Merge.objects.create(
            **pair, why="paper", until=clock.today() + Merge.UNDONE_FOR, form=uuid.uuid4()
        )

    @property
    def merge_link(self) -> SimpleNamespace:
        """The end of the link that Amélie was sent."""
        return SimpleNamespace(pk=linked.code_of(self.merge, self.people["amelie"].pk))
