"""Ask a person for a document, or ask for it no longer."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from visavis.common.errors import Refused
from visavis.documents import services
from visavis.documents.arriving import entrances
from visavis.documents.enums import Kind
from visavis.documents.forms import AskForm
from visavis.documents.models import Expected
from visavis.journal import services as journal
from visavis.news import channels
from visavis.people.requests import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: PersonRequest, user_id: int) -> HttpResponse:
    """Say which document is needed, what for, and until when."""
    person = entrances.for_person(request, user_id).person
    form = AskForm(request.POST if request.method == "POST" else None)
    back_url = reverse("documents:of", kwargs={"user_id": person.pk})
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        asked = services.Asked(
            kind=Kind(given["kind"]),
            title=given["title"],
            why=given["why"],
            until=given["until"],
            form=given["form"],
        )
        try:
            services.ask(person=person, asked=asked, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, channels.told(person, _("It is asked for.")))
            return redirect(back_url)
    journal.read("documents", person.pk, by=request.user.pk, person_id=person.pk)
    context = {
        "form": form,
        "title": _("Ask %(name)s for a document") % {"name": person.name},
        "save_label": _("Ask for it"),
        "back_url": back_url,
        "density": "staff",
    }
    return render(request, "ui/question.html", context)


@require_POST
def end(request: PersonRequest, expected_id: int) -> HttpResponse:
    """Ask for it no longer."""
    rows = Expected.objects.visible_to(request.user).exclude(person=request.user.pk).select_related("person")
    expected = get_object_or_404(rows, pk=expected_id)
    if not services.may_decide(request.user, expected.person):
        raise Http404
    services.end(expected=expected, by=request.user)
    messages.success(request, _("It is no longer asked for."))
    return redirect("documents:of", user_id=expected.person_id)
