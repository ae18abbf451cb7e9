"""The two steps of whoever has no account: where to reach her, then the code."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from visavis.applying.views.opening import head, hindered, opening
from visavis.people.views.signing_in import Way, ask_address, try_code
from visavis.vacancies.models import Vacancy


def url(name: str, vacancy: Vacancy) -> str:
    return reverse(f"applying:{name}", kwargs={"vacancy_id": vacancy.pk})


def contact(request: HttpRequest, vacancy: Vacancy) -> HttpResponse:
    """First step: an e-mail or a mobile number, and nothing else."""
    shown = head(request, vacancy, _("Where can we reach you?")) | {"number": 1, "total": 2}
    return ask_address(
        request,
        "applying/contact.html",
        then=url("answer", vacancy),
        code_url=url("code", vacancy),
        with_name=True,
        **shown,
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, vacancy_id: int) -> HttpResponse:
    """Second step: the code, and the name of whoever has no account. Then the answer to the opening."""
    vacancy = opening(vacancy_id)
    if (no := hindered(request, vacancy)) is not None:
        return no
    here = url("answer", vacancy)
    shown = head(request, vacancy, _("Type your code")) | {"number": 2, "total": 2, "back_url": here}
    return try_code(request, "applying/code.html", Way(here, here, url("needed", vacancy)), **shown)
