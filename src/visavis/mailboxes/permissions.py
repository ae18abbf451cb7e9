"""Who may write to whom."""

from visavis.people.acting import acts_for
from visavis.people.enums import Capacity, Role
from visavis.people.models import User


def has_letterbox(actor: User) -> bool:
    """Counsellors: theirs, and the team's."""
    return actor.has_role(Role.COUNSELLOR)


def can_write_as_herself(actor: User) -> bool:
    """Whoever looks for work."""
    return actor.has_role(Role.JOBSEEKER)


def can_note_for(actor: User, person: User) -> bool:
    """Her counsellor, who stands in, and who sits at the counter of her agency: they write down what she says."""
    return (
        actor.pk != person.pk and acts_for(actor, person, Capacity.COUNSELLOR, Capacity.COUNTER) is not None
    )


def can_write_to(actor: User, person: User) -> bool:
    """Her counsellor, and who stands in."""
    return actor.pk != person.pk and acts_for(actor, person, Capacity.COUNSELLOR) is not None
