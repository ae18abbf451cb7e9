"""A vacancy that the agency wrote, read and confirmed by who holds the letter that told of it, without an account."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from visavis.news.models import News
from visavis.vacancies import facts, permissions, written
from visavis.vacancies.models import Vacancy


def page(request: HttpRequest, news: News, url: str) -> HttpResponse:
    """Show the vacancy of a letter to whom it was written to, and take that it is right."""
    vacancy = Vacancy.objects.select_related("employer").filter(pk=news.thing_id).first()
    if vacancy is None or not permissions.works_for(news.user, vacancy.employer):
        raise Http404
    waits = news.kind == written.WRITTEN and vacancy.is_by_agency and vacancy.confirmed_at is None
    if request.method == "POST":
        if waits:
            written.confirm(vacancy=vacancy, by=news.user)
        messages.success(request, _("Noted: the vacancy is right. The ad says so."))
        return redirect(url)
    groups = [
        {"title": group["title"], "answers": [replace(line, url="") for line in group["answers"]]}
        for group in facts.answers(vacancy)
    ]
    context = {
        "title": _("Is this vacancy right?") if waits else vacancy.title,
        "intro": _("What is wrong you can correct on the letter, or call us.") if waits else "",
        "groups": groups,
        "save_label": _("It is right") if waits else "",
        "next_url": "" if waits else reverse("news:by_code"),
        "next_label": _("Type another code"),
    }
    return render(request, "ui/check_answers.html", context)
