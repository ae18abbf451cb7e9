"""The living style page: what every component looks like, in both themes, with invented content."""

import re
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from visavis.ui import samples

SAMPLES = {
    "question": "ui/samples/question.html",
    "answers": "ui/samples/answers.html",
    "confirm": "ui/confirm.html",
    "list": "ui/samples/list.html",
}


@login_not_required
@require_GET
def style(request: HttpRequest) -> HttpResponse:
    return render(
        request, "ui/style.html", {"themes": [theme("light"), theme("dark")], "icons": icon_names()}
    )


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sample(request: HttpRequest, name: str) -> HttpResponse:
    """Show one whole page; the question can be sent, and keeps nothing."""
    if name not in SAMPLES:
        raise Http404
    form = samples.QuestionForm(request.POST or ({} if request.method == "POST" else None))
    if name == "question" and form.is_valid():
        return redirect("ui:sample", name="answers")
    return render(request, SAMPLES[name], sample_context(name, form))


@login_not_required
@require_GET
def suggestions(request: HttpRequest) -> JsonResponse:
    asked = request.GET.get("q", "").casefold()
    found = [
        {"value": code, "label": str(label), "hint": code}
        for code, label in samples.OCCUPATIONS
        if asked in str(label).casefold()
    ]
    return JsonResponse({"results": found})


def theme(name: str) -> dict[str, Any]:
    """Give what one column of the style page shows; ids differ between the columns."""
    label = _("Light") if name == "light" else _("Dark")
    return {
        "name": name,
        "label": label,
        "progress_id": f"{name}-progress",
        "facts": samples.facts(),
        "filters_label": f"{_('Ready filters')} ({label})",
        "pages_label": f"{_('Pages of the list')} ({label})",
        "openings": samples.openings(name),
        "form": samples.SampleForm(auto_id=f"{name}-%s", initial={"transport": "bike"}),
        "wrong": samples.SampleForm({}, auto_id=f"{name}-wrong-%s"),
        "answers": samples.answers(),
        "dots": samples.dot_plot(),
        "bars": samples.bar_plot(),
        "page": samples.page_of_many(),
        "filters": samples.filters(),
        "people": samples.people(),
    }


def sample_context(name: str, form: samples.QuestionForm) -> dict[str, Any]:
    common = {"back_url": reverse("ui:style"), "people": samples.people()}
    if name == "question":
        kept = _("This is a sample: nothing is kept.")
        return {
            **common,
            "form": form,
            "number": 3,
            "total": 14,
            "skip_url": reverse("ui:sample", args=["answers"]),
            "kept": kept,
        }
    if name == "answers":
        return {**common, "answers": samples.answers(), "next_url": reverse("ui:style")}
    if name == "confirm":
        return {
            **common,
            "title": _("Do you withdraw this opening?"),
            "text": _("The three people who are interested will be told today."),
            "save_label": _("Withdraw the opening"),
            "danger": True,
        }
    title = _("The people you accompany")
    return {
        **common,
        "title": title,
        "density": "staff",
        "filters": samples.filters(),
        "page_obj": Paginator(range(48), 12).page(1),
    }


def icon_names() -> list[str]:
    sprite = Path(str(finders.find("ui/icons.svg"))).read_text(encoding="utf8")
    return re.findall(r'<symbol id="([a-z-]+)"', sprite)
