"""States, acts, sides and reasons: closed lists."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where an introduction stands; both sides read the same."""

    PROPOSED = "proposed", _("Proposed")
    WANTED = "wanted", _("Wanted by the jobseeker")
    PUT = "put", _("Put to the employer")
    AGREED = "agreed", _("Wanted by both")
    INTERVIEW = "interview", _("In interview")
    HIRED = "hired", _("Hired")
    NOT_HIRED = "not-hired", _("Not hired")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Ended without an answer")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN = frozenset({State.PROPOSED, State.WANTED, State.PUT, State.AGREED, State.INTERVIEW})
BOTH_SAID_YES = frozenset({State.AGREED, State.INTERVIEW})
CLOSED = frozenset(State) - OPEN


class Side(models.TextChoices):
    """For whom an act is done, whoever notes it."""

    JOBSEEKER = "jobseeker", _("The jobseeker")
    EMPLOYER = "employer", _("The employer")
    COUNSELLOR = "counsellor", _("The counsellor")
    SERVICE = "service", _("The service")


class Act(models.TextChoices):
    """What can happen to an introduction."""

    WANT = "want", _("wishes to be introduced")
    PROPOSE = "propose", _("proposed this vacancy")
    ASK = "ask", _("asks to meet")
    ACCEPT = "accept", _("accepted")
    DECLINE = "decline", _("declined")
    PUT = "put", _("was put to the employer")
    AGREE = "agree", _("wishes to meet")
    REFUSE = "refuse", _("does not go on")
    SECOND = "second", _("confirmed both yes")
    SET_TIME = "set-time", _("proposed a time")
    TAKE_TIME = "take-time", _("agreed to the time")
    OTHER_TIME = "other-time", _("asked for another time")
    CANCEL = "cancel", _("cancelled the meeting")
    WITHDRAW = "withdraw", _("withdrew")
    DECLARE = "declare", _("declared the hire")
    CONFIRM = "confirm", _("confirmed the hire")
    DISPUTE = "dispute", _("says that there was no hire")
    NOT_HIRE = "not-hire", _("says that it does not lead to a hire")
    EXPIRE = "expire", _("ended without an answer")
    CLOSE = "close", _("was closed")
    UNDO = "undo", _("was taken back")


class Reason(models.TextChoices):
    """Why it ended. Who may say which, and what the other side reads of it: reasons.py."""

    TOO_FAR = "too-far", _("Too far away")
    PAY = "pay", _("The pay is too low")
    HOURS = "hours", _("The hours do not suit")
    CONTRACT = "contract", _("The contract does not suit")
    OCCUPATION = "occupation", _("It is not the work that is wanted")
    CONDITIONS = "conditions", _("The working conditions do not suit")
    EMPLOYER = "employer", _("Not this employer")
    FOUND_WORK = "found-work", _("Work was found elsewhere")
    SKILLS = "skills", _("Some skills asked are missing")
    EXPERIENCE = "experience", _("More experience is needed")
    LANGUAGE = "language", _("The language level is not enough")
    LICENCE = "licence", _("A licence or a certificate is missing")
    AVAILABILITY = "availability", _("The dates or the hours do not fit")
    OTHER_PERSON = "other-person", _("Another person was chosen")
    DID_NOT_COME = "did-not-come", _("The person did not come")
    NO_MORE_POSITION = "no-more-position", _("The position no longer exists")
    OTHER = "other", _("Another reason")
    NO_ANSWER = "no-answer", _("Nobody answered in time")
    HIRED_ELSEWHERE = "hired-elsewhere", _("Hired elsewhere")
    POSITION_FILLED = "position-filled", _("All positions are filled")
    VACANCY_CLOSED = "vacancy-closed", _("The vacancy is closed")
    AD_HIDDEN = "ad-hidden", _("The ad was taken down")
    NOT_LOOKING = "not-looking", _("No longer looking for work")
    PREVENTED = "prevented", _("Something prevents it that day")
    NO_WAY = "no-way", _("No way to come")
    AWAY = "away", _("The person who was to receive is away")
    MISTAKE = "mistake", _("It was a mistake")


class Place(models.TextChoices):
    """How the two meet."""

    ON_SITE = "on-site", _("At the workplace")
    AGENCY = "agency", _("At the agency")
    PHONE = "phone", _("By phone")
    VIDEO = "video", _("By video")


class NewsKind(models.TextChoices):
    """What people are told of an introduction."""

    PROPOSED = "proposed", _("A vacancy is proposed: she says yes or no before the last day.")
    TO_ANSWER = "to-answer", _("Somebody wishes to work there: the employer says yes or no.")
    AGREED = "agreed", _("Both said yes: each reads how to reach the other.")
    DELAYED = "delayed", _("One person noted both yes: for two days each side can stop it.")
    TIME = "time", _("A time to meet is proposed.")
    TIME_TAKEN = "time-taken", _("The time to meet is agreed.")
    OTHER_TIME = "other-time", _("None of the times suits: another one is asked for.")
    CANCELLED = "cancelled", _("The meeting is cancelled.")
    TOMORROW = "tomorrow", _("The meeting is tomorrow.")
    DECLINED = "declined", _("The answer is no.")
    EXPIRED = "expired", _("It ended because nobody answered.")
    CLOSED = "closed", _("It ended: the vacancy is filled or closed, or work was found.")
    AD_HIDDEN = "ad-hidden", _("The ad was taken down: give its author neither money nor bank details.")
    AD_SHOWN_AGAIN = "ad-shown-again", _("The ad was checked and is shown again: the answer stands.")
    WITHDRAWN = "withdrawn", _("The other side withdrew.")
    DECLARED = "declared", _("A hire was declared: is it so?")
    HIRED = "hired", _("The hire is confirmed.")
    DISPUTED = "disputed", _("The two sides do not say the same of the hire.")
    NOT_HIRED = "not-hired", _("It does not lead to a hire.")
    UNDONE = "undone", _("The last answer was taken back.")
    REMINDER = "reminder", _("An answer is still awaited.")
    FOLLOW_UP = "follow-up", _("Still in the job? One question, asked once.")
