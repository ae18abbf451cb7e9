"""Which reasons each side may give, and what the other side reads of them: kind, useful, or nothing."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visavis.introductions.enums import Act, Reason, Side

R = Reason
OF_JOBSEEKER = (
    R.TOO_FAR, R.PAY, R.HOURS, R.CONTRACT, R.OCCUPATION, R.SKILLS, R.CONDITIONS, R.EMPLOYER, R.FOUND_WORK,
    R.MISTAKE, R.OTHER,
)  # fmt: skip
OF_EMPLOYER = (
    R.SKILLS, R.EXPERIENCE, R.LANGUAGE, R.LICENCE, R.AVAILABILITY, R.OTHER_PERSON, R.NO_MORE_POSITION, R.OTHER,
)  # fmt: skip
AFTER_MEETING = (*OF_EMPLOYER[:-1], R.DID_NOT_COME, R.OTHER)

BY_ACT: dict[tuple[str, str], tuple[Reason, ...]] = {
    (Side.JOBSEEKER, Act.DECLINE): OF_JOBSEEKER,
    (Side.JOBSEEKER, Act.WITHDRAW): OF_JOBSEEKER,
    (Side.JOBSEEKER, Act.NOT_HIRE): (*OF_JOBSEEKER[:-1], R.OTHER_PERSON, R.OTHER),
    (Side.EMPLOYER, Act.REFUSE): OF_EMPLOYER,
    (Side.EMPLOYER, Act.WITHDRAW): (R.OTHER_PERSON, R.NO_MORE_POSITION, R.MISTAKE, R.OTHER),
    (Side.EMPLOYER, Act.NOT_HIRE): AFTER_MEETING,
    (Side.COUNSELLOR, Act.WITHDRAW): (R.MISTAKE, R.NO_MORE_POSITION, R.OTHER),
}

# What the jobseeker reads when somebody else ends it. What is neither here nor told to both: she reads NEUTRAL.
TOLD_TO_JOBSEEKER: dict[Reason, Promise] = {
    R.SKILLS: _("The employer looks for somebody who already has more of the skills asked."),
    R.EXPERIENCE: _("The employer looks for somebody with more time in this work."),
    R.LANGUAGE: _("The employer needs a higher level in a language."),
    R.LICENCE: _("A licence or a certificate is needed that your profile does not show."),
    R.AVAILABILITY: _("The dates or the hours did not fit on the employer’s side."),
    R.OTHER_PERSON: _("Another person was chosen. It says nothing against you."),
    R.NO_MORE_POSITION: _("The position no longer exists."),
    R.HIRED_ELSEWHERE: _("You have found work."),
    R.NOT_LOOKING: _("Your profile says that you are not looking for work at present."),
}
# What would help next time, where something would.
HELPS: dict[Reason, Promise] = {
    R.SKILLS: _("Look at the skills worth learning in your list, or add those you have to your profile."),
    R.EXPERIENCE: _("Openings for beginners are in your list; a short contract counts as experience too."),
    R.LANGUAGE: _("Your counsellor knows the language courses near you."),
    R.LICENCE: _("You have it? Add it to your profile. Else, your counsellor knows what may pay for it."),
    R.AVAILABILITY: _("Check the hours and the dates in your profile."),
}
# What the employer reads when she says no.
TOLD_TO_EMPLOYER: dict[Reason, Promise] = {
    R.TOO_FAR: _("The workplace is too far for this person."),
    R.PAY: _("The pay does not suit this person."),
    R.HOURS: _("The hours do not suit this person."),
    R.CONTRACT: _("The contract does not suit this person."),
    R.CONDITIONS: _("The working conditions do not suit this person."),
    R.FOUND_WORK: _("This person has found work."),
}
TOLD_TO_BOTH: dict[Reason, Promise] = {
    R.NO_ANSWER: _("Nobody answered in time."),
    R.HIRED_ELSEWHERE: _("This person has found work."),
    R.POSITION_FILLED: _("All positions are filled."),
    R.VACANCY_CLOSED: _("The vacancy is closed."),
    R.NOT_LOOKING: _("This person is not looking for work at present."),
    R.MISTAKE: _("It was a mistake."),
}
NEUTRAL = _("The other side prefers not to go on. It says nothing about you.")


def choices(side: Side, act: Act) -> list[tuple[str, Promise | str]]:
    """Return the reasons a side may give for an act, for a form."""
    return [(reason.value, reason.label) for reason in BY_ACT.get((side, act), ())]


def is_known(side: str, act: str, reason: str) -> bool:
    """Say whether a side may give this reason for this act."""
    return reason in BY_ACT.get((side, act), ())


def told(reason: str, closed_by: str, reader: Side) -> str:
    """Return what a side reads of why it ended; an own reason in its own words."""
    if not reason:
        return ""
    found = Reason(reason)
    if closed_by == reader:
        return str(found.label)
    table = TOLD_TO_JOBSEEKER if reader == Side.JOBSEEKER else TOLD_TO_EMPLOYER
    return str(table.get(found) or TOLD_TO_BOTH.get(found) or NEUTRAL)


def helps(reason: str, closed_by: str) -> str:
    """Return what may help the jobseeker next time, when the employer said no for something she can change."""
    if closed_by != Side.EMPLOYER or not reason:
        return ""
    return str(HELPS.get(Reason(reason), ""))
