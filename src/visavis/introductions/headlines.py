"""For each situation and each reader: a headline, and what happens next. Words only."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visavis.introductions.enums import Side
from visavis.introductions.stories import Situation

type Words = tuple[Promise, Promise]

J, E, C = Side.JOBSEEKER, Side.EMPLOYER, Side.COUNSELLOR
S = Situation

AFTER_BOTH_YES = _("Each of you can read how to reach the other. Propose a time to meet, or call.")
AFTER_THE_MEETING = _("Say whether there is a hire. Without news it ends on its last day.")
NOTHING_MORE = _("Nothing more is asked of you.")
MEET = _("Afterwards, each side can say whether there is a hire.")

WORDS: dict[Situation, dict[Side, Words]] = {
    S.PROPOSED: {
        J: (_("Your counsellor proposes this vacancy to you."),
            _("Say yes or no before the last day. After a yes, the employer reads your card without your "
              "name.")),
        E: (_("A counsellor has proposed your vacancy to a person."), NOTHING_MORE),
        C: (_("This vacancy is proposed to the person."),
            _("The person says yes or no before the last day. After that day the proposal ends by itself.")),
    },
    S.ASKED: {
        J: (_("The employer asks to meet you."),
            _("The employer read your card without your name. If you say yes, each of you reads how to "
              "reach the other.")),
        E: (_("You asked to meet this person."),
            _("The person says yes or no before the last day. Until then you read no name.")),
        C: (_("The employer asks to meet this person."),
            _("The person says yes or no before the last day. Until then the employer reads no name.")),
    },
    S.WANTED: {
        J: (_("You are waiting for your turn."),
            _("The employer reads a few people at a time. You come next as soon as there is room.")),
        E: (_("A person is waiting to be put to you."), NOTHING_MORE),
        C: (_("The person is waiting to be put to the employer."),
            _("The employer reads a few people at a time. It goes on as soon as there is room.")),
    },
    S.PUT: {
        J: (_("Your card is with the employer, without your name."),
            _("The employer says yes or no. After 14 days we remind the employer; we tell you the answer.")),
        E: (_("This person wishes to work for you."),
            _("Say yes or no. The person has said yes: after yours, each of you reads how to reach the "
              "other.")),
        C: (_("The card is with the employer, without the name."),
            _("The employer says yes or no. After 14 days we remind the employer.")),
    },
    S.AGREED: {
        J: (_("You have both said yes."), AFTER_BOTH_YES),
        E: (_("You have both said yes."), AFTER_BOTH_YES),
        C: (_("Both have said yes."),
            _("Each can read how to reach the other. Either proposes a time to meet.")),
    },
    S.TIME_OF_EMPLOYER: {
        J: (_("The employer proposes a time to meet."), _("Take this time, or propose another one.")),
        E: (_("You proposed a time to meet."),
            _("The person takes it or proposes another one. You can also change it.")),
        C: (_("The employer proposes a time to meet."), _("The person takes it or proposes another one.")),
    },
    S.TIME_OF_JOBSEEKER: {
        J: (_("You proposed a time to meet."),
            _("The employer takes it or proposes another one. You can also change it.")),
        E: (_("The person proposes a time to meet."), _("Take this time, or propose another one.")),
        C: (_("The person proposes a time to meet."), _("The employer takes it or proposes another one.")),
    },
    S.TIME_PASSED: dict.fromkeys(
        (J, E, C), (_("The time proposed has passed."), _("Propose another time, or say how it went."))
    ),
    S.TO_MEET: {
        J: (_("You have a time to meet."), MEET),
        E: (_("You have a time to meet."), MEET),
        C: (_("They have a time to meet."), MEET),
    },
    S.MET: {
        J: (_("The day of the meeting has passed."), AFTER_THE_MEETING),
        E: (_("The day of the meeting has passed."), AFTER_THE_MEETING),
        C: (_("The day of the meeting has passed."), AFTER_THE_MEETING),
    },
    S.HIRE_OF_EMPLOYER: {
        J: (_("The employer says that you are hired."),
            _("Is it so? Once you confirm it, your other introductions close and we tell their employers.")),
        E: (_("You said that this person is hired."),
            _("The person or the counsellor confirms it. It then takes one of your positions.")),
        C: (_("The employer says that this person is hired."), _("The person confirms it, or you do.")),
    },
    S.HIRE_OF_JOBSEEKER: {
        J: (_("You said that you are hired."),
            _("The employer or your counsellor confirms it. Your other introductions then close.")),
        E: (_("The person says that you have hired each other."),
            _("Is it so? Once you confirm it, it takes one of your positions.")),
        C: (_("The person says that there is a hire."), _("The employer confirms it, or you do.")),
    },
    S.HIRE_OF_COUNSELLOR: {
        J: (_("Your counsellor noted that you are hired."),
            _("You or the employer confirm it. Your other introductions then close.")),
        E: (_("The counsellor noted that this person is hired."),
            _("You or the person confirm it. It then takes one of your positions.")),
        C: (_("A hire is noted."), _("The person or the employer confirms it.")),
    },
    S.DISPUTED: {
        J: (_("The two sides do not say the same of the hire."),
            _("Your counsellor talks with both. You can also say again what is so.")),
        E: (_("The two sides do not say the same of the hire."),
            _("The counsellor talks with both. You can also say again what is so.")),
        C: (_("The two sides do not say the same of the hire."), _("Talk with both, then note what is so.")),
    },
    S.HIRED: {
        J: (_("You are hired."),
            _("Your other introductions are closed. We ask after 1, 3 and 6 months whether you are still "
              "there.")),
        E: (_("This person is hired."), _("It takes one of the positions of this vacancy.")),
        C: (_("This person is hired."),
            _("We ask after 1, 3 and 6 months whether the person is still there.")),
    },
    S.NOT_HIRED: {
        J: (_("It did not lead to a hire."),
            _("Your list has other openings. Your counsellor can look with you.")),
        E: (_("It did not lead to a hire."), NOTHING_MORE),
        C: (_("It did not lead to a hire."), NOTHING_MORE),
    },
    S.DECLINED_BY_JOBSEEKER: {
        J: (_("You said no."), _("The employer reads at most a kind reason. Your list has other openings.")),
        E: (_("The person prefers not to meet."), _("Other people may suit your vacancy.")),
        C: (_("The person said no."), NOTHING_MORE),
    },
    S.DECLINED_BY_EMPLOYER: {
        J: (_("The employer does not go on."),
            _("Below you read why, when it can help. Your list has other openings.")),
        E: (_("You said no."), _("The person reads a kind reason, or none.")),
        C: (_("The employer said no."), NOTHING_MORE),
    },
    S.EXPIRED: {
        J: (_("It ended without an answer."), _("It says nothing about you. Your list has other openings.")),
        E: (_("It ended without an answer."), NOTHING_MORE),
        C: (_("It ended without an answer."), NOTHING_MORE),
    },
    S.WITHDRAWN_BY_JOBSEEKER: {
        J: (_("You took it back."), _("You can ask again while the vacancy is open.")),
        E: (_("The person took it back."), _("Other people may suit your vacancy.")),
        C: (_("The person took it back."), NOTHING_MORE),
    },
    S.WITHDRAWN_BY_EMPLOYER: {
        J: (_("The employer no longer asks to meet."),
            _("It says nothing about you. Your list has other openings.")),
        E: (_("You took it back."), _("Other people may suit your vacancy.")),
        C: (_("The employer no longer asks to meet."), NOTHING_MORE),
    },
    S.WITHDRAWN_BY_COUNSELLOR: {
        J: (_("Your counsellor took the proposal back."), NOTHING_MORE),
        E: (_("The counsellor took the proposal back."), NOTHING_MORE),
        C: (_("The proposal was taken back."), NOTHING_MORE),
    },
    S.CLOSED: {
        J: (_("It is closed."), _("Your list has other openings.")),
        E: (_("It is closed."), NOTHING_MORE),
        C: (_("It is closed."), NOTHING_MORE),
    },
}  # fmt: skip


def of(situation: Situation, reader: Side) -> Words:
    """Return a headline and what happens next, for a reader."""
    return WORDS[situation][reader]
