"""One question a page."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from visavis.catalog.models import Occupation
from visavis.jobseekers import opened, questions, services
from visavis.jobseekers.answers.jobs import job_details, jobs
from visavis.jobseekers.answers.lists import wishes
from visavis.jobseekers.answers.plain import minimum_wage_sentence, reach_sentence
from visavis.jobseekers.forms.question import QuestionForm
from visavis.jobseekers.forms.wishes import MOST_WISHES
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.opened import Opened
from visavis.jobseekers.questions import Question

# Said after the save, on the page that follows.
AFTERWORDS = {"reach": reach_sentence, "place": reach_sentence, "pay": minimum_wage_sentence}


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, question: str, jobseeker_id: int | None = None) -> HttpResponse:
    """Show one question, or keep its answer and go on."""
    asked = questions.BY_SLUG.get(question)
    if asked is None:
        raise Http404
    sheet = opened.profile(request, jobseeker_id)
    stored = asked.answer.read(sheet.jobseeker)
    if request.method != "POST":
        if asked.slug == "wanted":
            stored = with_wish(stored, request.GET.get("add", ""))
        form = asked.form(jobseeker=sheet.jobseeker, stored=stored)
        return shown(request, sheet, asked, form)
    form = asked.form(request.POST, jobseeker=sheet.jobseeker, stored=stored)
    if not form.is_valid():
        return shown(request, sheet, asked, form, version=request.POST.get("version", ""))
    before = {wish.typed for wish in wishes(sheet.jobseeker)}
    try:
        saved = services.save_answer(
            jobseeker=sheet.jobseeker,
            question=asked,
            data=form.answer,
            by=sheet.by,
            version=request.POST.get("version", ""),
            says=form.says_something or bool(stored.get("jobs")),
        )
    except services.Stale as stale:
        return shown(request, sheet, asked, form, stale=stale)
    if words := AFTERWORDS.get(asked.slug, lambda _who: "")(saved):
        messages.info(request, words)
    if saved.agency and not sheet.jobseeker.agency_id:
        messages.info(
            request, _("The nearest agency is %(agency)s: it follows the file.") % {"agency": saved.agency}
        )
    return redirect(following(request, sheet, asked, saved, before))


def with_wish(stored: dict[str, Any], code: str) -> dict[str, Any]:
    """Put an occupation into the next empty row, to be saved by her; nothing when it is there or all are full."""
    known = Occupation.objects.filter(pk=code).first()
    held = stored["wishes"]
    if known is None or len(held) >= MOST_WISHES or known.pk in {wish["occupation"] for wish in held}:
        return stored
    return stored | {"wishes": [*held, {"typed": known.label, "occupation": known.pk}]}


def following(
    request: HttpRequest, sheet: Opened, asked: Question, saved: Jobseeker, before: set[str]
) -> str:
    """Return the address of the page after a save."""
    go = request.POST.get("go", "")
    if "move" in request.POST or go == "stay":
        return sheet.url("question", question=asked.slug)
    if asked.slug == "wanted":
        unknown = [wish for wish in wishes(saved) if not wish.occupation_id and wish.typed not in before]
        if unknown:
            return sheet.url("choose_wish", item_id=unknown[0].pk) + go_on(go)
    return next_url(sheet, asked, go)


def go_on(go: str) -> str:
    """Carry along that she asked for her answers."""
    return "?go=answers" if go == "answers" else ""


def next_url(sheet: Opened, asked: Question, go: str) -> str:
    follows = questions.after(asked)
    if go == "answers" or follows is None:
        return sheet.url("profile")
    return sheet.url("question", question=follows.slug)


def shown(
    request: HttpRequest,
    sheet: Opened,
    asked: Question,
    form: QuestionForm,
    *,
    version: str = "",
    stale: services.Stale | None = None,
) -> HttpResponse:
    """Draw the page. When the answer changed elsewhere, both the stored and the typed one are shown."""
    stored = services.reread(sheet.jobseeker) if stale else sheet.jobseeker
    context: dict[str, Any] = {
        "sheet": sheet,
        "asked": asked,
        "form": form,
        "title": asked.title,
        "hint": asked.why,
        "version": asked.digest(stored) if stale or not version else version,
        "number": questions.QUESTIONS.index(asked) + 1,
        "total": len(questions.QUESTIONS),
        "skip_url": next_url(sheet, asked, ""),
        "without": _("Your answer stays as it is.") if asked.is_answered(stored) else asked.without,
        "back_url": back_url(sheet, asked),
        "stale": stale,
        "stored_words": asked.summary(stored),
        "save_label": _("Keep what I typed") if stale else "",
    }
    if asked.slug == "experience":
        context |= jobs_of(sheet)
    if asked.slug == "interests":
        context["cards_url"] = sheet.url("cards")
    return render(request, asked.template, context, status=409 if stale else 200)


def jobs_of(sheet: Opened) -> dict[str, Any]:
    """Return the jobs with the addresses of their pages."""
    held = [
        {
            "title": job.title,
            "words": job_details(job),
            "occupation": job.occupation.label if job.occupation else "",
            "url": sheet.url("job", item_id=job.pk),
            "remove_url": sheet.url("remove_job", item_id=job.pk),
        }
        for job in jobs(sheet.jobseeker)
    ]
    return {"jobs": held, "add_url": sheet.url("add_job")}


def back_url(sheet: Opened, asked: Question) -> str:
    precedes = questions.before(asked)
    return sheet.url("question", question=precedes.slug) if precedes else sheet.url("profile")
