"""Who may act for which side, and who may read who the other is."""

from django.urls import reverse
from django.utils.translation import gettext as _

from visavis.consents.purposes import Other
from visavis.introductions import lasting
from visavis.introductions.enums import BOTH_SAID_YES, Act, Side
from visavis.introductions.limits import UNDO
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.permissions import DESK_ROLES, works_in_her_agency
from visavis.people.acting import acts_for
from visavis.people.enums import Capacity, Role
from visavis.people.models import User
from visavis.vacancies import permissions as vacancies
from visavis.vacancies.models import Vacancy

# The acts by which a side says yes.
YES = {Side.JOBSEEKER: (Act.WANT, Act.ACCEPT), Side.EMPLOYER: (Act.ASK, Act.AGREE)}


def identity_is_shared(introduction: Introduction) -> bool:
    """Say whether each side may read who the other is: both said yes, no delay runs, and it has not ended with a no.

    After a hire the name is read until `lasting.names_until`. The only guard of identity: cards, documents,
    messages and the service for programs all ask it.
    """
    if introduction.jobseeker_yes_at is None or introduction.employer_yes_at is None:
        return False
    if introduction.delayed_since is not None:
        return False
    return introduction.state in BOTH_SAID_YES or lasting.holds(lasting.names_until(introduction))


def contact_is_shared(introduction: Introduction) -> bool:
    """Say whether each side may also read how to reach the other: less long after a hire than the name."""
    if not identity_is_shared(introduction):
        return False
    return introduction.state in BOTH_SAID_YES or lasting.holds(lasting.contact_until(introduction))


def can_begin_again(former: Introduction) -> bool:
    """Say whether a person and a vacancy may be introduced after this introduction: the employer has not answered."""
    return not former.is_open and not former.employer_has_answered


def works_for(actor: User, vacancy: Vacancy) -> bool:
    """Say whether the actor is one of the employer's people."""
    return vacancies.works_for(actor, vacancy.employer)


def acts_as(actor: User, introduction: Introduction, side: Side) -> bool:
    """Say whether the actor may act for a side. Her counsellor notes what an employer says on the phone too."""
    person = introduction.jobseeker.user
    if side == Side.JOBSEEKER:
        return acts_for(actor, person) is not None
    if side == Side.EMPLOYER and works_for(actor, introduction.vacancy):
        return True
    return side != Side.SERVICE and acts_for(actor, person, Capacity.COUNSELLOR) is not None


def who_said_yes(introduction: Introduction, side: Side) -> int | None:
    """Return who noted the yes of a side that holds today."""
    said = introduction.steps.filter(act__in=YES[side], undone_at__isnull=True)
    found: int | None = said.order_by("-number").values_list("by", flat=True).first()
    return found


def may_second(actor: User, introduction: Introduction) -> bool:
    """Say whether the actor may confirm both yes: another than who noted them, of one side or of her agency."""
    if introduction.delayed_since is None or actor.pk == who_said_yes(introduction, Side.EMPLOYER):
        return False
    person = introduction.jobseeker
    return (
        actor.pk == person.user_id
        or works_for(actor, introduction.vacancy)
        or works_in_her_agency(actor, person, *DESK_ROLES)
    )


def seconds_as(actor: User, introduction: Introduction) -> Side:
    """Return for which side the actor confirms both yes."""
    if actor.pk == introduction.jobseeker.user_id:
        return Side.JOBSEEKER
    return Side.EMPLOYER if works_for(actor, introduction.vacancy) else Side.COUNSELLOR


def sides_of(actor: User, introduction: Introduction) -> list[Side]:
    """Return the sides the actor may act for, the own one first."""
    return [
        side
        for side in (Side.JOBSEEKER, Side.EMPLOYER, Side.COUNSELLOR)
        if acts_as(actor, introduction, side)
    ]


def reads_as(actor: User, introduction: Introduction) -> Side:
    """Return the side whose page the actor reads."""
    capacity = acts_for(actor, introduction.jobseeker.user)
    if capacity is None:
        return Side.EMPLOYER
    return Side.JOBSEEKER if capacity == Capacity.HERSELF else Side.COUNSELLOR


def can_wish_for(actor: User, jobseeker: Jobseeker) -> bool:
    """Say whether the actor may note that she wishes it: who acts for her, and the reception of her agency."""
    return acts_for(actor, jobseeker.user) is not None or works_in_her_agency(
        actor, jobseeker, Role.RECEPTION
    )


def noted_lately(actor: User, introduction: Introduction) -> bool:
    """Say whether the last act is a wish that the actor noted, and may still be taken back at the counter."""
    step = introduction.last_act()
    return (
        step is not None
        and step.act == Act.WANT
        and step.by_id == actor.pk
        and step.is_within(UNDO)
        and can_wish_for(actor, introduction.jobseeker)
    )


def can_be_introduced(vacancy: Vacancy) -> bool:
    """Say whether the employer answers here: the vacancy is our own, or he signs in.

    What a feed brought from an employer we do not know is answered where it was published.
    """
    if vacancy.employer is None:
        return False
    return vacancy.feed_id is None or vacancy.employer.organisation_id is not None


def agreed(user: User) -> list[Other]:
    """Say on her page how an employer comes to read her name; the same to everybody of her role."""
    if not user.has_role(Role.JOBSEEKER):
        return []
    words = _(
        "An employer reads your name and your CV only after you both said yes to one opening."
        " You take it back in that introduction: your name and your CV are hidden at once."
    )
    return [
        Other(
            _("Your name, shown to an employer"),
            words,
            reverse("introductions:mine"),
            _("See my introductions"),
        )
    ]
