"""Education, skills and languages: lists that grow by a line when one is needed."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from visavis.catalog.enums import EducationLevel, LanguageLevel, SkillLevel, SpokenLanguage
from visavis.catalog.models import Skill
from visavis.common import clock
from visavis.jobseekers import lookup, suggestions
from visavis.jobseekers.forms.experience import FIRST_YEAR, Year
from visavis.jobseekers.forms.question import Choice, HiddenCode, QuestionForm, Words
from visavis.ui.widgets import SuggestInput

MOST_LINES = 20
CHOOSE: tuple[str, str | Promise] = ("", _("Choose"))


class Lines(QuestionForm):
    """Numbered lines of a few fields; two empty ones always follow what is stored."""

    stored_name = ""
    empty_lines = 1

    def prepare(self) -> None:
        stored = list(self.stored[self.stored_name])
        self.lines = min(MOST_LINES, len(stored) + self.empty_lines)
        if self.is_bound:
            posted = [name.rpartition("_")[2] for name in self.data]
            self.lines = min(MOST_LINES, max([int(end) for end in posted if end in LINE_NUMBERS], default=1))
        for number in range(1, self.lines + 1):
            line = stored[number - 1] if number <= len(stored) else {}
            for name, field in self.line_fields().items():
                self.fields[f"{name}_{number}"] = field
                self.initial[f"{name}_{number}"] = line.get(name, "")

    def line_fields(self) -> dict[str, forms.Field]:
        raise NotImplementedError

    @property
    def drawn_lines(self) -> list[list[Any]]:
        """Return the bound fields, line by line."""
        return [[self[f"{name}_{n}"] for name in self.line_fields()] for n in range(1, self.lines + 1)]

    def cleaned_lines(self) -> list[dict[str, Any]]:
        return [
            {"number": n} | {name: self.cleaned_data.get(f"{name}_{n}") for name in self.line_fields()}
            for n in range(1, self.lines + 1)
        ]


LINE_NUMBERS = {str(number) for number in range(1, MOST_LINES + 1)}


class EducationForm(Lines):
    answer_names = ("level", "diplomas")
    stored_name = "diplomas"

    level = Choice(
        label=_("Your highest level"),
        help_text=_("A level reached abroad counts just as much."),
        choices=[(str(value), label) for value, label in EducationLevel.choices],
    )

    def line_fields(self) -> dict[str, forms.Field]:
        return {
            "name": Words(label=_("Diploma or training"), max_length=250),
            "year": Year(label=_("Year")),
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kept = []
        for line in self.cleaned_lines():
            year, name = line["year"], (line["name"] or "").strip()
            if year is not None and not FIRST_YEAR <= year <= clock.today().year + 8:
                self.add_error(f"year_{line['number']}", _("Check this year: we expect one after 1940."))
            elif year is not None and not name and f"name_{line['number']}" not in self.errors:
                self.add_error(
                    f"name_{line['number']}", _("Write the name of the diploma or training of this year.")
                )
            elif name:
                kept.append({"name": name, "year": None if year is None else int(year)})
        cleaned["diplomas"] = kept
        return cleaned


class LanguagesForm(Lines):
    answer_names = ("languages",)
    stored_name = "languages"

    def line_fields(self) -> dict[str, forms.Field]:
        languages = sorted(SpokenLanguage.choices, key=lambda choice: str(choice[1]))
        levels = [(str(value), label) for value, label in LanguageLevel.choices]
        return {
            "language": Choice(label=_("Language"), choices=[CHOOSE, *languages], widget=forms.Select),
            "level": Choice(label=_("How well?"), choices=[CHOOSE, *levels], widget=forms.Select),
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kept: dict[str, int] = {}
        for line in self.cleaned_lines():
            language, level = line["language"], line["level"]
            if language and not level:
                self.add_error(f"level_{line['number']}", _("Say how well you speak it; a few words count."))
            elif level and not language:
                self.add_error(
                    f"language_{line['number']}", _("Choose the language that goes with this level.")
                )
            elif language:
                kept[language] = max(int(level), kept.get(language, 0))
        cleaned["languages"] = [{"language": language, "level": level} for language, level in kept.items()]
        return cleaned


class SkillsForm(QuestionForm):
    """Suggested skills and those she holds, each with a tick and a level; one more by its name."""

    answer_names = ("skills",)

    more = Words(
        label=_("Another skill"),
        help_text=_("Type a few words. We look in the catalogue, and show what we find."),
        max_length=250,
        widget=SuggestInput(url=lookup.SKILLS_URL, into="id_more_code"),
    )
    more_code = HiddenCode()

    def prepare(self) -> None:
        self.found: list[Skill] = []
        held = {skill["code"]: skill["level"] for skill in self.stored["skills"]}
        self.offered = suggestions.skills(self.jobseeker, held=list(held), shown=self.codes_shown())
        levels = [("", _("How well?")), *((str(value), label) for value, label in SkillLevel.choices)]
        for skill in self.offered:
            self.fields[f"has_{skill.pk}"] = forms.BooleanField(required=False, label=skill.label)
            self.fields[f"level_{skill.pk}"] = Choice(
                label=gettext("How well: %(skill)s") % {"skill": skill.label},
                choices=levels,
                widget=forms.Select,
            )
            self.initial[f"has_{skill.pk}"] = skill.pk in held
            self.initial[f"level_{skill.pk}"] = held.get(skill.pk) or ""

    def codes_shown(self) -> list[str]:
        """Return what the page that was sent had offered, and what its search now finds."""
        if not self.is_bound:
            return []
        sent = [name.removeprefix("level_") for name in self.data if name.startswith("level_")]
        words = str(self.data.get("more", ""))[:250].replace("\0", "").strip()
        if words and not self.data.get("more_code"):
            self.found = lookup.skills(words)
        return sent[:300] + [skill.pk for skill in self.found]

    @property
    def drawn_skills(self) -> list[dict[str, Any]]:
        """Return what the page draws: what the search found first."""
        found = {skill.pk for skill in self.found}
        rows = [
            {
                "code": s.pk,
                "has": self[f"has_{s.pk}"],
                "level": self[f"level_{s.pk}"],
                "is_found": s.pk in found,
            }
            for s in self.offered
        ]
        return sorted(rows, key=lambda row: not row["is_found"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kept = []
        for skill in self.offered:
            level = cleaned.get(f"level_{skill.pk}")
            if cleaned.get(f"has_{skill.pk}") or level:
                kept.append({"code": skill.pk, "level": int(level) if level else None})
        self.add_more(kept)
        cleaned["skills"] = kept
        return cleaned

    def add_more(self, kept: list[dict[str, Any]]) -> None:
        """Take the skill chosen among the suggestions, or ask which of those found is meant."""
        typed, code = self.cleaned_data.get("more"), self.cleaned_data.get("more_code")
        if not typed:
            return
        chosen = Skill.objects.filter(pk=code).first() if code else None
        ticked = {skill["code"] for skill in kept}
        if chosen:
            kept += [] if chosen.pk in ticked else [{"code": chosen.pk, "level": None}]
        elif self.found and ticked & {skill.pk for skill in self.found}:
            return
        elif self.found:
            self.add_error("more", _("Here is what we found. Tick what is yours, or empty this line."))
        else:
            self.add_error(
                "more", _("We found no skill by these words. Try others, or say it in your own words later.")
            )
