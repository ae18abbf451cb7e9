"""The whole profile: to check, to print, to take away."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from visavis.common import clock
from visavis.jobseekers import opened, questions, taking
from visavis.jobseekers.opened import Opened


def groups(sheet: Opened) -> list[dict[str, Any]]:
    """Lay out every question with her answer, in the order of the overview."""
    return [
        {"title": title, "answers": [line(sheet, slug) for slug in slugs]}
        for title, slugs in questions.GROUPS
    ]


def line(sheet: Opened, slug: str) -> dict[str, Any]:
    question = questions.BY_SLUG[slug]
    return {
        "label": question.short,
        "values": question.summary(sheet.jobseeker),
        "brings": question.brings,
        "url": sheet.url("question", question=slug),
    }


def surroundings(sheet: Opened) -> dict[str, Any]:
    """Return what the overview and the printed page both show."""
    shown = groups(sheet)
    lines = [one for group in shown for one in group["answers"]]
    missing = [one for one in lines if not one["values"]]
    return {
        "sheet": sheet,
        "groups": shown,
        "total": len(lines),
        "done": len(lines) - len(missing),
        "next_missing": missing[0] if missing else None,
        "today": clock.today(),
    }


@require_GET
def overview(request: HttpRequest, jobseeker_id: int | None = None) -> HttpResponse:
    """Show every question with her answer in words."""
    sheet = opened.profile(request, jobseeker_id)
    back = None if sheet.is_hers else sheet.person_url
    urls = {"print_url": sheet.url("print"), "download_url": sheet.url("download"), "back_url": back}
    urls["looking_url"] = sheet.url("looking")
    return render(request, "jobseekers/overview.html", surroundings(sheet) | urls)


@require_GET
def printed(request: HttpRequest, jobseeker_id: int | None = None) -> HttpResponse:
    """Show the answers alone, for paper."""
    sheet = opened.profile(request, jobseeker_id)
    return render(
        request, "jobseekers/printed.html", surroundings(sheet) | {"back_url": sheet.url("profile")}
    )


@require_GET
def download(request: HttpRequest, jobseeker_id: int | None = None) -> HttpResponse:
    """Give all her answers as a file: the words, and the data behind them."""
    sheet = opened.profile(request, jobseeker_id)
    jobseeker = sheet.jobseeker
    content = {
        "name": jobseeker.user.name,
        "taken_at": clock.now(),
        "changed_at": jobseeker.changed_at,
        "answers": [
            {
                "question": question.slug,
                "title": str(question.title),
                "words": question.summary(jobseeker),
                "data": question.answer.read(jobseeker),
            }
            for question in questions.QUESTIONS
        ],
    }
    if sheet.is_hers:
        content |= taking.all_of(sheet.by)
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    name = slugify(_("My answers"))
    response["Content-Disposition"] = (
        f'attachment; filename="vis-a-vis-{name}-{clock.today().isoformat()}.json"'
    )
    return response
