"""The switch of language at the top of every page."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as django_set_language

from visavis.people import services
from visavis.people.models import User


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Keep the language in the browser, and on the account of who is signed in."""
    code = request.POST.get("language", "")
    user = request.user
    if isinstance(user, User) and code in dict(settings.LANGUAGES) and code != user.language:
        services.change_language(user=user, language=code, by=user)
    answer = django_set_language(request)
    if "Location" in answer.headers and not is_ours(answer.headers["Location"]):
        answer.headers["Location"] = "/"
    return answer


def is_ours(address: str) -> bool:
    """Say whether an address is the path of a page of the site: whatever else was typed leads home."""
    try:
        resolve(urlsplit(address).path)
    except (Resolver404, ValueError):
        return False
    return True
