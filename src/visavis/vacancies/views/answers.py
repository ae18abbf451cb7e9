"""The five questions, checking them, publishing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from visavis.common.errors import Refused
from visavis.vacancies import evidence, facts, lawful_pay, permissions, services
from visavis.vacancies.forms import PublishForm
from visavis.vacancies.models import Vacancy
from visavis.vacancies.questions import QUESTIONS, TOTAL, Question, QuestionForm
from visavis.vacancies.questions.form import digest
from visavis.vacancies.views.request import SignedIn, editable


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: SignedIn, vacancy_id: int, question: str) -> HttpResponse:
    """Ask one question, and keep its answer."""
    vacancy = editable(request, vacancy_id)
    asked = QUESTIONS.get(question)
    if asked is None:
        raise Http404
    if request.method != "POST":
        return show(request, vacancy, asked, asked.form(vacancy=vacancy))
    form = asked.form(request.POST, vacancy=vacancy)
    if not form.is_valid():
        return show(request, vacancy, asked, form)
    try:
        kept = services.answer(
            vacancy=vacancy,
            question=asked,
            values=form.values(),
            seen=form.cleaned_data["version"],
            by=request.user,
        )
    except services.StaleAnswer as stale:
        return show(
            request, vacancy, asked, both(form, stale, request), stored=stored_words(form, stale.stored)
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return show(request, vacancy, asked, form)
    if asked.slug == "work":
        services.suggest_occupation(vacancy=kept, by=request.user)
    if request.POST.get("go") == "check" or not asked.then:
        return redirect("vacancies:check", vacancy_id=vacancy.pk)
    return redirect("vacancies:question", vacancy_id=vacancy.pk, question=asked.then)


def show(
    request: SignedIn, vacancy: Vacancy, asked: Question, form: QuestionForm, **more: Any
) -> HttpResponse:
    slugs = list(QUESTIONS)
    before = slugs[slugs.index(asked.slug) - 1] if asked.slug != slugs[0] else ""
    here = {"vacancy_id": vacancy.pk}
    context = {
        "vacancy": vacancy,
        "form": form,
        "title": form.title,
        "hint": form.hint,
        "number": asked.number,
        "total": TOTAL,
        "back_url": reverse("vacancies:question", kwargs={**here, "question": before})
        if before
        else reverse("vacancies:mine"),
        "skip_url": reverse("vacancies:question", kwargs={**here, "question": asked.then})
        if asked.then and asked.slug != "work"
        else "",
        "without": form.without,
        "kept": _("Each answer is kept as you give it. Nothing is published yet.")
        if vacancy.state == Vacancy.State.DRAFT
        else _("This vacancy is published: a change shows at once."),
        **more,
    }
    return render(request, "vacancies/question.html", context)


def both(form: QuestionForm, stale: services.StaleAnswer, request: SignedIn) -> QuestionForm:
    """Keep what was typed, and let the next sending replace the answer now shown beside it."""
    data = request.POST.copy()
    data["version"] = digest(stale.stored)
    again = type(form)(data, vacancy=form.vacancy)
    again.is_valid()
    again.add_error(None, str(stale))
    return again


def stored_words(form: QuestionForm, stored: dict[str, Any]) -> list[facts.Line]:
    """Say the stored answer, field by field, as a person reads it."""
    lines = []
    for name, value in stored.items():
        field = form.fields.get(name)
        if field is None or field.widget.is_hidden:
            continue
        choices = {str(code): str(label) for code, label in getattr(field, "choices", [])}
        values = value if isinstance(value, list) else [value]
        said = [choices.get(str(one), str(one)) for one in values if one not in ("", None, False)]
        lines.append(facts.Line(str(field.label), ", ".join(said)))
    return lines


@require_GET
def understood(request: SignedIn, vacancy_id: int) -> HttpResponse:
    """Show what was understood of the description, each with the words it came from."""
    vacancy = editable(request, vacancy_id)
    context = {
        "vacancy": vacancy,
        "title": _("Here is what we understood"),
        "lines": evidence.understood(vacancy),
        "back_url": reverse("vacancies:mine"),
    }
    return render(request, "vacancies/understood.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: SignedIn, vacancy_id: int) -> HttpResponse:
    """Check every answer, then publish."""
    vacancy = editable(request, vacancy_id)
    warnings = services.warnings_about(vacancy)
    may_except = bool(warnings) and permissions.may_except(request.user)
    form = PublishForm(request.POST if request.method == "POST" else None, may_except=may_except)
    if vacancy.state == Vacancy.State.OPEN and request.method != "POST" and vacancy.closes_on:
        form.initial["closes_on"] = vacancy.closes_on
    if request.method == "POST" and form.is_valid():
        try:
            services.publish(
                vacancy=vacancy,
                closes_on=form.cleaned_data["closes_on"],
                legal_exception=form.cleaned_data.get("legal_exception", ""),
                by=request.user,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("The vacancy is published. People who may suit it are being looked for.")
            )
            return redirect("vacancies:page", vacancy_id=vacancy.pk)
    is_open = vacancy.state == Vacancy.State.OPEN
    context = {
        "vacancy": vacancy,
        "form": form,
        "warnings": warnings,
        "rewrite": services.question_of_warnings(vacancy),
        "may_except": may_except,
        "asked": vacancy.reports.waiting().filter(is_of_reading=True).first() if warnings else None,
        "missing": services.missing(vacancy),
        "low_pay": lawful_pay.shortfall(vacancy),
        "groups": facts.answers(vacancy),
        "title": _("Check your answers"),
        "save_label": _("Keep the closing day") if is_open else _("Publish this vacancy"),
        "back_url": reverse("vacancies:mine"),
    }
    return render(request, "vacancies/check.html", context)
