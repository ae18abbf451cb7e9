"""The questions of the profile, in order: pages, overview and progress all read this one list."""

import hashlib
import json
from dataclasses import dataclass

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visavis.jobseekers.answers import jobs, lists, plain
from visavis.jobseekers.answers.answer import Answer
from visavis.jobseekers.forms import choices, experience, learning, place, wishes, work
from visavis.jobseekers.forms.question import QuestionForm
from visavis.jobseekers.models import Jobseeker

PAGE = "jobseekers/question.html"


@dataclass(frozen=True)
class Question:
    """One page. `why` says why we ask, `brings` what an answer would bring while there is none."""

    slug: str
    title: Promise
    short: Promise
    why: Promise
    brings: Promise
    form: type[QuestionForm]
    answer: Answer
    template: str = PAGE

    def summary(self, jobseeker: Jobseeker) -> list[str]:
        """Return her answer in words, a line each; nothing when she has not answered."""
        return self.answer.words(jobseeker)

    def is_answered(self, jobseeker: Jobseeker) -> bool:
        return bool(self.summary(jobseeker))

    def digest(self, jobseeker: Jobseeker) -> str:
        """Return a mark of what is stored: another tab's save changes it."""
        return digest_of(self.answer.read(jobseeker))


def digest_of(data: object) -> str:
    text = json.dumps(data, cls=DjangoJSONEncoder, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


QUESTIONS = (
    Question(
        "wanted",
        _("What work do you look for?"),
        _("Occupations, in your order"),
        _("We look for openings of these occupations first, in your order. One is enough, five at most."),
        _("One occupation is enough for us to show you openings."),
        wishes.WishesForm,
        lists.WISHES,
        "jobseekers/wanted.html",
    ),
    Question(
        "experience",
        _("What jobs have you held?"),
        _("Your experience"),
        _("A job counts even if it was short, long ago or in another country."),
        _("A job you held, even a short one, opens occupations close to it."),
        experience.ExperienceForm,
        jobs.EXPERIENCE,
        "jobseekers/experience.html",
    ),
    Question(
        "education",
        _("What have you studied?"),
        _("Education and training"),
        _("Some openings ask for a level or a diploma. Many do not."),
        _("A diploma or a level lets us show openings that ask for one."),
        learning.EducationForm,
        lists.EDUCATION,
        "jobseekers/lines.html",
    ),
    Question(
        "skills",
        _("What can you do?"),
        _("Your skills"),
        _("These come from the occupations you named. Tick what you can do, wherever you learnt it."),
        _("Each skill you tick can bring an opening closer."),
        learning.SkillsForm,
        lists.SKILLS,
        "jobseekers/skills.html",
    ),
    Question(
        "languages",
        _("Which languages do you speak?"),
        _("Languages"),
        _("Your mother tongue counts: some openings look for exactly that."),
        _("A language, your own included, can be what an employer looks for."),
        learning.LanguagesForm,
        lists.LANGUAGES,
        "jobseekers/lines.html",
    ),
    Question(
        "licences",
        _("Which licences do you hold?"),
        _("Licences"),
        _("Once you have answered, we leave out the openings that require another one."),
        _("With your licences we can leave out what you could not drive."),
        choices.LicencesForm,
        plain.LICENCES,
    ),
    Question(
        "place",
        _("Where do you live?"),
        _("Where you live"),
        _("We count the way to work from your town. Employers do not see it."),
        _("With your town we can show what is near."),
        place.PlaceForm,
        plain.PLACE,
    ),
    Question(
        "reach",
        _("How far can you go to work?"),
        _("How far you go"),
        _("We only show openings that you can reach, and those done from home."),
        _("A distance spares you openings that are too far."),
        place.ReachForm,
        plain.REACH,
        "jobseekers/reach.html",
    ),
    Question(
        "contracts",
        _("Which contracts suit you?"),
        _("Contracts"),
        _("We only show openings with the contracts that you tick."),
        _("For now we show every kind of contract."),
        choices.ContractsForm,
        plain.CONTRACTS,
    ),
    Question(
        "hours",
        _("How many hours a week?"),
        _("Hours a week"),
        _("We leave out the openings whose hours do not suit you."),
        _("For now we show full time and part time."),
        work.HoursForm,
        plain.HOURS,
    ),
    Question(
        "start",
        _("When can you start?"),
        _("First possible day"),
        _("We leave out the openings that begin before. You can change this at any time."),
        _("For now we count on you from today."),
        work.StartForm,
        plain.START,
    ),
    Question(
        "pay",
        _("What is the lowest pay you would take?"),
        _("Lowest pay"),
        _("We leave out the openings that say they pay less. Employers do not see your answer."),
        _("For now we show every pay."),
        work.PayForm,
        plain.PAY,
        "jobseekers/pay.html",
    ),
    Question(
        "conditions",
        _("What do you want to avoid?"),
        _("What you avoid"),
        _("You do not have to say why. Employers do not see your answer."),
        _("For now we hide nothing."),
        choices.ConditionsForm,
        plain.CONDITIONS,
    ),
    Question(
        "interests",
        _("What do you like?"),
        _("What you like"),
        _("What you like can lead to an occupation you had not thought of. Employers never see this."),
        _("What you like can lead to an occupation you had not thought of."),
        choices.InterestsForm,
        lists.INTERESTS,
        "jobseekers/interests.html",
    ),
    Question(
        "about",
        _("What else should we know?"),
        _("In your own words"),
        _("Write as you would speak to your counsellor: what you are good at, what worries you."),
        _("A few words of yours help your counsellor to know you."),
        work.AboutForm,
        plain.ABOUT,
    ),
)
BY_SLUG = {question.slug: question for question in QUESTIONS}
GROUPS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (_("What you look for"), ("wanted",)),
    (_("What you have done and can do"), ("experience", "education", "skills", "languages", "licences")),
    (_("Where"), ("place", "reach")),
    (_("What suits you"), ("contracts", "hours", "start", "pay", "conditions")),
    (_("You"), ("interests", "about")),
)


def after(question: Question) -> Question | None:
    """Return the next question, or None after the last."""
    place = QUESTIONS.index(question) + 1
    return QUESTIONS[place] if place < len(QUESTIONS) else None


def before(question: Question) -> Question | None:
    place = QUESTIONS.index(question)
    return QUESTIONS[place - 1] if place else None


def answered(jobseeker: Jobseeker) -> list[str]:
    """Return the slugs of what she has answered, in order: what `Jobseeker.answered` holds."""
    return [question.slug for question in QUESTIONS if question.is_answered(jobseeker)]
