"""Minutes of the town's people, made when a test asks: a part of `personas.Town`."""

import uuid
from types import SimpleNamespace

from visavis.casefiles import noting, plans
from visavis.casefiles import services as minutes
from visavis.casefiles.endings import linked
from visavis.casefiles.endings import services as endings
from visavis.casefiles.endings.enums import Reason
from visavis.casefiles.endings.enums import Side as EndingSide
from visavis.casefiles.enums import Kind, Met, Purpose, Side
from visavis.casefiles.models import Ending, Minutes, Note, PlanItem
from visavis.casefiles.plans import Origin, Wanted
from visavis.common import clock
from visavis.jobseekers.models import Jobseeker
from visavis.people.models import User


class CaseFiles:
    """What Bruno and Amélie wrote down together."""

    people: dict[str, User]
    jobseeker: Jobseeker

    @property
    def draft_minutes(self) -> Minutes:
        """Minutes that Bruno has begun of a call with Amélie; there are none until a test asks."""
        begun = Minutes.objects.filter(person=self.people["amelie"], shared_number=0).first()
        told = {"person": self.people["amelie"], "met": Met.PHONE, "day": clock.today()}
        return begun or minutes.begin_apart(**told, by=self.people["bruno"])

    @property
    def minutes(self) -> Minutes:
        """Minutes that Amélie reads; there are none until a test asks."""
        if (
            found := Minutes.objects.filter(person=self.people["amelie"], shared_number__gt=0).first()
        ) is None:
            found = self.draft_minutes
            text = minutes.Text("Vous cherchez un poste de jour.", "Vous refaites votre CV.")
            minutes.share(minutes=found, text=text, by=self.people["bruno"], seen=found.version)
        return found

    @property
    def ending(self) -> Ending:
        """The end of Amélie’s follow-up, as Bruno proposes it; it is not until a test asks."""
        found = Ending.objects.filter(person=self.people["amelie"]).order_by("-pk").first()
        told = {"jobseeker": self.jobseeker, "wanted": endings.Wanted(Reason.AT_WORK)}
        return found or endings.propose(
            **told, origin=endings.Origin(self.people["bruno"], EndingSide.AGENCY)
        )

    @property
    def ending_code(self) -> SimpleNamespace:
        """The code of the link that was sent her of it, as its number."""
        return SimpleNamespace(pk=linked.code_of(self.ending))

    @property
    def note(self) -> Note:
        """A note of Bruno’s on Amélie for his colleagues; there is none until a test asks."""
        found = Note.objects.filter(person=self.people["amelie"]).first()
        told = {"person": self.people["amelie"], "purpose": Purpose.CARE, "words": "Parler fort."}
        return found or noting.write(**told, form=uuid.uuid4(), by=self.people["bruno"])

    @property
    def plan_item(self) -> PlanItem:
        """An action that Amélie wrote into her plan; there is none until a test asks."""
        found = PlanItem.objects.filter(plan__person=self.people["amelie"]).first()
        told = {"person": self.people["amelie"], "kind": Kind.ACTION, "wanted": Wanted("Refaire mon CV")}
        return found or plans.add(**told, origin=Origin(self.people["amelie"], Side.PERSON))
