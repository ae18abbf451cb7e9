"""What the counter knows of who was reached: who stood there."""

from collections.abc import Sequence

from visavis.counter.models import CounterVisit
from visavis.people.waiting import App, Said


class Visits(App):
    """Visits at the counter."""

    def reached(self) -> Sequence[Said]:
        """Whose pages were opened at the counter stood there."""
        return [Said(CounterVisit.objects.all(), "person", "begun_at", is_account=True)]
