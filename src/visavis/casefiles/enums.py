"""How people met."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Met(models.TextChoices):
    """How a person and the service met: what appointments know, and the counter."""

    AGENCY = "agency", _("At the agency")
    COUNTER = "counter", _("At the counter")
    PHONE = "phone", _("By phone")
    VIDEO = "video", _("By video")
    HOME = "home", _("At the person’s home")


class Colour(models.TextChoices):
    """How a file is marked, for who follows it: the name of a colour of the pages, and the word that says it."""

    BAD = "bad", _("Urgent")
    WAIT = "wait", _("To watch")
    INFO = "info", _("Waits for something")
    GOOD = "good", _("On a good way")


class Purpose(models.TextChoices):
    """Why somebody writes a note for colleagues: a closed list, nothing of which is an opinion of the person."""

    HANDOVER = "handover", _("For who takes over")
    REACH = "reach", _("How to reach or receive the person")
    PARTNER = "partner", _("Agreed with somebody outside")
    QUESTION = "question", _("A question to a colleague")
    CARE = "care", _("To watch at the next meeting")


class Kind(models.TextChoices):
    """What stands in a plan."""

    GOAL = "goal", _("Goal")
    ACTION = "action", _("Action")


class Whose(models.TextChoices):
    """Who does an action."""

    PERSON = "person", _("The person")
    US = "us", _("The counsellor")
    PARTNER = "partner", _("Somebody else")


class Reached(models.TextChoices):
    """How far a goal or an action is."""

    OPEN = "open", _("To do")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Given up")


class State(models.TextChoices):
    """Who has to say yes to what a plan says now."""

    TO_PERSON = "to-person", _("Waits for the yes of the person")
    TO_US = "to-us", _("Waits for the yes of the counsellor")
    AGREED = "agreed", _("Agreed by both")


class Act(models.TextChoices):
    """What is done to a plan."""

    BEGIN = "begin", _("The plan was begun")
    ADD = "add", _("Added")
    CHANGE = "change", _("Changed")
    END = "end", _("Done or given up")
    REOPEN = "reopen", _("To do again")
    HURDLES = "hurdles", _("What makes it difficult")
    AGREE = "agree", _("Yes said to the plan")
    REVIEW = "review", _("Day of the next review")


class Side(models.TextChoices):
    """Whose word it is."""

    PERSON = "person"
    AGENCY = "agency"


class Way(models.TextChoices):
    """How it was said."""

    SITE = "site", _("on the site")
    PHONE = "phone", _("by phone")
    COUNTER = "counter", _("at the agency")
    PAPER = "paper", _("on paper")
    PROGRAM = "program", _("by a program")


class Hurdle(models.TextChoices):
    """What stands in the way: a closed list; of health only what it asks of work."""

    TRAVEL = "travel", _("Getting to work")
    CHILDCARE = "childcare", _("Somebody to look after the children")
    HOUSING = "housing", _("A place to live")
    PAPERS = "papers", _("Papers that are missing")
    LANGUAGE = "language", _("Speaking or reading French")
    NO_LOADS = "no-loads", _("Work without heavy loads")
    SEATED = "seated", _("Work where one can sit down")
    SHORT_DAYS = "short-days", _("Shorter working days")
    BY_DAY = "by-day", _("Work by day only")
