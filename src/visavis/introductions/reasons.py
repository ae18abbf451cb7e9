"""Which reasons each side may give, and what the other side reads of them: kind, useful, or nothing."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visavis.common.sentences import sentences_beside
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
    (Side.JOBSEEKER, Act.CANCEL): (R.PREVENTED, R.NO_WAY, R.OTHER),
    (Side.EMPLOYER, Act.CANCEL): (R.PREVENTED, R.AWAY, R.OTHER),
    (Side.COUNSELLOR, Act.WITHDRAW): (R.MISTAKE, R.NO_MORE_POSITION, R.OTHER),
}

TOLD: dict[str, dict[Reason, Promise]] = {
    to: {Reason(code): said for code, said in sentences.items()}
    for to, sentences in sentences_beside(__file__)["reasons"].items()
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
    table = TOLD["jobseeker" if reader == Side.JOBSEEKER else "employer"]
    return str(table.get(found) or TOLD["both"].get(found) or NEUTRAL)


def helps(reason: str, closed_by: str) -> str:
    """Return what may help the jobseeker next time, when the employer said no for something she can change."""
    if closed_by != Side.EMPLOYER or not reason:
        return ""
    return str(TOLD["helps"].get(Reason(reason), ""))
