"""Question 4: who."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from visavis.catalog.enums import EducationLevel, LanguageLevel, Licence, OwnVehicle, SpokenLanguage
from visavis.catalog.models import Skill
from visavis.folding import fold_signs
from visavis.ui.templatetags import ui
from visavis.vacancies.models import Vacancy
from visavis.vacancies.questions.form import QuestionForm, Words

MOST_SKILLS = 40
USUAL = 8
LANGUAGES = 2
EXPERIENCES = [
    ("", _("Not said")),
    ("0", _("None: a beginner is welcome")),
    ("3", _("Three months")),
    ("6", _("Six months")),
    ("12", _("One year")),
    ("24", _("Two years")),
    ("36", _("Three years")),
    ("60", _("Five years")),
    ("120", _("Ten years")),
]


class Lines(Words):
    """Several things, one a line."""

    def __init__(self, **more: Any) -> None:
        attrs = {"rows": 4}
        super().__init__(required=False, max_length=4000, widget=forms.Textarea(attrs=attrs), **more)

    def clean(self, value: Any) -> Any:
        lines = [" ".join(line.strip(" -•*\t").split())[:250] for line in super().clean(value).splitlines()]
        return list(dict.fromkeys(line for line in lines if line))[:MOST_SKILLS]


class PersonForm(QuestionForm):
    title = _("Who would do this work well?")
    hint = _("Ask only what the work needs from the first day. Each demand keeps people away.")
    without = _("Without it, nobody who looks for this work is left out.")

    usual = forms.MultipleChoiceField(
        label=_("What must one know how to do?"),
        help_text=_("This work often needs these."),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "two"}),
    )
    essential = Lines(label=_("Is there something else one must know?"), help_text=_("One skill a line."))
    wished = Lines(label=_("What would be a plus?"), help_text=_("One skill a line."))
    experience_months = forms.ChoiceField(
        label=_("How much experience?"), choices=EXPERIENCES, required=False
    )
    experience_is_required = forms.BooleanField(label=_("This experience is needed."), required=False)
    licences = forms.MultipleChoiceField(
        label=_("Which licences are needed?"),
        choices=Licence.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "two"}),
    )
    own_vehicle = forms.ChoiceField(
        label=_("A vehicle of one’s own"), choices=[("", _("Not said")), *OwnVehicle.choices], required=False
    )
    education_level = forms.TypedChoiceField(
        label=_("Which level of education?"),
        choices=[("", _("Not said")), *EducationLevel.choices],
        required=False,
        coerce=int,
        empty_value=None,
    )
    education_is_required = forms.BooleanField(label=_("This level is needed."), required=False)

    def prepare(self) -> None:
        usual = usual_skills(self.vacancy)
        if usual:
            self.fields["usual"].choices = [(skill.pk, skill.label) for skill in usual]  # type: ignore[attr-defined]
        else:
            del self.fields["usual"]
            self.fields["essential"].label = _("What must one know how to do?")
        self.rows = max(LANGUAGES, sum(name.startswith("language_") for name in self.initial))
        for row in range(1, self.rows + 1):
            self.fields[f"language_{row}"] = forms.ChoiceField(
                label=_("Language %(number)s") % {"number": row},
                choices=[("", _("No language")), *SpokenLanguage.choices],
                required=False,
            )
            self.fields[f"level_{row}"] = forms.ChoiceField(
                label=_("Level in language %(number)s") % {"number": row},
                choices=[("", _("Not said")), *LanguageLevel.choices],
                required=False,
            )
        months = self.initial["experience_months"]
        if months not in dict(EXPERIENCES):
            said = (months, ui.months(months))
            self.fields["experience_months"].choices = [*EXPERIENCES, said]  # type: ignore[attr-defined]

    @classmethod
    def given(cls, vacancy: Vacancy) -> dict[str, Any]:
        asked = list(vacancy.skills_asked.select_related("skill")) if vacancy.pk else []
        usual = {skill.pk for skill in usual_skills(vacancy)}
        essential = [row for row in asked if row.is_essential]
        stored: dict[str, Any] = {
            "usual": [row.skill_id for row in essential if row.skill_id in usual],
            "essential": "\n".join(skill_words(row) for row in essential if row.skill_id not in usual),
            "wished": "\n".join(skill_words(row) for row in asked if not row.is_essential),
            "experience_months": "" if vacancy.experience_months is None else str(vacancy.experience_months),
            "experience_is_required": vacancy.experience_is_required,
            "licences": list(vacancy.licences),
            "own_vehicle": vacancy.own_vehicle,
            "education_level": vacancy.education_level,
            "education_is_required": vacancy.education_is_required,
        }
        languages = list(vacancy.languages_asked.order_by("-is_required", "language"))
        for number, row in enumerate(languages, start=1):
            stored |= {f"language_{number}": row.language, f"level_{number}": row.level}
        return stored

    def values(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        months = cleaned.get("experience_months")
        licences = cleaned.get("licences", [])
        level = cleaned.get("education_level")
        return {
            "experience_months": int(months) if months else None,
            "experience_is_required": bool(cleaned.get("experience_is_required")) and months not in ("", "0"),
            "licences": licences,
            "own_vehicle": cleaned.get("own_vehicle", ""),
            "licences_wished": [code for code in self.vacancy.licences_wished if code not in licences],
            "education_level": level,
            "education_is_required": bool(cleaned.get("education_is_required")) and level is not None,
            "skills": skill_rows(
                cleaned.get("usual", []), cleaned.get("essential", []), cleaned.get("wished", [])
            ),
            "languages": self._languages(),
        }

    def _languages(self) -> list[dict[str, Any]]:
        """Keep each language once; what was required stays so, a language that was added is."""
        before = {row.language: row.is_required for row in self.vacancy.languages_asked.all()}
        rows: dict[str, dict[str, Any]] = {}
        for number in range(1, self.rows + 1):
            language, level = (
                self.cleaned_data.get(f"language_{number}"),
                self.cleaned_data.get(f"level_{number}"),
            )
            if language:
                rows.setdefault(
                    language,
                    {
                        "language": language,
                        "level": int(level or LanguageLevel.B1),
                        "is_required": before.get(language, True),
                    },
                )
        return list(rows.values())


def skill_words(row: Any) -> str:
    return str(row.skill.label if row.skill else row.typed)


def usual_skills(vacancy: Vacancy) -> list[Skill]:
    """Return what the catalogue says this work needs."""
    if not vacancy.occupation_id:
        return []
    links = Skill.objects.filter(occupation_links__occupation=vacancy.occupation_id)
    return list(links.order_by("-occupation_links__is_essential", "pk")[:USUAL])


def skill_rows(usual: list[str], essential: list[str], wished: list[str]) -> list[dict[str, Any]]:
    """Give the rows of what was ticked and typed; words that are a skill of the catalogue become that skill."""
    known = known_skills([*essential, *wished])
    rows: dict[str, dict[str, Any]] = {
        code: {"skill_id": code, "typed": "", "is_essential": True} for code in usual
    }
    for lines, is_essential in ((essential, True), (wished, False)):
        for line in lines:
            code = known.get(fold_signs(line))
            row = {"skill_id": code, "typed": "" if code else line, "is_essential": is_essential}
            rows.setdefault(code or fold_signs(line), row)
    return list(rows.values())


def known_skills(lines: list[str]) -> dict[str, str]:
    """Return the codes of the skills whose label, in the reader's language or in French, is one of these lines."""
    if not lines:
        return {}
    wanted = {fold_signs(line) for line in lines}
    column = "label_en" if (get_language() or "fr").startswith("en") else "label_fr"
    rows = Skill.objects.filter(is_current=True).values_list("pk", column, "label_fr")
    return {
        fold_signs(label): code
        for code, *labels in rows
        for label in labels
        if label and fold_signs(label) in wanted
    }
