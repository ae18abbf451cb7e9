"""What an answer needs and nobody knows yet: a name, and at most three things that the opening asks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visavis.applying.musts import Must
from visavis.catalog.enums import EducationLevel, LanguageLevel, SpokenLanguage
from visavis.catalog.models import Skill
from visavis.jobseekers import services
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.questions import BY_SLUG
from visavis.people.forms import NameForm
from visavis.people.models import User
from visavis.vacancies.models import Vacancy

LATER = ("", _("I say it later"))
NOT_AT_ALL = "0"
LENGTHS = [
    ("0", _("Never yet")),
    ("6", _("Less than a year")),
    ("18", _("One or two years")),
    ("36", _("Three or four years")),
    ("60", _("Five years or more")),
]


class NeededForm(forms.Form):
    """The name of somebody new; of what the opening asks for, what her file does not tell."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, musts: list[Must], is_new: bool) -> None:
        super().__init__(data)
        self.musts = musts
        if is_new:
            self.fields["name"] = NameForm.base_fields["name"]
        for must in musts:
            self.fields[must.name] = FIELDS[must.question](must)

    def save(self, her: Jobseeker, vacancy: Vacancy, by: User) -> None:
        """Put what she said into her file, as the questions of the profile do."""
        for must in self.musts:
            said = self.cleaned_data.get(must.name)
            if said not in (None, "", []):
                KEEPERS[must.question](her, must, said, vacancy, by)


def licences_field(must: Must) -> forms.Field:
    choices = [("yes", _("Yes")), ("none", _("I have no licence")), LATER]
    label = _("Do you have this licence? %(words)s") % {"words": must.words}
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, required=False)


def languages_field(must: Must) -> forms.Field:
    choices = [LATER, (NOT_AT_ALL, _("Not at all")), *LanguageLevel.choices]
    label = _("How well do you speak this language? %(words)s") % {
        "words": SpokenLanguage(must.codes[0]).label
    }
    return forms.ChoiceField(label=label, choices=choices, required=False)


def experience_field(must: Must) -> forms.Field:
    label = _("How long have you done this work? The opening asks for %(words)s.") % {"words": must.words}
    return forms.ChoiceField(label=label, choices=[*LENGTHS, LATER], widget=forms.RadioSelect, required=False)


def education_field(must: Must) -> forms.Field:
    label = _("What is your level of education? The opening asks for: %(words)s.") % {"words": must.words}
    return forms.ChoiceField(label=label, choices=[LATER, *EducationLevel.choices], required=False)


def skills_field(must: Must) -> forms.Field:
    known = Skill.objects.in_bulk(must.codes)
    choices = [(code, known[code].label) for code in must.codes if code in known]
    return forms.MultipleChoiceField(
        label=_("Which of these can you do?"),
        help_text=_("The opening asks for them. Tick none if you would rather not say."),
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def keep_licences(her: Jobseeker, must: Must, said: Any, vacancy: Vacancy, by: User) -> None:
    data = {"licences": list(must.codes) if said == "yes" else [], "nothing": said == "none"}
    _keep(her, "licences", data, by)


def keep_languages(her: Jobseeker, must: Must, said: Any, vacancy: Vacancy, by: User) -> None:
    """“Not at all” is kept as what it is: nothing to list."""
    if said != NOT_AT_ALL:
        held = BY_SLUG["languages"].answer.read(her)["languages"]
        _keep(her, "languages", {"languages": [*held, {"language": must.codes[0], "level": said}]}, by)


def keep_experience(her: Jobseeker, must: Must, said: Any, vacancy: Vacancy, by: User) -> None:
    if said == "0":
        return
    title = vacancy.occupation.label if vacancy.occupation else vacancy.title
    spent = {"years": int(said) // 12, "months": int(said) % 12}
    unsaid = {"employer": "", "start_month": "", "start_year": None, "end_month": "", "end_year": None}
    data = {"title": title, "occupation": vacancy.occupation_id, "is_current": False, **unsaid, **spent}
    services.save_job(jobseeker=her, job=None, data=data, by=by)


def keep_education(her: Jobseeker, must: Must, said: Any, vacancy: Vacancy, by: User) -> None:
    _keep(
        her, "education", {"level": said, "diplomas": BY_SLUG["education"].answer.read(her)["diplomas"]}, by
    )


def keep_skills(her: Jobseeker, must: Must, said: Any, vacancy: Vacancy, by: User) -> None:
    held = BY_SLUG["skills"].answer.read(her)["skills"]
    new = [{"code": code, "level": None} for code in said if code not in {one["code"] for one in held}]
    _keep(her, "skills", {"skills": [*held, *new]}, by)


def _keep(her: Jobseeker, slug: str, data: dict[str, Any], by: User) -> None:
    services.save_answer(jobseeker=her, question=BY_SLUG[slug], data=data, by=by)


FIELDS = {
    "licences": licences_field,
    "languages": languages_field,
    "experience": experience_field,
    "education": education_field,
    "skills": skills_field,
}
KEEPERS = {
    "licences": keep_licences,
    "languages": keep_languages,
    "experience": keep_experience,
    "education": keep_education,
    "skills": keep_skills,
}


class NumberForm(forms.Form):
    """The number of an opening, as a paper tells it."""

    use_required_attribute = False
    n = forms.IntegerField(
        label=_("Number of the opening"),
        help_text=_("It stands on the paper that the person brings."),
        min_value=1,
        max_value=2**53,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"}),
        error_messages={
            "required": _("Type the number of the paper."),
            "invalid": _("Type the number of the paper: figures only."),
            "min_value": _("Type the number of the paper: figures only."),
            "max_value": _("Type the number of the paper: figures only."),
        },
    )
