"""Her page: what she agreed to, with the words and the day, and one button to take each back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from visavis.consents import services
from visavis.consents.models import Consent
from visavis.consents.purposes import OTHERS, PURPOSES
from visavis.people.enums import Role
from visavis.people.requests import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: PersonRequest) -> HttpResponse:
    """List each purpose and what stands of it; take one back."""
    user = request.user
    if request.method == "POST":
        purpose = request.POST.get("purpose", "")
        if purpose in PURPOSES and services.withdraw(user=user, purpose=purpose, by=user):
            messages.success(request, _("You took it back. It is not used any more, from now on."))
        else:
            messages.info(request, _("There was nothing left to take back."))
        return redirect("consents:mine")
    rows = list(Consent.objects.visible_to(user).select_related("by"))
    context: dict[str, Any] = {
        "title": _("What I agreed to"),
        "back_url": reverse("people:account"),
        "purposes": [
            {
                "code": code,
                "purpose": purpose,
                # Who looks for no work has no page of it: the address would lead nowhere.
                "give_url": purpose.give_url() if user.has_role(Role.JOBSEEKER) else "",
                "standing": next((one for one in rows if one.purpose == code and not one.ended_at), None),
                "ended": [one for one in rows if one.purpose == code and one.ended_at],
            }
            for code, purpose in PURPOSES.items()
        ],
        "others": [one for says in OTHERS for one in says(user)],
    }
    return render(request, "consents/mine.html", context)
