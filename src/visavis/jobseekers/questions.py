"""The questions of the profile, in order: pages, overview and progress all read this one list."""

import hashlib
import json
from dataclasses import dataclass

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visavis.common.sentences import sentences_beside
from visavis.jobseekers.answers import jobs, lists, plain
from visavis.jobseekers.answers.answer import Answer
from visavis.jobseekers.forms import choices, experience, learning, place, wishes, work
from visavis.jobseekers.forms.question import QuestionForm
from visavis.jobseekers.models import Jobseeker

PAGE = "jobseekers/question.html"
SENTENCES = sentences_beside(__file__)


@dataclass(frozen=True)
class Question:
    """One page. `why` says why we ask, `brings` what an answer would bring while there is none.

    `without` says, beside the link that skips it, what is so as long as there is no answer.
    """

    slug: str
    title: Promise
    short: Promise
    why: Promise
    brings: Promise
    without: Promise
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


def asking(slug: str, form: type[QuestionForm], answer: Answer, template: str = PAGE) -> Question:
    """Make a question with the sentences it has in `sentences.toml`."""
    return Question(slug, **SENTENCES[slug], form=form, answer=answer, template=template)


QUESTIONS = (
    asking("wanted", wishes.WishesForm, lists.WISHES, "jobseekers/wanted.html"),
    asking("experience", experience.ExperienceForm, jobs.EXPERIENCE, "jobseekers/experience.html"),
    asking("education", learning.EducationForm, lists.EDUCATION, "jobseekers/lines.html"),
    asking("skills", learning.SkillsForm, lists.SKILLS, "jobseekers/skills.html"),
    asking("languages", learning.LanguagesForm, lists.LANGUAGES, "jobseekers/lines.html"),
    asking("licences", choices.LicencesForm, plain.LICENCES),
    asking("place", place.PlaceForm, plain.PLACE),
    asking("reach", place.ReachForm, plain.REACH, "jobseekers/reach.html"),
    asking("contracts", choices.ContractsForm, plain.CONTRACTS),
    asking("hours", work.HoursForm, plain.HOURS),
    asking("start", work.StartForm, plain.START),
    asking("pay", work.PayForm, plain.PAY, "jobseekers/pay.html"),
    asking("conditions", choices.ConditionsForm, plain.CONDITIONS),
    asking("interests", choices.InterestsForm, lists.INTERESTS, "jobseekers/interests.html"),
    asking("about", work.AboutForm, plain.ABOUT),
)
# Her lists, and what each says of other tables: what the answers above read by `rows`.
LISTS: dict[str, tuple[str, ...]] = {
    "wishes": ("occupation",),
    "experiences": ("occupation",),
    "qualifications": (),
    "skills_held": ("skill",),
    "languages": (),
    "interests": ("interest",),
}
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
