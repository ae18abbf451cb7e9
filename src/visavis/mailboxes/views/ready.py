"""The texts that an agency keeps ready."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from visavis.common.errors import Refused
from visavis.mailboxes import ready as texts
from visavis.mailboxes.forms import ReadyTextForm
from visavis.mailboxes.models import ReadyText
from visavis.mailboxes.views.box import owner
from visavis.people.requests import PersonRequest, number_in


@require_http_methods(["GET", "HEAD", "POST"])
def ready(request: PersonRequest) -> HttpResponse:
    """List them, keep one, take one away."""
    actor = owner(request)
    kept = ReadyText.objects.visible_to(actor)
    if number := number_in(request.POST.get("take_away", "")):
        get_object_or_404(kept, pk=number).delete()
        messages.success(request, _("The text is taken away."))
        return redirect("mailboxes:ready")
    form = ReadyTextForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            texts.keep(**form.cleaned_data, by=actor)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The text is kept. Your colleagues find it under each answer."))
            return redirect("mailboxes:ready")
    context = {
        "title": _("Ready texts"),
        "kept": kept,
        "form": form,
        "back_url": reverse("mailboxes:box"),
        "density": "staff",
    }
    return render(request, "mailboxes/ready.html", context)
