"""The five questions of a vacancy. Each form says what is kept and what it changes."""

from visavis.vacancies.questions.contract import ContractForm
from visavis.vacancies.questions.form import Question, QuestionForm
from visavis.vacancies.questions.person import PersonForm
from visavis.vacancies.questions.place import PlaceForm
from visavis.vacancies.questions.words import WordsForm
from visavis.vacancies.questions.work import OccupationForm, WorkForm

__all__ = ["QUESTIONS", "TOTAL", "Question", "QuestionForm"]

QUESTIONS: dict[str, Question] = {
    question.slug: question
    for question in (
        Question("work", 1, WorkForm, "occupation"),
        Question("occupation", 1, OccupationForm, "place"),
        Question("place", 2, PlaceForm, "contract"),
        Question("contract", 3, ContractForm, "person"),
        Question("person", 4, PersonForm, "words"),
        Question("words", 5, WordsForm, ""),
    )
}
TOTAL = 5
